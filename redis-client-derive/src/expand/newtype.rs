//! Newtypes: a private field whose every value is valid, because each way in checks.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ast::{Model, Typed};
use crate::expand::{encode, rules};
use crate::prop::TypeKind;

pub(crate) fn expand(model: &Model<'_>, typed: Typed<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    let ty = typed.ty;
    let check = format_ident!("check");
    let function = rules::function(p, &check, typed, model.words);
    let check_value = function.is_some().then(|| {
        quote!(if let #p::Result::Err(rule) = check(&value) {
            return #p::Result::Err(#p::Violation::new(rule));
        })
    });
    let seed = if function.is_some() {
        quote!(#p::Checked::<#ty>(check))
    } else {
        quote!(#p::Seed::<#ty>::new())
    };
    let own = if typed.kind == TypeKind::Text {
        text(model)
    } else {
        value(model, typed)
    };
    let display =
        (!matches!(typed.kind, TypeKind::List | TypeKind::Map | TypeKind::Other)).then(|| display(model));
    let is_scalar = matches!(
        typed.kind,
        TypeKind::Timestamp | TypeKind::Decimal | TypeKind::Scalar
    );
    let parse = is_scalar.then(|| parse(model, typed));
    let serde = serde(model, &seed);
    let encode = encode(model, &quote!(#p::Encode::write(&self.0, out)));
    let conversions = conversions(model, typed);
    let key_part = model.words.flag("key_part").then(|| key_part(model, typed));
    let key_text = (key_part.is_some() && matches!(typed.kind, TypeKind::Integer(_) | TypeKind::Other))
        .then(|| key_text(model));
    let name = model.name();
    let new_doc = format!(
        "A `{name}`, if the value keeps the rules of the schema.\n\n# Errors\n\nThe first rule that is broken."
    );
    let argument = if typed.kind == TypeKind::Text {
        quote!(impl #p::Into<#p::String>)
    } else {
        quote!(#ty)
    };
    let convert =
        (typed.kind == TypeKind::Text).then(|| quote!(let value = #p::Into::<#p::String>::into(value);));
    quote! {
        const _: () = {
            #function

            impl #ident {
                #[doc = #new_doc]
                pub fn new(value: #argument) -> #p::Result<Self, #p::Violation> {
                    #convert
                    #check_value
                    #p::Validate::validate(&value)?;
                    #p::Result::Ok(Self(value))
                }

                /// The value itself.
                #[must_use]
                pub fn into_inner(self) -> #ty {
                    self.0
                }
            }

            #serde
            #encode
            #conversions
            #own
            #display
            #parse
            #key_part
            #key_text
        };
    }
}

fn serde(model: &Model<'_>, seed: &TokenStream) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<'de> #p::serde::Deserialize<'de> for #ident {
            fn deserialize<__D>(deserializer: __D) -> #p::Result<Self, __D::Error>
            where
                __D: #p::serde::Deserializer<'de>,
            {
                let value = #p::serde::de::DeserializeSeed::deserialize(#seed, deserializer)?;
                #p::Result::Ok(Self(value))
            }
        }

        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::serde::Serialize for #ident {
            fn serialize<__S>(&self, serializer: __S) -> #p::Result<__S::Ok, __S::Error>
            where
                __S: #p::serde::Serializer,
            {
                #p::Encode::encode(&self.0, serializer)
            }
        }
    }
}

fn conversions(model: &Model<'_>, typed: Typed<'_>) -> TokenStream {
    let (p, ident, ty) = (&model.private, model.ident, typed.ty);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::Validate for #ident {
            /// Always `Ok`: there is no way to make an invalid value.
            #[inline]
            fn validate(&self) -> #p::Result<(), #p::Violation> {
                #p::Result::Ok(())
            }
        }

        #[automatically_derived]
        impl #p::TryFrom<#ty> for #ident {
            type Error = #p::Violation;

            fn try_from(value: #ty) -> #p::Result<Self, #p::Violation> {
                Self::new(value)
            }
        }

        #[automatically_derived]
        impl #p::From<#ident> for #ty {
            fn from(value: #ident) -> Self {
                value.0
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

fn display(model: &Model<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    quote! {
        #[automatically_derived]
        impl #p::fmt::Display for #ident {
            fn fmt(&self, f: &mut #p::fmt::Formatter<'_>) -> #p::fmt::Result {
                #p::fmt::Display::fmt(&self.0, f)
            }
        }
    }
}

/// From the text of a scalar.
fn parse(model: &Model<'_>, typed: Typed<'_>) -> TokenStream {
    let (p, ident, ty) = (&model.private, model.ident, typed.ty);
    quote! {
        #[automatically_derived]
        impl #p::FromStr for #ident {
            type Err = #p::Violation;

            fn from_str(text: &str) -> #p::Result<Self, #p::Violation> {
                Self::new(<#ty as #p::FromStr>::from_str(text)?)
            }
        }

        #[automatically_derived]
        impl #p::TryFrom<&str> for #ident {
            type Error = #p::Violation;

            fn try_from(text: &str) -> #p::Result<Self, #p::Violation> {
                #p::FromStr::from_str(text)
            }
        }
    }
}

/// What a text has besides.
fn text(model: &Model<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    quote! {
        impl #ident {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        #[automatically_derived]
        impl #p::FromStr for #ident {
            type Err = #p::Violation;

            fn from_str(text: &str) -> #p::Result<Self, #p::Violation> {
                Self::new(text)
            }
        }

        #[automatically_derived]
        impl #p::TryFrom<&str> for #ident {
            type Error = #p::Violation;

            fn try_from(text: &str) -> #p::Result<Self, #p::Violation> {
                Self::new(text)
            }
        }

        #[automatically_derived]
        impl #p::TryFrom<&#p::String> for #ident {
            type Error = #p::Violation;

            fn try_from(text: &#p::String) -> #p::Result<Self, #p::Violation> {
                Self::new(text.as_str())
            }
        }

        #[automatically_derived]
        impl #p::AsRef<str> for #ident {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    }
}

/// What a value that is no text has besides.
fn value(model: &Model<'_>, typed: Typed<'_>) -> TokenStream {
    let ident = model.ident;
    let ty = typed.ty;
    let is_copy = matches!(
        typed.kind,
        TypeKind::Integer(_) | TypeKind::Number | TypeKind::Bool
    );
    let (returned, value) = if is_copy {
        (quote!(#ty), quote!(self.0))
    } else {
        (quote!(&#ty), quote!(&self.0))
    };
    quote! {
        impl #ident {
            /// The value.
            #[must_use]
            pub fn get(&self) -> #returned {
                #value
            }
        }
    }
}

fn key_part(model: &Model<'_>, typed: Typed<'_>) -> TokenStream {
    let (p, ident, ty) = (&model.private, model.ident, typed.ty);
    if let (TypeKind::Text, Some(pattern)) = (typed.kind, model.words.path("pattern")) {
        return quote! {
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl #p::KeyPart for #ident {
                const ALPHABET: #p::Alphabet = #pattern.alphabet();

                fn write_part(&self, out: &mut #p::String) {
                    out.push_str(&self.0);
                }

                fn parse_part(text: &str) -> #p::Result<Self, #p::KeyError> {
                    #p::Result::Ok(Self::new(text)?)
                }
            }
        };
    }
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::KeyPart for #ident {
            const ALPHABET: #p::Alphabet = <#ty as #p::KeyPart>::ALPHABET;

            fn write_part(&self, out: &mut #p::String) {
                #p::KeyPart::write_part(&self.0, out);
            }

            fn parse_part(text: &str) -> #p::Result<Self, #p::KeyError> {
                let value = <#ty as #p::KeyPart>::parse_part(text)?;
                #p::Result::Ok(Self::new(value)?)
            }
        }
    }
}

/// From the text of a key part, where the type has no text of another kind.
fn key_text(model: &Model<'_>) -> TokenStream {
    let (p, ident) = (&model.private, model.ident);
    quote! {
        #[automatically_derived]
        impl #p::FromStr for #ident {
            type Err = #p::KeyError;

            fn from_str(text: &str) -> #p::Result<Self, #p::KeyError> {
                #p::KeyPart::parse_part(text)
            }
        }

        #[automatically_derived]
        impl #p::TryFrom<&str> for #ident {
            type Error = #p::KeyError;

            fn try_from(text: &str) -> #p::Result<Self, #p::KeyError> {
                #p::KeyPart::parse_part(text)
            }
        }
    }
}
