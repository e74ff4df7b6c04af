//! Derive macros of `redis-client`, re-exported by it.
//!
//! - [`RedisEvent`](macro@RedisEvent) and [`RedisKey`](macro@RedisKey) bind a struct to a channel or a key template.
//! - [`EventSet`](macro@EventSet) makes an enum of events something to subscribe to.
//! - [`Model`](macro@Model) gives generated types serde, validation and their schema. The generator prints its words;
//!   they are not meant to be written by hand.
//!
//! The stages are those of thiserror: `attr` reads words, `ast` is our view of the input, `prop` answers questions about
//! it, `valid` finds what a user got wrong, `expand` prints behaviour, `fallback` keeps one mistake at one message.
//! What is printed names only `::redis_client::__private::..`.

mod ast;
mod attr;
mod ctxt;
mod expand;
mod fallback;
mod number;
mod prop;
mod template;
mod valid;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Serde, `Validate` and `JsonSchema` for a type of the schema. Written by the generator.
#[proc_macro_derive(Model, attributes(model, redis))]
pub fn model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::model(&input).into()
}

/// Binds a struct with named fields to a channel.
///
/// ```ignore
/// #[derive(Serialize, Deserialize, RedisEvent)]
/// #[redis(channel = "price.updated.{symbol}")]
/// struct Price { symbol: Symbol, bid: f64 }
/// ```
///
/// Words: `channel = ".."` with `{field}` placeholders; `event_type = ".."`, by default the dot-separated pieces of the
/// channel that are fixed; `validate`, to run the type's `Validate` before publishing; `crate = ".."` for a renamed
/// dependency. The type of a placeholder's field is a `KeyPart`.
#[proc_macro_derive(RedisEvent, attributes(redis))]
pub fn redis_event(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::event(&input).into()
}

/// Binds a struct with named fields to a key template.
///
/// ```ignore
/// #[derive(RedisKey)]
/// #[redis(key = "features:{symbol}:{date}", ttl = 3600, value = Features)]
/// struct FeaturesKey { symbol: Symbol, date: Date }
/// ```
///
/// Words: `key = ".."` with a `{field}` placeholder for every field; `ttl`, the lifetime in seconds; `value`, the type
/// of what the key holds; `crate = ".."` for a renamed dependency. The type of each field is a `KeyPart` whose texts
/// cannot contain the character that ends the placeholder.
#[proc_macro_derive(RedisKey, attributes(redis))]
pub fn redis_key(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::key(&input).into()
}

/// Makes an enum of events, each in a variant of its own, something to subscribe to.
///
/// ```ignore
/// #[derive(EventSet)]
/// enum Desk { Signal(SignalEvent), Order(OrderEvent) }
/// ```
///
/// Words: `crate = ".."` for a renamed dependency.
#[proc_macro_derive(EventSet, attributes(redis))]
pub fn event_set(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::set(&input).into()
}
