//! Enums of texts: fixed ones, and types with a text of their own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ast::{Alternative, Model};

pub(crate) fn expand(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let name = model.name();
    let expecting = format!("one of the values of {name}");
    let units: Vec<_> = alternatives
        .iter()
        .filter_map(|a| a.value.as_ref().map(|value| (a.ident, value)))
        .collect();
    let (unit_idents, unit_values): (Vec<_>, Vec<_>) = units.into_iter().unzip();
    let typed: Vec<_> = alternatives
        .iter()
        .filter_map(|a| a.ty.map(|ty| (a.ident, ty)))
        .collect();
    let (typed_idents, types): (Vec<_>, Vec<_>) = typed.into_iter().unzip();
    let own = if types.is_empty() {
        let count = unit_idents.len();
        quote! {
            impl #ident {
                /// Every value, in the order of the schema.
                pub const ALL: [Self; #count] = [#(Self::#unit_idents),*];

                /// The text on the wire.
                #[must_use]
                pub const fn as_str(&self) -> &'static str {
                    match self {
                        #(Self::#unit_idents => #unit_values,)*
                    }
                }
            }

            #[automatically_derived]
            impl #p::AsRef<str> for #ident {
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }
        }
    } else {
        quote! {
            #(
                #[automatically_derived]
                impl #p::From<#types> for #ident {
                    fn from(value: #types) -> Self {
                        Self::#typed_idents(value)
                    }
                }
            )*
        }
    };
    let key_part = model
        .words
        .flag("key_part")
        .then(|| key_part(model, alternatives));
    quote! {
        const _: () = {
            #own

            #[automatically_derived]
            impl #p::fmt::Display for #ident {
                fn fmt(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                    match self {
                        #(Self::#unit_idents => f.pad(#unit_values),)*
                        #(Self::#typed_idents(value) => #p::fmt::Display::fmt(value, f),)*
                    }
                }
            }

            #[automatically_derived]
            impl #p::FromStr for #ident {
                type Err = #p::Violation;

                fn from_str(text: &str) -> #p::Result<Self, #p::Violation> {
                    match text {
                        #(#unit_values => return #p::Result::Ok(Self::#unit_idents),)*
                        _ => {}
                    }
                    #(
                        if let #p::Result::Ok(value) = <#types as #p::FromStr>::from_str(text) {
                            return #p::Result::Ok(Self::#typed_idents(value));
                        }
                    )*
                    #p::Result::Err(#p::Violation::new(#p::Rule::OneOf(#name)))
                }
            }

            #[automatically_derived]
            impl #p::TryFrom<&str> for #ident {
                type Error = #p::Violation;

                fn try_from(text: &str) -> #p::Result<Self, #p::Violation> {
                    #p::FromStr::from_str(text)
                }
            }

            #[automatically_derived]
            impl #p::TryFrom<#p::String> for #ident {
                type Error = #p::Violation;

                fn try_from(text: #p::String) -> #p::Result<Self, #p::Violation> {
                    #p::FromStr::from_str(&text)
                }
            }

            #[automatically_derived]
            impl #p::From<&#ident> for #ident {
                fn from(value: &#ident) -> Self {
                    #p::Clone::clone(value)
                }
            }

            #[automatically_derived]
            impl<'de> #p::serde::Deserialize<'de> for #ident {
                fn deserialize<D>(deserializer: D) -> #p::Result<Self, D::Error>
                where
                    D: #p::serde::Deserializer<'de>,
                {
                    struct Text;

                    impl #p::serde::de::Visitor<'_> for Text {
                        type Value = #ident;

                        fn expecting(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                            f.write_str(#expecting)
                        }

                        fn visit_str<E>(self, text: &str) -> #p::Result<#ident, E>
                        where
                            E: #p::serde::de::Error,
                        {
                            #p::FromStr::from_str(text).map_err(|violation| #p::violated(&violation))
                        }
                    }

                    deserializer.deserialize_str(Text)
                }
            }

            #[automatically_derived]
            impl #p::serde::Serialize for #ident {
                fn serialize<S>(&self, serializer: S) -> #p::Result<S::Ok, S::Error>
                where
                    S: #p::serde::Serializer,
                {
                    match self {
                        #(Self::#unit_idents => serializer.serialize_str(#unit_values),)*
                        #(Self::#typed_idents(value) => #p::Encode::encode(value, serializer),)*
                    }
                }
            }

            #[automatically_derived]
            impl #p::Validate for #ident {
                fn validate(&self) -> #p::Result<(), #p::Violation> {
                    match self {
                        #(Self::#unit_idents => #p::Result::Ok(()),)*
                        #(Self::#typed_idents(value) => #p::Validate::validate(value),)*
                    }
                }
            }

            #key_part
        };
    }
}

fn key_part(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    // A whole `*` stands for itself: it cannot be confused with a separator, and SCAN patterns escape it.
    let fixed: String = alternatives
        .iter()
        .filter_map(|a| a.value.as_deref())
        .filter(|value| *value != "*")
        .collect();
    let units: Vec<_> = alternatives
        .iter()
        .filter_map(|a| a.value.as_ref().map(|value| (a.ident, value)))
        .collect();
    let (unit_idents, unit_values): (Vec<_>, Vec<_>) = units.into_iter().unzip();
    let typed: Vec<_> = alternatives
        .iter()
        .filter_map(|a| a.ty.map(|ty| (a.ident, ty)))
        .collect();
    let (typed_idents, types): (Vec<_>, Vec<_>) = typed.into_iter().unzip();
    quote! {
        #[automatically_derived]
        impl #p::KeyPart for #ident {
            const ALPHABET: #p::Alphabet =
                #p::Alphabet::of(#fixed)#(.union(<#types as #p::KeyPart>::ALPHABET))*;

            fn write_part(&self, out: &mut #p::String) {
                match self {
                    #(Self::#unit_idents => out.push_str(#unit_values),)*
                    #(Self::#typed_idents(value) => #p::KeyPart::write_part(value, out),)*
                }
            }

            fn parse_part(text: &str) -> #p::Result<Self, #p::KeyError> {
                #p::Result::Ok(<Self as #p::FromStr>::from_str(text)?)
            }
        }
    }
}
