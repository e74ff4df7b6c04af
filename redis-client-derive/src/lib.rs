//! Derive macros of `redis-client`.

use proc_macro::TokenStream;

/// In the making.
#[proc_macro_derive(Model, attributes(model, redis))]
pub fn model(_: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// In the making.
#[proc_macro_derive(RedisEvent, attributes(redis))]
pub fn redis_event(_: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// In the making.
#[proc_macro_derive(RedisKey, attributes(redis))]
pub fn redis_key(_: TokenStream) -> TokenStream {
    TokenStream::new()
}

/// In the making.
#[proc_macro_derive(EventSet, attributes(redis))]
pub fn event_set(_: TokenStream) -> TokenStream {
    TokenStream::new()
}
