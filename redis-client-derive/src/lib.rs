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
///
/// It is for the types that `cargo xtask codegen` prints, with a schema beside them; a type of your own derives serde's traits.
/// One of the smallest that the generator prints:
///
/// ```
/// use redis_client::{Model, codec};
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
/// #[model(name = "Weekday", schema = schemas::WEEKDAY, maximum = "7", key_part)]
/// pub struct Weekday(i64);
///
/// mod schemas {
///     pub(super) const WEEKDAY: &str = r#"{ "type": "integer", "maximum": 7 }"#;
/// }
///
/// let day: Weekday = codec::decode(b"5")?;
/// assert_eq!(codec::encode(&day).unwrap(), b"5");
/// assert!(codec::decode::<Weekday>(b"8").is_err());
/// # Ok::<(), redis_client::DecodeError>(())
/// ```
///
/// The generator asks for a builder where five members or more may be absent. What must be there is an argument, in the order
/// of the members; what may be absent is a method; `build` checks all rules:
///
/// ```
/// use redis_client::{Model, codec};
///
/// #[derive(Debug, Clone, PartialEq, Model)]
/// #[model(name = "Note", unknown = "ignore", builder = NoteBuilder)]
/// pub struct Note {
///     /// Who wrote it.
///     pub author: String,
///     /// What it says.
///     #[model(optional, max_length = 80)]
///     pub text: Option<String>,
///     /// How urgent it is.
///     #[model(optional, nullable, maximum = "9")]
///     pub urgency: Option<Option<u64>>,
/// }
///
/// let note = Note::builder("ann").text("call the desk").urgency(None).build()?;
/// assert_eq!(codec::encode(&note).unwrap(), br#"{"author":"ann","text":"call the desk","urgency":null}"#);
///
/// let error = Note::builder("ann").urgency(10).build().unwrap_err();
/// assert_eq!(error.to_string(), "at /urgency: expected a number of at most 9");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[proc_macro_derive(Model, attributes(model, redis))]
pub fn model(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::model(&input).into()
}

/// Binds a struct with named fields to a channel.
///
/// ```
/// use redis_client::{Event, RedisEvent};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Serialize, Deserialize, RedisEvent)]
/// #[redis(channel = "desk.opened.{desk}")]
/// struct Opened {
///     desk: u32,
///     by: String,
/// }
///
/// let opened = Opened { desk: 7, by: "ann".to_owned() };
/// assert_eq!(opened.channel(), "desk.opened.7");
/// assert_eq!(Opened::EVENT_TYPE, "desk.opened");
/// ```
///
/// Words: `channel = ".."` with `{field}` placeholders; `event_type = ".."`, by default the dot-separated pieces of the
/// channel that are fixed; `max_age`, in seconds, after which the event is of no use, and `expired = "dead-letter"` if it is not
/// to be sent then (by default it is `"publish"`ed); `validate`, to run the type's `Validate` before publishing; `crate = ".."` for a renamed
/// dependency. The type of a placeholder's field is a `KeyPart`.
#[proc_macro_derive(RedisEvent, attributes(redis))]
pub fn redis_event(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::event(&input).into()
}

/// Binds a struct with named fields to a key template.
///
/// ```
/// use redis_client::{Date, Features, Key, RedisKey};
///
/// #[derive(RedisKey)]
/// #[redis(key = "features:{desk}:{date}", ttl = 3600, value = Features)]
/// struct DeskFeatures {
///     desk: u32,
///     date: Date,
/// }
///
/// let key: DeskFeatures = "features:7:2025-01-17".parse()?;
/// assert_eq!((key.desk, key.date.day()), (7, 17));
/// assert_eq!(DeskFeatures::scan_pattern(), "features:*:*");
/// # Ok::<(), redis_client::KeyError>(())
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
/// ```
/// use redis_client::{EventSet, RedisEvent};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
/// #[redis(channel = "desk.opened")]
/// struct Opened {
///     desk: u32,
/// }
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
/// #[redis(channel = "desk.closed")]
/// struct Closed {
///     desk: u32,
/// }
///
/// #[derive(Debug, PartialEq, EventSet)]
/// enum Desk {
///     Opened(Opened),
///     Closed(Closed),
/// }
///
/// let event = Desk::decode("desk.closed", br#"{"desk":7}"#).unwrap()?;
/// assert_eq!(event, Desk::Closed(Closed { desk: 7 }));
/// # Ok::<(), redis_client::DecodeError>(())
/// ```
///
/// Words: `crate = ".."` for a renamed dependency.
#[proc_macro_derive(EventSet, attributes(redis))]
pub fn event_set(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::set(&input).into()
}
