//! Prints the implementations. By here the input has no mistakes that this crate could find.

mod binding;
mod builder;
pub(crate) mod constant;
mod newtype;
mod object;
mod rules;
mod text;
mod tuple;
mod union;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::ast::{self, Binding, EVENT_WORDS, KEY_WORDS, Model, Set, Shape};
use crate::attr::Words;
use crate::ctxt::Ctxt;
use crate::{fallback, valid};

pub(crate) fn event(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::new();
    let words = Words::of(&cx, &input.attrs, "redis", EVENT_WORDS);
    let event = Binding::of(&cx, input, &words, "RedisEvent", "channel");
    if let Some(event) = &event {
        valid::event(&cx, event);
    }
    finish(cx, event.as_ref().and_then(binding::event), || {
        fallback::event(input)
    })
}

pub(crate) fn key(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::new();
    let words = Words::of(&cx, &input.attrs, "redis", KEY_WORDS);
    let key = Binding::of(&cx, input, &words, "RedisKey", "key");
    if let Some(key) = &key {
        valid::key(&cx, key);
    }
    finish(cx, key.as_ref().and_then(binding::key), || fallback::key(input))
}

pub(crate) fn set(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::new();
    let set = Set::of(&cx, input);
    finish(cx, set.as_ref().map(binding::set), || fallback::set(input))
}

pub(crate) fn model(input: &DeriveInput) -> TokenStream {
    let cx = Ctxt::new();
    let words = ast::model_words(&cx, input);
    let model = Model::of(&cx, input, &words);
    if let Some(model) = &model {
        valid::model(&cx, model);
    }
    finish(cx, model.as_ref().map(model_tokens), || fallback::model(input))
}

/// The tokens, or the errors with what stands in for them.
fn finish(cx: Ctxt, tokens: Option<TokenStream>, fallback: impl FnOnce() -> TokenStream) -> TokenStream {
    match (cx.check(), tokens) {
        (Ok(()), Some(tokens)) => tokens,
        (Ok(()), None) => unreachable!("without tokens there is an error"),
        (Err(errors), _) => {
            let fallback = fallback();
            quote!(#errors #fallback)
        }
    }
}

fn model_tokens(model: &Model<'_>) -> TokenStream {
    let body = match &model.shape {
        Shape::Object(object) => object::expand(model, object),
        Shape::Newtype(typed) => newtype::expand(model, *typed),
        Shape::Tuple(tuple) => tuple::expand(model, tuple),
        Shape::Texts(alternatives) => text::expand(model, alternatives),
        Shape::Union(alternatives) => union::expand(model, alternatives),
    };
    let schema = json_schema(model);
    let (ident, p) = (model.ident, &model.private);
    quote! {
        #body
        #p::schema_type!(#ident);
        #schema
    }
}

/// `Encode`: serde's way for any serializer, and `write`, the short way to JSON.
fn encode(model: &Model<'_>, write: &TokenStream) -> TokenStream {
    let (ident, p) = (model.ident, &model.private);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl #p::Encode for #ident {
            #[inline]
            fn encode<__S>(&self, serializer: __S) -> #p::Result<__S::Ok, __S::Error>
            where
                __S: #p::serde::Serializer,
            {
                #p::serde::Serialize::serialize(self, serializer)
            }

            fn write(&self, out: &mut #p::Vec<u8>) -> #p::Result<(), #p::Violation> {
                #write
            }
        }
    }
}

/// `JsonSchema` from the bundled text.
fn json_schema(model: &Model<'_>) -> Option<TokenStream> {
    let schema = model.words.path("schema")?;
    let (ident, p, name) = (model.ident, &model.private, model.name());
    Some(quote! {
        #[automatically_derived]
        impl #p::schemars::JsonSchema for #ident {
            fn schema_name() -> #p::Cow<'static, str> {
                #p::Cow::Borrowed(#name)
            }

            fn schema_id() -> #p::Cow<'static, str> {
                #p::Cow::Borrowed(#p::concat!(#p::module_path!(), "::", #name))
            }

            fn json_schema(_: &mut #p::schemars::SchemaGenerator) -> #p::schemars::Schema {
                #p::schema(#schema)
            }
        }
    })
}
