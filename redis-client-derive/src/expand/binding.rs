//! Events, keys and sets of events: what binds a type to a template.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::LitStr;
use syn::spanned::Spanned as _;

use crate::ast::{Binding, Set};
use crate::prop::fixed_part;
use crate::template::{Piece, Template};

/// `None` when the template could not be read, which has been reported.
pub(crate) fn event(event: &Binding<'_>) -> Option<TokenStream> {
    let (p, ident) = (&event.private, event.ident);
    let template = event.template.as_ref()?;
    let channel = template.literal;
    let event_type = event
        .words
        .text("event_type")
        .map_or_else(|| fixed_part(&channel.value()), LitStr::value);
    let body = if template.placeholders().next().is_none() {
        quote!(#p::Cow::Borrowed(#channel))
    } else {
        let writes = writes(event, template, &quote!(text));
        quote! {
            let mut text = #p::String::new();
            #writes
            #p::Cow::Owned(text)
        }
    };
    let max_age = match event.words.integer("max_age") {
        Some(max_age) => {
            let seconds = Literal::u64_unsuffixed(max_age.base10_parse().ok()?);
            let expired = event.words.text("expired").map(LitStr::value);
            let expired = if expired.as_deref() == Some("dead-letter") {
                quote!(DeadLetter)
            } else {
                quote!(Publish)
            };
            Some(quote! {
                const MAX_AGE: #p::Option<#p::MaxAge> =
                    #p::Option::Some(#p::MaxAge::new(#p::Duration::from_secs(#seconds), #p::Expired::#expired));
            })
        }
        None => None,
    };
    let validate = event.words.name("validate").map(|word| {
        quote_spanned! {word.span()=>
            fn check(&self) -> #p::Result<(), #p::Violation> {
                #p::Validate::validate(self)
            }
        }
    });
    let write = event.is_model.then(|| {
        quote! {
            fn write_json(&self, out: &mut #p::Vec<u8>) -> #p::Result<(), #p::EncodeError> {
                #p::write_model(self, out)
            }
        }
    });
    let assertions = assertions(event, template);
    Some(quote! {
        #assertions

        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::Event for #ident {
            const CHANNEL: &'static str = #channel;
            const EVENT_TYPE: &'static str = #event_type;
            #max_age

            fn channel(&self) -> #p::Cow<'static, str> {
                #body
            }

            #validate
            #write
        }
    })
}

/// `None` when the template could not be read, which has been reported.
pub(crate) fn key(key: &Binding<'_>) -> Option<TokenStream> {
    let (p, ident) = (&key.private, key.ident);
    let template = key.template.as_ref()?;
    let literal = template.literal;
    let text = literal.value();
    let ttl = if let Some(ttl) = key.words.integer("ttl") {
        let seconds = Literal::u64_unsuffixed(ttl.base10_parse().ok()?);
        quote!(#p::Option::Some(#p::Duration::from_secs(#seconds)))
    } else {
        quote!(#p::Option::None)
    };
    let scan: String = template
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Fixed(text) => text.as_str(),
            Piece::Placeholder(_) => "*",
        })
        .collect();
    let value = key.words.ty("value").map(|ty| {
        quote! {
            #[automatically_derived]
            impl #p::KeyValue for #ident {
                type Value = #ty;
            }
        }
    });
    let writes = writes(key, template, &quote!(text));
    let parse = parse(key, template);
    let assertions = assertions(key, template);
    let capacity = text.len();
    Some(quote! {
        #assertions

        #[automatically_derived]
        impl #p::fmt::Display for #ident {
            fn fmt(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                let mut text = #p::String::with_capacity(#capacity);
                #writes
                f.pad(&text)
            }
        }

        #[automatically_derived]
        impl #p::FromStr for #ident {
            type Err = #p::KeyError;

            fn from_str(text: &str) -> #p::Result<Self, #p::KeyError> {
                #parse
            }
        }

        #[automatically_derived]
        impl #p::Key for #ident {
            const TEMPLATE: &'static str = #literal;
            const TTL: #p::Option<#p::Duration> = #ttl;

            fn scan_pattern() -> #p::String {
                #p::String::from(#scan)
            }
        }

        #value

        #p::redis_arguments!(#ident);
    })
}

/// Appends the text of the template to the `String` named `out`.
fn writes(binding: &Binding<'_>, template: &Template<'_>, out: &TokenStream) -> TokenStream {
    let p = &binding.private;
    template
        .pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Fixed(fixed) => Some(quote!(#out.push_str(#fixed);)),
            Piece::Placeholder(name) => {
                let field = binding.field(name)?;
                let (ident, ty) = (field.ident, field.ty);
                // All errors about the type of the field fall on one span, so that one is shown.
                Some(quote_spanned!(ty.span()=> <#ty as #p::KeyPart>::write_part(&self.#ident, &mut #out);))
            }
        })
        .collect()
}

/// Takes `text` apart and makes the key.
fn parse(key: &Binding<'_>, template: &Template<'_>) -> TokenStream {
    let p = &key.private;
    let literal = template.literal;
    let mut steps = TokenStream::new();
    let mut fields = TokenStream::new();
    let mut pieces = template.pieces.iter().peekable();
    if let Some(Piece::Fixed(prefix)) = pieces.next_if(|piece| matches!(piece, Piece::Fixed(_))) {
        steps.extend(quote! {
            let #p::Option::Some(rest) = text.strip_prefix(#prefix) else {
                return #p::Result::Err(#p::KeyError::other_template(#literal));
            };
        });
    } else {
        steps.extend(quote!(let rest = text;));
    }
    let mut index = 0;
    while let Some(piece) = pieces.next() {
        let Piece::Placeholder(name) = piece else { continue };
        let Some(field) = key.field(name) else { continue };
        let (ident, ty) = (field.ident, field.ty);
        let value = format_ident!("value_{index}");
        index += 1;
        match pieces.next_if(|piece| matches!(piece, Piece::Fixed(_))) {
            Some(Piece::Fixed(separator)) => steps.extend(quote! {
                let #p::Option::Some((part, rest)) = rest.split_once(#separator) else {
                    return #p::Result::Err(#p::KeyError::other_template(#literal));
                };
            }),
            _ => steps.extend(quote!(let (part, rest) = (rest, "");)),
        }
        steps.extend(quote_spanned! {ty.span()=>
            let #value = match <#ty as #p::KeyPart>::parse_part(part) {
                #p::Result::Ok(part) => part,
                #p::Result::Err(error) => return #p::Result::Err(error.in_part(#literal, #name)),
            };
        });
        fields.extend(quote!(#ident: #value,));
    }
    let value = if key.is_unit {
        quote!(Self)
    } else {
        quote!(Self { #fields })
    };
    quote! {
        #steps
        if !rest.is_empty() {
            return #p::Result::Err(#p::KeyError::other_template(#literal));
        }
        #p::Result::Ok(#value)
    }
}

/// At compile time: no part can hold what ends it, nor what no key may hold.
fn assertions(binding: &Binding<'_>, template: &Template<'_>) -> TokenStream {
    let literal = template.literal.value();
    template
        .ends()
        .filter_map(|(name, end)| {
            let ty = binding.field(name)?.ty;
            let p = at(&binding.private, ty.span());
            let separator = end.map(|end| {
                let message = format!(
                    "the texts of the field `{name}` may contain {end:?}, which ends it in the template \"{literal}\""
                );
                let message = escape_braces(&message);
                quote_spanned! {ty.span()=>
                    const _: () = #p::assert!(!<#ty as #p::KeyPart>::ALPHABET.contains(#end), #message);
                }
            });
            let message = format!(
                "the texts of the field `{name}` may contain whitespace, control or glob characters, which no key may"
            );
            let message = escape_braces(&message);
            Some(quote_spanned! {ty.span()=>
                const _: () = #p::assert!(<#ty as #p::KeyPart>::ALPHABET.first_unsafe().is_none(), #message);
                #separator
            })
        })
        .collect()
}

/// The same path at another place, so that the compiler points there when a macro behind it fails.
fn at(path: &TokenStream, span: Span) -> TokenStream {
    let tokens = path.clone().into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    tokens.collect()
}

/// The message of an `assert!` is a format string.
fn escape_braces(message: &str) -> String {
    message.replace('{', "{{").replace('}', "}}")
}

pub(crate) fn set(set: &Set<'_>) -> TokenStream {
    let (p, ident) = (&set.private, set.ident);
    let (variants, types): (Vec<_>, Vec<_>) = set.variants.iter().copied().unzip();
    let count = variants.len();
    // All errors about the type of a variant fall on one span of one function, so that one is shown.
    let table = set.variants.iter().map(|(variant, ty)| {
        quote_spanned! {ty.span()=>
            #p::Variant::of::<#ty>(
                |payload| #p::decode_event::<#ty>(payload).map(#ident::#variant),
                |set| match set {
                    #ident::#variant(event) => #p::Option::Some(#p::encode_event(event)),
                    #[allow(unreachable_patterns)]
                    _ => #p::Option::None,
                },
            )
        }
    });
    quote! {
        const _: () = {
            fn variants() -> [#p::Variant<#ident>; #count] {
                [#(#table),*]
            }

            #[automatically_derived]
            impl #p::traits::EventSet for #ident {
                fn channels() -> #p::Vec<#p::ChannelPattern> {
                    #p::channels_of_set(&variants())
                }

                fn decode(channel: &str, payload: &[u8]) -> #p::Option<#p::Result<Self, #p::DecodeError>> {
                    #p::decode_set(channel, payload, &variants())
                }

                fn event_types() -> #p::Vec<&'static str> {
                    #p::event_types_of_set(&variants())
                }

                fn decode_type(
                    event_type: &str,
                    payload: &[u8],
                ) -> #p::Option<#p::Result<Self, #p::DecodeError>> {
                    #p::decode_type_of_set(event_type, payload, &variants())
                }

                fn encode(&self) -> #p::Result<#p::Encoded<Self>, #p::EncodeError> {
                    #p::encode_set(self, &variants())
                }
            }
        };

        #(
            #[automatically_derived]
            impl #p::From<#types> for #ident {
                fn from(event: #types) -> Self {
                    Self::#variants(event)
                }
            }
        )*
    }
}
