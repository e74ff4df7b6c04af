//! Enums of texts: fixed ones, and types with a text of their own.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

use crate::ast::{Alternative, Model};
use crate::expand::constant::quoted;
use crate::expand::encode;
use crate::prop::{TypeKind, type_kind};

/// The variants, sorted by kind.
struct Variants<'a> {
    fixed: Vec<&'a Ident>,
    values: Vec<&'a str>,
    typed: Vec<&'a Ident>,
    types: Vec<&'a Type>,
}

impl<'a> Variants<'a> {
    fn of(alternatives: &'a [Alternative<'a>]) -> Self {
        let mut variants = Self {
            fixed: Vec::new(),
            values: Vec::new(),
            typed: Vec::new(),
            types: Vec::new(),
        };
        for alternative in alternatives {
            if let Some(value) = &alternative.value {
                variants.fixed.push(alternative.ident);
                variants.values.push(value);
            } else if let Some(ty) = alternative.ty {
                variants.typed.push(alternative.ident);
                variants.types.push(ty);
            }
        }
        variants
    }
}

pub(crate) fn expand(model: &Model<'_>, alternatives: &[Alternative<'_>]) -> TokenStream {
    let variants = Variants::of(alternatives);
    let own = if variants.types.is_empty() {
        fixed_only(model, &variants)
    } else {
        from_types(model, &variants)
    };
    let text = text(model, &variants);
    let serde = serde(model, &variants);
    let encode = encode(model, &write(model, &variants));
    let validate = validate(model, &variants);
    let key_part = model.words.flag("key_part").then(|| key_part(model, &variants));
    quote! {
        const _: () = {
            #own
            #text
            #serde
            #encode
            #validate
            #key_part
        };
    }
}

/// What an enum has when all its texts are known.
fn fixed_only(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let Variants { fixed, values, .. } = variants;
    let count = fixed.len();
    quote! {
        impl #ident {
            /// Every value, in the order of the schema.
            pub const ALL: [Self; #count] = [#(Self::#fixed),*];

            /// The text on the wire.
            #[must_use]
            pub const fn as_str(&self) -> &'static str {
                match self {
                    #(Self::#fixed => #values,)*
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
}

/// What an enum over types has besides.
fn from_types(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let mut seen = BTreeSet::new();
    let impls = variants.typed.iter().zip(&variants.types).map(|(typed, ty)| {
        // A text goes through `FromStr`, which may find a constant; and of one type there is one conversion.
        if type_kind(ty) == TypeKind::Text || !seen.insert(quote!(#ty).to_string()) {
            return TokenStream::new();
        }
        quote! {
            #[automatically_derived]
            impl #p::From<#ty> for #ident {
                fn from(value: #ty) -> Self {
                    Self::#typed(value)
                }
            }
        }
    });
    quote!(#(#impls)*)
}

/// To text and from it.
fn text(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (p, ident, name) = (&model.private, model.ident, model.name());
    let Variants {
        fixed,
        values,
        typed,
        types,
    } = variants;
    quote! {
        #[automatically_derived]
        impl #p::fmt::Display for #ident {
            fn fmt(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                match self {
                    #(Self::#fixed => f.pad(#values),)*
                    #(Self::#typed(value) => #p::fmt::Display::fmt(value, f),)*
                }
            }
        }

        #[automatically_derived]
        impl #p::FromStr for #ident {
            type Err = #p::Violation;

            fn from_str(text: &str) -> #p::Result<Self, #p::Violation> {
                match text {
                    #(#values => return #p::Result::Ok(Self::#fixed),)*
                    _ => {}
                }
                #(
                    if let #p::Result::Ok(value) = <#types as #p::FromStr>::from_str(text) {
                        return #p::Result::Ok(Self::#typed(value));
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
    }
}

fn serde(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let Variants {
        fixed, values, typed, ..
    } = variants;
    let expecting = format!("one of the values of {}", model.name());
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<'de> #p::serde::Deserialize<'de> for #ident {
            fn deserialize<__D>(deserializer: __D) -> #p::Result<Self, __D::Error>
            where
                __D: #p::serde::Deserializer<'de>,
            {
                struct __Text;

                impl #p::serde::de::Visitor<'_> for __Text {
                    type Value = #ident;

                    fn expecting(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                        f.write_str(#expecting)
                    }

                    fn visit_str<__E>(self, text: &str) -> #p::Result<#ident, __E>
                    where
                        __E: #p::serde::de::Error,
                    {
                        #p::FromStr::from_str(text).map_err(|violation| #p::violated(&violation))
                    }
                }

                deserializer.deserialize_str(__Text)
            }
        }

        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::serde::Serialize for #ident {
            fn serialize<__S>(&self, serializer: __S) -> #p::Result<__S::Ok, __S::Error>
            where
                __S: #p::serde::Serializer,
            {
                match self {
                    #(Self::#fixed => serializer.serialize_str(#values),)*
                    #(Self::#typed(value) => #p::Encode::encode(value, serializer),)*
                }
            }
        }
    }
}

/// Appends the JSON.
fn write(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let p = &model.private;
    let Variants {
        fixed, values, typed, ..
    } = variants;
    let values = values.iter().map(|value| quoted(value));
    quote! {
        match self {
            #(Self::#fixed => {
                out.extend_from_slice(#values.as_bytes());
                #p::Result::Ok(())
            })*
            #(Self::#typed(value) => #p::Encode::write(value, out),)*
        }
    }
}

fn validate(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let Variants { fixed, typed, .. } = variants;
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::Validate for #ident {
            fn validate(&self) -> #p::Result<(), #p::Violation> {
                match self {
                    #(Self::#fixed => #p::Result::Ok(()),)*
                    #(Self::#typed(value) => #p::Validate::validate(value),)*
                }
            }
        }
    }
}

fn key_part(model: &Model<'_>, variants: &Variants<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let Variants {
        fixed,
        values,
        typed,
        types,
    } = variants;
    // A whole `*` stands for itself: it cannot be confused with a separator, and SCAN patterns escape it.
    let alphabet: String = values.iter().copied().filter(|value| *value != "*").collect();
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::KeyPart for #ident {
            const ALPHABET: #p::Alphabet =
                #p::Alphabet::of(#alphabet)#(.union(<#types as #p::KeyPart>::ALPHABET))*;

            fn write_part(&self, out: &mut #p::String) {
                match self {
                    #(Self::#fixed => out.push_str(#values),)*
                    #(Self::#typed(value) => #p::KeyPart::write_part(value, out),)*
                }
            }

            fn parse_part(text: &str) -> #p::Result<Self, #p::KeyError> {
                #p::Result::Ok(<Self as #p::FromStr>::from_str(text)?)
            }
        }
    }
}
