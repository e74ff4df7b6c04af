//! `AnyEvent`, channels and keys: what binds types to Redis.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::super::ir::{Content, Key, KeyValue, Part, Piece, Shape, Template, TypeId};
use super::super::super::naming::{self, rust as names};
use super::doc::{code, documented, lines};
use super::items::{fallback, sentence_for};
use super::{Printer, ident};

impl Printer<'_> {
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
