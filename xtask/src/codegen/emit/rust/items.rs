//! Types.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::super::ir::{
    Alternative, AlternativeKind, Branch, BranchKind, Content, Item, Member, Object, PatternId, Rest, Rules,
    Shape, Slot, TextValue, Tuple, Type, TypeId, Union, Valued,
};
use super::super::super::naming::rust as names;
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

    pub(super) fn type_tokens(&self, ty: &Type) -> TokenStream {
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
}

/// What a type without documentation is called.
pub(super) fn fallback(name: &str) -> String {
    format!("{}.", code(name))
}

pub(super) fn sentence_for(wire: &str) -> String {
    format!("{}.", code(wire))
}

/// The inside of a JSON string as the text it means.
fn unescaped(inside: &str) -> String {
    serde_json::from_str(&format!("\"{inside}\"")).unwrap_or_else(|_| inside.to_owned())
}
