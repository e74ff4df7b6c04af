//! What a derive emits beside its errors, so that one mistake yields one message.
//!
//! Without an implementation, every use of the type would be a further error. These implementations are never run: the
//! crate does not compile.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

pub(crate) fn event(input: &DeriveInput) -> TokenStream {
    let (ident, generics) = (&input.ident, &input.generics);
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[automatically_derived]
        impl ::redis_client::__private::Event for #ident {
            const CHANNEL: &'static str = "";
            const EVENT_TYPE: &'static str = "";
            fn channel(&self) -> ::redis_client::__private::Cow<'static, str> {
                ::redis_client::__private::Cow::Borrowed("")
            }
        }
    }
}

pub(crate) fn key(input: &DeriveInput) -> TokenStream {
    let (ident, generics) = (&input.ident, &input.generics);
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[automatically_derived]
        impl ::redis_client::__private::fmt::Display for #ident {
            fn fmt(&self, _: &mut ::redis_client::__private::fmt::Formatter<'_>) -> ::redis_client::__private::fmt::Result {
                loop {}
            }
        }
        #[automatically_derived]
        impl ::redis_client::__private::FromStr for #ident {
            type Err = ::redis_client::__private::KeyError;
            fn from_str(_: &str) -> ::redis_client::__private::Result<Self, Self::Err> {
                loop {}
            }
        }
        #[automatically_derived]
        impl ::redis_client::__private::Key for #ident {
            const TEMPLATE: &'static str = "";
            const TTL: ::redis_client::__private::Option<::redis_client::__private::Duration> =
                ::redis_client::__private::Option::None;
            fn scan_pattern() -> ::redis_client::__private::String {
                loop {}
            }
        }
    }
}

pub(crate) fn set(input: &DeriveInput) -> TokenStream {
    let (ident, generics) = (&input.ident, &input.generics);
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[automatically_derived]
        impl ::redis_client::__private::traits::EventSet for #ident {
            fn channels() -> ::redis_client::__private::Vec<::redis_client::__private::ChannelPattern> {
                loop {}
            }
            fn decode(
                _: &str,
                _: &[u8],
            ) -> ::redis_client::__private::Option<
                ::redis_client::__private::Result<Self, ::redis_client::__private::DecodeError>,
            > {
                loop {}
            }
            fn event_types() -> ::redis_client::__private::Vec<&'static str> {
                loop {}
            }
            fn decode_type(
                _: &str,
                _: &[u8],
            ) -> ::redis_client::__private::Option<
                ::redis_client::__private::Result<Self, ::redis_client::__private::DecodeError>,
            > {
                loop {}
            }
            fn encode(
                &self,
            ) -> ::redis_client::__private::Result<
                ::redis_client::__private::Encoded<Self>,
                ::redis_client::__private::EncodeError,
            > {
                loop {}
            }
        }
    }
}

pub(crate) fn model(input: &DeriveInput) -> TokenStream {
    let (ident, generics) = (&input.ident, &input.generics);
    if !generics.params.is_empty() {
        return TokenStream::new();
    }
    quote! {
        #[automatically_derived]
        impl ::redis_client::__private::serde::Serialize for #ident {
            fn serialize<__S: ::redis_client::__private::serde::Serializer>(
                &self,
                _: __S,
            ) -> ::redis_client::__private::Result<__S::Ok, __S::Error> {
                loop {}
            }
        }
        #[automatically_derived]
        impl<'de> ::redis_client::__private::serde::Deserialize<'de> for #ident {
            fn deserialize<__D: ::redis_client::__private::serde::Deserializer<'de>>(
                _: __D,
            ) -> ::redis_client::__private::Result<Self, __D::Error> {
                loop {}
            }
        }
        #[automatically_derived]
        impl ::redis_client::__private::Validate for #ident {
            fn validate(&self) -> ::redis_client::__private::Result<(), ::redis_client::__private::Violation> {
                loop {}
            }
        }
        #[automatically_derived]
        impl ::redis_client::__private::Encode for #ident {
            fn encode<__S: ::redis_client::__private::serde::Serializer>(
                &self,
                _: __S,
            ) -> ::redis_client::__private::Result<__S::Ok, __S::Error> {
                loop {}
            }
            fn write(
                &self,
                _: &mut ::redis_client::__private::Vec<u8>,
            ) -> ::redis_client::__private::Result<(), ::redis_client::__private::Violation> {
                loop {}
            }
        }
        ::redis_client::__private::schema_type!(#ident);
    }
}
