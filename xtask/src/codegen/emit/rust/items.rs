//! Types, events, channels and keys.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::super::ir::{
    Alternative, AlternativeKind, Branch, BranchKind, Content, Item, Key, KeyValue, Member, Object, Part,
    PatternId, Piece, Rest, Rules, Shape, Slot, Template, TextValue, Tuple, Type, TypeId, Union, Valued,
};
use super::super::super::naming::{self, rust as names};
use super::super::prose::{map_of_members, max_age_words, members_counted, tuple_rules};
use super::doc::{code, documented, lines};
use super::{Printer, ident};

impl Printer<'_> {
    /// The definition of a type.
    pub(super) fn type_item(&self, id: TypeId) -> TokenStream {
        match &self.ir.type_def(id).shape {
            Shape::Object(object) => self.object_item(id, object),
            Shape::Texts(values) => self.texts_item(id, values),
            Shape::Alternatives(alternatives) => self.alternatives_item(id, alternatives),
            Shape::Union(union) => self.union_item(id, union),
            Shape::Tuple(tuple) => self.tuple_item(id, tuple),
            Shape::Wrapper(slot) => self.wrapper_item(id, slot),
        }
    }

    fn object_item(&self, id: TypeId, object: &Object) -> TokenStream {
        let def = self.ir.type_def(id);
        let name = self.own_name(id);
        let event = self.ir.event_of(id);
        let published = event.map(|event| format!("Published on {}.", code(&event.channel.text)));
        let max_age = event.and_then(|event| event.max_age).map(max_age_words);
        let facts = published
            .into_iter()
            .chain(max_age)
            .chain(members_counted(object));
        let facts: Vec<String> = facts.collect();
        let doc = documented(&def.docs, &fallback(&def.name), &facts, &self.type_example(id));
        let mut derives = vec![self.private("Model")];
        let mut attributes = TokenStream::new();
        if let Some(event) = event {
            derives.push(self.private("RedisEvent"));
            let (channel, event_type) = (&event.channel.text, unescaped(&event.event_type));
            let max_age = event.max_age.map(|max_age| {
                let (seconds, expired) = (Literal::u64_unsuffixed(max_age.seconds), max_age.expired.word());
                quote!(max_age = #seconds, expired = #expired,)
            });
            attributes
                .extend(quote!(#[redis(channel = #channel, event_type = #event_type, #max_age validate)]));
        }
        let schema = self.schema_path(id);
        let schema_name = name.to_string();
        let mut words = vec![quote!(name = #schema_name), quote!(schema = #schema)];
        // Where members are kept, the maps say which.
        match object.rest {
            Rest::Ignored => words.push(quote!(unknown = "ignore")),
            Rest::Refused if object.groups.is_empty() => words.push(quote!(unknown = "deny")),
            Rest::Refused | Rest::Kept(_) => {}
        }
        for (word, count) in [
            ("min_properties", object.min_properties),
            ("max_properties", object.max_properties),
        ] {
            if let Some(count) = count {
                let (word, count) = (ident(word), Literal::u64_unsuffixed(count));
                words.push(quote!(#word = #count));
            }
        }
        if let Some(builder) = self.builders.get(id.0).and_then(Option::as_deref) {
            let builder = ident(builder);
            words.push(quote!(builder = #builder));
        }
        attributes.extend(quote!(#[model(#(#words),*)]));
        let values: Vec<(&Member, &Valued)> = object
            .members
            .iter()
            .filter_map(|member| match &member.content {
                Content::Value(value) => Some((member, &**value)),
                Content::Constant(_) => None,
            })
            .collect();
        for (index, member) in object.members.iter().enumerate() {
            let Content::Constant(value) = &member.content else {
                continue;
            };
            let wire = &member.wire;
            let mut behind = object.members.iter().skip(index + 1);
            let next = behind.find(|member| matches!(member.content, Content::Value(_)));
            let before = next.map(|next| &next.wire).map(|next| quote!(, before = #next));
            let words = quote!(name = #wire, value = #value #before);
            attributes.extend(if object.members.len() - values.len() > 1 {
                // Clippy takes equal words in parentheses for a slip, and two constants may stand before one member.
                quote!(#[model(constant { #words })])
            } else {
                quote!(#[model(constant(#words))])
            });
        }
        let wires = values.iter().map(|(member, _)| member.wire.as_str());
        let wires: Vec<&str> = wires.chain(object.maps().map(|(name, ..)| name)).collect();
        let identifiers = names::fields(&wires);
        let mut identifiers = identifiers.iter();
        let mut fields = TokenStream::new();
        for ((member, value), name) in values.iter().zip(&mut identifiers) {
            fields.extend(self.field(member, value, name));
        }
        for ((_, names, item), name) in object.maps().zip(&mut identifiers) {
            fields.extend(self.map_field(names, item, name));
        }
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, #(#derives),*)]
            #attributes
            pub struct #name {
                #fields
            }
        }
    }

    fn field(&self, member: &Member, value: &Valued, identifier: &str) -> TokenStream {
        let Valued {
            slot,
            required,
            default_null,
            boxed,
        } = value;
        let facts = self.rules_in_words(slot);
        let doc = documented(
            &member.docs,
            &sentence_for(&member.wire),
            &facts,
            &TokenStream::new(),
        );
        let mut words = Vec::new();
        if identifier != member.wire {
            let wire = &member.wire;
            words.push(quote!(rename = #wire));
        }
        if !required {
            words.push(quote!(optional));
        }
        if slot.nullable {
            words.push(quote!(nullable));
        }
        if *default_null {
            words.push(quote!(default_null));
        }
        words.extend(self.rule_words(&slot.rules));
        let attribute = (!words.is_empty()).then(|| quote!(#[model(#(#words),*)]));
        let mut ty = self.type_tokens(&slot.ty);
        if *boxed {
            ty = quote!(Box<#ty>);
        }
        // One `Option` each for absence and for `null`, unless both are written as `null`.
        for _ in 0..usize::from(slot.nullable) + usize::from(!required) - usize::from(*default_null) {
            ty = quote!(Option<#ty>);
        }
        let field = ident(identifier);
        quote!(#doc #attribute pub #field: #ty,)
    }

    /// The field of a map of members that have no field of their own.
    fn map_field(&self, names: Option<PatternId>, item: &Item, identifier: &str) -> TokenStream {
        let doc = lines(&[map_of_members(self.ir, names)]);
        let mut words = vec![quote!(additional)];
        if let Some(names) = names {
            let path = self.pattern_path(names);
            words.push(quote!(names = #path));
        }
        let map = self.std("std::collections::BTreeMap");
        let (field, item) = (ident(identifier), self.item_tokens(item));
        quote!(#doc #[model(#(#words),*)] pub #field: #map<String, #item>,)
    }

    fn texts_item(&self, id: TypeId, values: &[TextValue]) -> TokenStream {
        let def = self.ir.type_def(id);
        let name = self.own_name(id);
        let doc = documented(&def.docs, &fallback(&def.name), &[], &self.type_example(id));
        let model = self.private("Model");
        let words = self.model_words(id, None);
        let texts: Vec<&str> = values.iter().map(|value| value.text.as_str()).collect();
        let variants: TokenStream = texts
            .iter()
            .zip(names::variants(&texts))
            .map(|(text, variant)| {
                let doc = lines(&[format!("{}.", code(text))]);
                let variant = ident(&variant);
                quote!(#doc #[model(value = #text)] #variant,)
            })
            .collect();
        quote! {
            #doc
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, #model)]
            #[model(#words)]
            pub enum #name {
                #variants
            }
        }
    }

    fn alternatives_item(&self, id: TypeId, alternatives: &[Alternative]) -> TokenStream {
        let def = self.ir.type_def(id);
        let name = self.own_name(id);
        let doc = documented(&def.docs, &fallback(&def.name), &[], &self.type_example(id));
        let model = self.private("Model");
        let words = self.model_words(id, None);
        let none = TokenStream::new();
        let wanted: Vec<&str> = alternatives
            .iter()
            .map(|alternative| alternative.name.as_str())
            .collect();
        let variants: TokenStream = alternatives
            .iter()
            .zip(names::variants(&wanted))
            .map(|(alternative, variant)| {
                let variant = ident(&variant);
                match &alternative.kind {
                    AlternativeKind::Constant(text) => {
                        let doc = documented(&alternative.docs, &format!("{}.", code(text)), &[], &none);
                        quote!(#doc #[model(value = #text)] #variant,)
                    }
                    AlternativeKind::Type(ty) => {
                        let ty = self.type_tokens(ty);
                        let doc = documented(&alternative.docs, &sentence_for(&alternative.name), &[], &none);
                        quote!(#doc #variant(#ty),)
                    }
                }
            })
            .collect();
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, #model)]
            #[model(#words)]
            pub enum #name {
                #variants
            }
        }
    }

    fn union_item(&self, id: TypeId, union: &Union) -> TokenStream {
        let def = self.ir.type_def(id);
        let name = self.own_name(id);
        let doc = documented(&def.docs, &fallback(&def.name), &[], &self.type_example(id));
        let model = self.private("Model");
        let words = self.model_words(id, None);
        let mode = match (&union.tag, union.exactly_one) {
            (Some(_), false) => "tag",
            (None, false) => "any",
            (_, true) => "one",
        };
        let tag = union.tag.as_ref().map(|tag| quote!(, tag = #tag));
        let wanted: Vec<&str> = union.branches.iter().map(|branch| branch.name.as_str()).collect();
        let is_object = |branch: &Branch| match &branch.kind {
            BranchKind::Type(Type::Named(id)) => matches!(self.ir.type_def(*id).shape, Shape::Object(_)),
            BranchKind::Type(_) | BranchKind::Constant(_) => false,
        };
        let sized = union.branches.iter().any(is_object).then(|| {
            quote!(#[allow(clippy::large_enum_variant, reason = "values are as large as the schema has them")])
        });
        let none = TokenStream::new();
        let variants: TokenStream = union
            .branches
            .iter()
            .zip(names::variants(&wanted))
            .map(|(branch, variant)| {
                let variant = ident(&variant);
                match &branch.kind {
                    BranchKind::Constant(json) => {
                        let doc = documented(&branch.docs, &sentence_for(json), &[], &none);
                        quote!(#doc #[model(value = #json)] #variant,)
                    }
                    BranchKind::Type(ty) => {
                        let ty = self.type_tokens(ty);
                        let doc = documented(&branch.docs, &sentence_for(&branch.name), &[], &none);
                        let tag = branch.tag.as_ref().map(|json| quote!(#[model(value = #json)]));
                        quote!(#doc #tag #variant(#ty),)
                    }
                }
            })
            .collect();
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, #model)]
            #[model(#words, union = #mode #tag)]
            #sized
            pub enum #name {
                #variants
            }
        }
    }

    fn tuple_item(&self, id: TypeId, tuple: &Tuple) -> TokenStream {
        let Tuple {
            elements,
            required,
            rest,
            min_items,
            max_items,
            unique_items,
        } = tuple;
        let def = self.ir.type_def(id);
        let name = self.own_name(id);
        let none = TokenStream::new();
        let doc = documented(
            &def.docs,
            &fallback(&def.name),
            &tuple_rules(tuple),
            &self.type_example(id),
        );
        let model = self.private("Model");
        let mut words = vec![self.model_words(id, None), quote!(tuple)];
        for (word, count) in [("min_items", min_items), ("max_items", max_items)] {
            if let Some(count) = count {
                let (word, count) = (ident(word), Literal::u64_unsuffixed(*count));
                words.push(quote!(#word = #count));
            }
        }
        if *unique_items {
            words.push(quote!(unique_items));
        }
        let fields = elements.iter().enumerate().map(|(index, element)| {
            let doc = documented(&element.docs, &format!("Element {}.", index + 1), &[], &none);
            let mut ty = self.type_tokens(&element.item.ty);
            if element.boxed {
                ty = quote!(Box<#ty>);
            }
            let mut words = Vec::new();
            if index >= *required {
                words.push(quote!(optional));
            }
            if element.item.nullable {
                words.push(quote!(nullable));
            }
            for _ in &words {
                ty = quote!(Option<#ty>);
            }
            let attribute = (!words.is_empty()).then(|| quote!(#[model(#(#words),*)]));
            quote!(#doc #attribute pub #ty)
        });
        let fields: Vec<TokenStream> = fields.collect();
        let rest = rest.as_ref().map(|item| {
            let item = self.item_tokens(item);
            quote!(#[doc = " What follows."] #[model(rest)] pub Vec<#item>)
        });
        let fields = fields.into_iter().chain(rest);
        quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, #model)]
            #[model(#(#words),*)]
            pub struct #name(#(#fields),*);
        }
    }

    fn wrapper_item(&self, id: TypeId, slot: &Slot) -> TokenStream {
        let def = self.ir.type_def(id);
        let name = self.own_name(id);
        let facts = self.rules_in_words(slot);
        let doc = documented(&def.docs, &fallback(&def.name), &facts, &self.type_example(id));
        let model = self.private("Model");
        let words = self.model_words(id, Some(&slot.rules));
        let mut ty = self.type_tokens(&slot.ty);
        if slot.nullable {
            ty = quote!(Option<#ty>);
        }
        let derives = if slot.nullable {
            quote!(PartialEq)
        } else {
            match slot.ty {
                Type::Null | Type::Boolean | Type::Integer | Type::Unsigned => {
                    quote!(Copy, PartialEq, Eq, Hash, PartialOrd, Ord)
                }
                Type::Number => quote!(Copy, PartialEq, PartialOrd),
                Type::Text | Type::Timestamp | Type::Date | Type::Uuid | Type::Decimal => {
                    quote!(PartialEq, Eq, Hash, PartialOrd, Ord)
                }
                Type::Any | Type::List(_) | Type::Map(_) | Type::Named(_) => quote!(PartialEq),
            }
        };
        quote! {
            #doc
            #[derive(Debug, Clone, #derives, #model)]
            #[model(#words)]
            pub struct #name(#ty);
        }
    }

    fn own_name(&self, id: TypeId) -> proc_macro2::Ident {
        ident(self.types.get(id.0).map_or("", String::as_str))
    }

    fn model_words(&self, id: TypeId, rules: Option<&Rules>) -> TokenStream {
        let def = self.ir.type_def(id);
        let name = self.own_name(id).to_string();
        let schema = self.schema_path(id);
        let mut words = vec![quote!(name = #name), quote!(schema = #schema)];
        words.extend(rules.map(|rules| self.rule_words(rules)).unwrap_or_default());
        if def.key_part {
            words.push(quote!(key_part));
        }
        quote!(#(#words),*)
    }

    fn rule_words(&self, rules: &Rules) -> Vec<TokenStream> {
        let mut words = Vec::new();
        for (word, limit) in [
            ("minimum", &rules.minimum),
            ("exclusive_minimum", &rules.exclusive_minimum),
            ("maximum", &rules.maximum),
            ("exclusive_maximum", &rules.exclusive_maximum),
            ("multiple_of", &rules.multiple_of),
        ] {
            if let Some(limit) = limit {
                let (word, limit) = (ident(word), limit.to_string());
                words.push(quote!(#word = #limit));
            }
        }
        for (word, count) in [
            ("min_length", rules.min_length),
            ("max_length", rules.max_length),
            ("min_items", rules.min_items),
            ("max_items", rules.max_items),
            ("min_properties", rules.min_properties),
            ("max_properties", rules.max_properties),
        ] {
            if let Some(count) = count {
                let (word, count) = (ident(word), Literal::u64_unsuffixed(count));
                words.push(quote!(#word = #count));
            }
        }
        if let Some(pattern) = rules.pattern {
            let path = self.pattern_path(pattern);
            words.push(quote!(pattern = #path));
        }
        if let Some(names) = rules.names {
            let path = self.pattern_path(names);
            words.push(quote!(names = #path));
        }
        if rules.unique_items {
            words.push(quote!(unique_items));
        }
        if let Some(format) = rules.format {
            let name = format.name();
            words.push(quote!(format = #name));
        }
        if !rules.values.is_empty() {
            let values = format!("[{}]", rules.values.join(","));
            words.push(quote!(values = #values));
        }
        if let Some(utc) = &rules.utc {
            words.push(quote!(utc = #utc));
        }
        words
    }

    fn type_tokens(&self, ty: &Type) -> TokenStream {
        let private = |name| {
            let name = self.private(name);
            quote!(#name)
        };
        match ty {
            Type::Any => private("Value"),
            Type::Null => quote!(()),
            Type::Boolean => quote!(bool),
            Type::Integer => quote!(i64),
            Type::Unsigned => quote!(u64),
            Type::Number => quote!(f64),
            Type::Text => quote!(String),
            Type::Timestamp => private("Timestamp"),
            Type::Date => private("Date"),
            Type::Uuid => private("Uuid"),
            Type::Decimal => private("Decimal"),
            Type::List(item) => {
                let item = self.item_tokens(item);
                quote!(Vec<#item>)
            }
            Type::Map(item) => {
                let map = self.std("std::collections::BTreeMap");
                let item = self.item_tokens(item);
                quote!(#map<String, #item>)
            }
            Type::Named(id) => {
                let name = self.type_name(*id);
                quote!(#name)
            }
        }
    }

    fn item_tokens(&self, item: &Item) -> TokenStream {
        let ty = self.type_tokens(&item.ty);
        if item.nullable { quote!(Option<#ty>) } else { ty }
    }

    // ---- events ----------------------------------------------------------------------------------------------

    /// The enum over all events, when there are any.
    pub(super) fn any_event(&self) -> Option<TokenStream> {
        if self.ir.events.is_empty() {
            return None;
        }
        let set = self.private("EventSet");
        let types: Vec<&str> = self
            .ir
            .events
            .iter()
            .map(|event| self.types.get(event.ty.0).map_or("", String::as_str))
            .collect();
        let short: Vec<&str> = types
            .iter()
            .map(|name| {
                name.strip_suffix("Event")
                    .filter(|short| !short.is_empty())
                    .unwrap_or(name)
            })
            .collect();
        let variants: TokenStream = names::variants(&short)
            .iter()
            .zip(&self.ir.events)
            .map(|(variant, event)| {
                let ty = self.type_name(event.ty);
                let doc = lines(&[format!("[`{ty}`] on {}.", code(&event.channel.text))]);
                let variant = ident(variant);
                quote!(#doc #variant(#ty),)
            })
            .collect();
        let example = self.example(&|library| {
            let channel = self
                .ir
                .events
                .first()
                .map_or("", |event| event.channel.text.as_str());
            let fixed = self
                .ir
                .events
                .iter()
                .map(|event| event.channel.text.as_str())
                .find(|text| !text.contains('{'));
            vec![
                format!("use {library}::{{AnyEvent, ChannelPattern, EventSet}};"),
                String::new(),
                format!("let channels = AnyEvent::channels();"),
                format!("assert_eq!(channels.len(), {});", self.ir.events.len()),
                format!(
                    "assert!(channels.contains(&ChannelPattern::Exact({:?})));",
                    fixed.unwrap_or(channel)
                ),
            ]
        });
        Some(quote! {
            #[doc = " Any event of the schemas."]
            #example
            #[derive(Debug, Clone, PartialEq, #set)]
            pub enum AnyEvent {
                #variants
            }
        })
    }

    /// The names of channels.
    pub(super) fn channel_items(&self) -> Vec<TokenStream> {
        let fixed: Vec<String> = self
            .ir
            .events
            .iter()
            .map(|event| without_placeholders(&event.channel))
            .collect();
        let fixed: Vec<&str> = fixed.iter().map(String::as_str).collect();
        let constants = naming::distinct(&fixed, &["ALL"], "_", naming::screaming);
        let functions = naming::distinct(&fixed, &names::PATH_KEYWORDS, "_", naming::snake);
        let count = Literal::usize_unsuffixed(constants.len());
        let all = constants.iter().map(|name| ident(name));
        let example = match constants.first() {
            Some(first) => self.example(&|library| {
                vec![
                    format!("use {library}::channels;"),
                    String::new(),
                    format!("assert!(channels::ALL.contains(&channels::{first}));"),
                ]
            }),
            None => TokenStream::new(),
        };
        let mut items = vec![quote! {
            #[doc = " Every channel, with the placeholders of those that have some."]
            #example
            pub const ALL: [&str; #count] = [#(#all),*];
        }];
        for (event, name) in self.ir.events.iter().zip(&constants) {
            let doc = lines(&[format!("The channel of {}.", self.link(event.ty))]);
            let ty = self.types.get(event.ty.0).map_or("", String::as_str);
            let example = self.example(&|library| {
                vec![
                    format!("use {library}::{{Event, {ty}, channels}};"),
                    String::new(),
                    format!("assert_eq!(channels::{name}, {ty}::CHANNEL);"),
                ]
            });
            let name = ident(name);
            let text = &event.channel.text;
            items.push(quote!(#doc #example pub const #name: &str = #text;));
        }
        for (event, name) in self.ir.events.iter().zip(&functions) {
            items.extend(self.channel_function(event.ty, &event.channel, name));
        }
        items
    }

    /// The function that names one channel of a template.
    fn channel_function(&self, ty: TypeId, template: &Template, name: &str) -> Option<TokenStream> {
        let Shape::Object(object) = &self.ir.type_def(ty).shape else {
            return None;
        };
        let parts: Vec<Part> = template
            .pieces
            .iter()
            .filter_map(|piece| {
                let Piece::Placeholder(wire) = piece else {
                    return None;
                };
                let member = object.members.iter().find(|member| member.wire == *wire)?;
                let Content::Value(value) = &member.content else {
                    return None;
                };
                Some(Part {
                    wire: wire.clone(),
                    docs: member.docs.clone(),
                    ty: value.slot.ty.clone(),
                })
            })
            .collect();
        if parts.is_empty() {
            return None;
        }
        let arguments = self.arguments(&parts);
        let (error, part) = (self.private("KeyError"), self.private("KeyPart"));
        let mut body = TokenStream::new();
        for argument in &arguments {
            let (name, ty) = (&argument.name, &argument.ty);
            body.extend(quote!(let #name: #ty = #name.try_into().map_err(Into::into)?;));
        }
        body.extend(quote!(let mut channel = String::new();));
        let mut names = arguments.iter().map(|argument| &argument.name);
        for piece in &template.pieces {
            match piece {
                Piece::Literal(text) => body.extend(quote!(channel.push_str(#text);)),
                Piece::Placeholder(_) => {
                    let name = names.next()?;
                    body.extend(quote!(#part::write_part(&#name, &mut channel);));
                }
            }
        }
        let doc = lines(&[
            format!(
                "One channel of {}, such as to subscribe to it alone.",
                self.link(ty)
            ),
            "# Errors".to_owned(),
            errors(&arguments),
        ]);
        let example = self.channel_example(ty, template, name);
        let function = ident(name);
        let signature = arguments.iter().map(|argument| &argument.signature);
        Some(quote! {
            #doc
            #example
            pub fn #function(#(#signature),*) -> Result<String, #error> {
                #body
                Ok(channel)
            }
        })
    }

    /// A link to a type of another file, which need not be imported for it.
    fn link(&self, id: TypeId) -> String {
        let name = self.types.get(id.0).map_or("", String::as_str);
        format!("[`{name}`](super::{name})")
    }

    fn arguments(&self, parts: &[Part]) -> Vec<Argument> {
        let wires: Vec<&str> = parts.iter().map(|part| part.wire.as_str()).collect();
        let error = self.private("KeyError");
        parts
            .iter()
            .zip(names::fields(&wires))
            .map(|(part, field)| {
                let ty = self.type_tokens(&part.ty);
                let name = ident(&field);
                let signature = quote!(#name: impl TryInto<#ty, Error: Into<#error>>);
                Argument {
                    field,
                    name,
                    ty,
                    signature,
                }
            })
            .collect()
    }

    // ---- keys ------------------------------------------------------------------------------------------------

    /// `RedisKeys` and the type of each key.
    pub(super) fn key_items(&self) -> Vec<TokenStream> {
        if self.ir.keys.is_empty() {
            return Vec::new();
        }
        let wanted: Vec<&str> = self.ir.keys.iter().map(|key| key.name.as_str()).collect();
        let functions = naming::distinct(&wanted, &names::PATH_KEYWORDS, "_", naming::snake);
        let mut methods = TokenStream::new();
        let mut items = Vec::new();
        for ((key, name), function) in self.ir.keys.iter().zip(&self.keys).zip(&functions) {
            let (method, item) = self.key(key, name, function);
            methods.extend(method);
            items.push(item);
        }
        let shown = self.ir.keys.iter().zip(&functions);
        let shown =
            shown.filter_map(|(key, function)| Some((key.examples.first()?, key.parts.len(), function)));
        let example = match shown.max_by_key(|(_, parts, _)| *parts) {
            Some((example, parts, function)) => self.example(&|library| {
                let call = format!("RedisKeys::{function}({})", example.arguments.join(", "));
                let fallible = if parts == 0 { "" } else { "?" };
                vec![
                    format!("use {library}::RedisKeys;"),
                    String::new(),
                    format!("assert_eq!({call}{fallible}.to_string(), {:?});", example.text),
                    format!("# Ok::<(), {library}::KeyError>(())"),
                ]
            }),
            None => TokenStream::new(),
        };
        let mut all = vec![
            quote! {
                #[doc = " Every Redis key of the schemas."]
                #example
                #[derive(Debug, Clone, Copy)]
                pub struct RedisKeys;
            },
            quote!(impl RedisKeys { #methods }),
        ];
        all.append(&mut items);
        all
    }

    /// The constructor of a key and its type.
    fn key(&self, key: &Key, name: &str, function: &str) -> (TokenStream, TokenStream) {
        let arguments = self.arguments(&key.parts);
        let function = ident(function);
        let (made, parsed) = self.key_example(key, name, &function.to_string());
        let key_type = ident(name);
        let short = lines(&[format!("{}: see [`{name}`].", code(&key.template.text))]);
        let method = if arguments.is_empty() {
            quote! {
                #short
                #made
                #[must_use]
                pub fn #function() -> #key_type {
                    #key_type
                }
            }
        } else {
            let error = self.private("KeyError");
            let errors = lines(&[String::new(), "# Errors".to_owned(), errors(&arguments)]);
            let signature = arguments.iter().map(|argument| &argument.signature);
            let fields = arguments.iter().map(|argument| {
                let name = &argument.name;
                quote!(#name: #name.try_into().map_err(Into::into)?)
            });
            quote! {
                #short
                #errors
                #made
                pub fn #function(#(#signature),*) -> Result<#key_type, #error> {
                    Ok(#key_type { #(#fields),* })
                }
            }
        };
        let mut facts = vec![match key.ttl {
            Some(ttl) => format!("{}, lives {ttl} s.", code(&key.template.text)),
            None => format!("{}, never expires by itself.", code(&key.template.text)),
        }];
        if matches!(key.value, Some(KeyValue::Lock)) {
            facts.push("A lock: that it exists is all it says.".to_owned());
        }
        let doc = documented(&key.docs, &fallback(&key.name), &facts, &parsed);
        let derive = self.private("RedisKey");
        let mut template = String::new();
        let mut fields = arguments.iter().map(|argument| &argument.field);
        for piece in &key.template.pieces {
            match piece {
                Piece::Literal(text) => template.push_str(text),
                Piece::Placeholder(wire) => {
                    template.extend(["{", fields.next().unwrap_or(wire), "}"]);
                }
            }
        }
        let mut words = vec![quote!(key = #template)];
        if let Some(ttl) = key.ttl {
            let ttl = Literal::u64_unsuffixed(ttl);
            words.push(quote!(ttl = #ttl));
        }
        match &key.value {
            Some(KeyValue::Type(ty)) => {
                let ty = self.type_tokens(ty);
                words.push(quote!(value = #ty));
            }
            Some(KeyValue::Features) => {
                let features = self.private("Features");
                words.push(quote!(value = #features));
            }
            Some(KeyValue::Text) => words.push(quote!(value = String)),
            Some(KeyValue::Lock) | None => {}
        }
        let body = if arguments.is_empty() {
            quote!(;)
        } else {
            let fields = arguments.iter().zip(&key.parts).map(|(argument, part)| {
                let (name, ty) = (&argument.name, &argument.ty);
                let doc = documented(&part.docs, &sentence_for(&part.wire), &[], &TokenStream::new());
                quote!(#doc pub #name: #ty)
            });
            quote!({ #(#fields),* })
        };
        let item = quote! {
            #doc
            #[derive(Debug, Clone, PartialEq, Eq, Hash, #derive)]
            #[redis(#(#words),*)]
            pub struct #key_type #body
        };
        (method, item)
    }
}

/// A placeholder as an argument.
struct Argument {
    field: String,
    name: proc_macro2::Ident,
    ty: TokenStream,
    signature: TokenStream,
}

fn errors(arguments: &[Argument]) -> String {
    let names: Vec<String> = arguments
        .iter()
        .map(|argument| format!("`{}`", argument.field))
        .collect();
    match names.as_slice() {
        [one] => format!("When {one} is no valid value of its type."),
        many => format!("When one of {} is no valid value of its type.", many.join(", ")),
    }
}

fn without_placeholders(template: &Template) -> String {
    let literals = template.pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(text) => Some(text.as_str()),
        Piece::Placeholder(_) => None,
    });
    literals.collect::<Vec<&str>>().join(" ")
}

/// What a type without documentation is called.
fn fallback(name: &str) -> String {
    format!("{}.", code(name))
}

fn sentence_for(wire: &str) -> String {
    format!("{}.", code(wire))
}

/// The inside of a JSON string as the text it means.
fn unescaped(inside: &str) -> String {
    serde_json::from_str(&format!("\"{inside}\"")).unwrap_or_else(|_| inside.to_owned())
}
