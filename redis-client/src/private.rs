//! Hidden names that generated and derived code may use.
//!
//! This is the only door: such code says `::redis_client::__private::..` and nothing else, so everything behind it can
//! move without breaking a schema crate. Nothing here is covered by semantic versioning.

pub use std::assert;
pub use std::borrow::Cow;
pub use std::boxed::Box;
pub use std::clone::Clone;
pub use std::collections::BTreeMap;
pub use std::concat;
pub use std::convert::{AsRef, From, Into, TryFrom, TryInto};
pub use std::default::Default;
pub use std::fmt;
pub use std::module_path;
pub use std::option::Option;
pub use std::result::Result;
pub use std::str::FromStr;
pub use std::string::String;
pub use std::time::Duration;
pub use std::vec::Vec;

pub use schemars;
pub use serde;
pub use serde_json;
pub use serde_json::Value;

pub use redis_client_derive::{EventSet, Model, RedisEvent, RedisKey};

pub use crate::age::{Expired, MaxAge};
use crate::codec::decode;
pub use crate::codec::{DecodeError, EncodeError, write_model};
pub use crate::decimal::Decimal;
pub use crate::event::{Channel, ChannelPattern, Encoded, Event};
pub use crate::features::Features;
pub use crate::format::{
    is_date_time, is_duration, is_email, is_hostname, is_ipv4, is_ipv6, is_time, is_uri,
};
pub use crate::key::{Alphabet, Key, KeyError, KeyPart, KeyValue};
pub use crate::pattern::{Pattern, Tables};
pub use crate::time::{Date, Timestamp};
pub use crate::tree::Tree;
pub use crate::uuid::Uuid;
pub use crate::validate::{Rule, Validate, Violation};

pub use crate::__schema_type as schema_type;
pub use crate::model::{
    Additional, AnyName, AsEncode, Checked, Constant, Decode, Encode, Ignored, KnownName, Match, Member,
    Name, Nullable, NumericUtc, Seed, Unknown, all_differ, broken, check_additional, check_alone,
    check_count, check_member, code_points, doubted, elements_differ, has_constant, if_list, if_map,
    if_number, if_text, is_constant, is_multiple_of_integer, is_multiple_of_number, is_one_of, matched,
    no_alternative, open_object, refused, rest, schema, undecided, validate_element, validate_member,
    violated, write_additional, write_element, write_member,
};

/// The traits whose names are those of derive macros too.
pub mod traits {
    pub use crate::event::EventSet;
}

/// One event of a set: how to subscribe to it, to recognise it, to decode and to encode it.
pub struct Variant<T> {
    pattern: fn() -> ChannelPattern,
    matches: fn(&str) -> bool,
    event_type: &'static str,
    decode: Decoder<T>,
    encode: Encoder<T>,
}

type Decoder<T> = fn(&[u8]) -> Result<T, DecodeError>;
type Encoder<T> = fn(&T) -> Option<Result<Encoded<T>, EncodeError>>;

impl<T> Variant<T> {
    /// The event `E` of the set `T`; `encode` says nothing to the other events of the set.
    #[must_use]
    pub fn of<E: Event>(decode: Decoder<T>, encode: Encoder<T>) -> Self {
        Self {
            pattern: Channel::<E>::pattern,
            matches: Channel::<E>::matches,
            event_type: E::EVENT_TYPE,
            decode,
            encode,
        }
    }
}

/// Decodes one event of a set.
///
/// # Errors
///
/// As [`codec::decode`](crate::codec::decode).
pub fn decode_event<E: Event>(payload: &[u8]) -> Result<E, DecodeError> {
    decode(payload)
}

/// Encodes an event as one of a set.
///
/// # Errors
///
/// As [`Encoded::new`].
pub fn encode_event<E: Event, T>(event: &E) -> Result<Encoded<T>, EncodeError> {
    Ok(Encoded::new(event)?.in_set())
}

/// The channels of a set, each once.
#[must_use]
pub fn channels_of_set<T>(variants: &[Variant<T>]) -> Vec<ChannelPattern> {
    let mut channels = Vec::with_capacity(variants.len());
    for variant in variants {
        let channel = (variant.pattern)();
        if !channels.contains(&channel) {
            channels.push(channel);
        }
    }
    channels
}

/// Decodes one message for an enum of events.
///
/// The channel decides. Where several events share one, `event_type` does.
#[must_use]
pub fn decode_set<T>(
    channel: &str,
    payload: &[u8],
    variants: &[Variant<T>],
) -> Option<Result<T, DecodeError>> {
    let mut candidates = variants.iter().filter(|variant| (variant.matches)(channel));
    let first = candidates.next()?;
    let others: Vec<_> = candidates.collect();
    if others.is_empty() {
        return Some((first.decode)(payload));
    }
    let chosen = event_type_of(payload).and_then(|event_type| {
        others
            .into_iter()
            .find(|variant| variant.event_type == event_type)
    });
    Some((chosen.unwrap_or(first).decode)(payload))
}

fn event_type_of(payload: &[u8]) -> Option<String> {
    let mut members: BTreeMap<String, Value> = decode(payload).ok()?;
    match members.remove("event_type") {
        Some(Value::String(event_type)) => Some(event_type),
        _ => None,
    }
}

/// What `event_type` may say for a set.
#[must_use]
pub fn event_types_of_set<T>(variants: &[Variant<T>]) -> Vec<&'static str> {
    variants.iter().map(|variant| variant.event_type).collect()
}

/// Decodes one event for an enum of events, by the type it is said to have.
#[must_use]
pub fn decode_type_of_set<T>(
    event_type: &str,
    payload: &[u8],
    variants: &[Variant<T>],
) -> Option<Result<T, DecodeError>> {
    let variant = variants.iter().find(|variant| variant.event_type == event_type)?;
    Some((variant.decode)(payload))
}

/// Encodes whichever event of the set this is.
///
/// # Errors
///
/// As [`Encoded::new`].
///
/// # Panics
///
/// When `variants` leaves out a variant of `T`, which derived code does not.
pub fn encode_set<T>(set: &T, variants: &[Variant<T>]) -> Result<Encoded<T>, EncodeError> {
    let encoded = variants.iter().find_map(|variant| (variant.encode)(set));
    encoded.expect("a value of a set is one of its variants")
}

/// What every scalar type with a text of its own shares: conversions from text, serde, `JsonSchema`.
///
/// The type has `FromStr<Err = Violation>` and `fn with_text(self or &self, impl FnOnce(&str) -> R) -> R`.
macro_rules! text_scalar {
    ($type:ident, $format:literal) => {
        impl TryFrom<&str> for $type {
            type Error = $crate::validate::Violation;

            fn try_from(text: &str) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl TryFrom<String> for $type {
            type Error = $crate::validate::Violation;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<&$type> for $type {
            fn from(value: &$type) -> Self {
                value.clone()
            }
        }

        #[diagnostic::do_not_recommend]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.with_text(|text| serializer.serialize_str(text))
            }
        }

        #[diagnostic::do_not_recommend]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl serde::de::Visitor<'_> for Text {
                    type Value = $type;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        std::fmt::Display::fmt(&$crate::validate::Rule::Format($format), f)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(|_| E::invalid_value(serde::de::Unexpected::Other("text"), &self))
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }

        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!("redis_client::", stringify!($type)).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": $format })
            }
        }
    };
}

pub(crate) use text_scalar;

/// Implements redis-rs's argument traits for a key type; expands to nothing without feature `client`.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! __redis_arguments {
    ($type:ty) => {
        impl $crate::__private::redis::ToRedisArgs for $type {
            fn write_redis_args<W>(&self, out: &mut W)
            where
                W: ?Sized + $crate::__private::redis::RedisWrite,
            {
                out.write_arg_fmt(self);
            }
        }

        impl $crate::__private::redis::ToSingleRedisArg for $type {}
    };
}

/// Implements redis-rs's argument traits for a key type; expands to nothing without feature `client`.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __redis_arguments {
    ($type:ty) => {};
}

pub use crate::__redis_arguments as redis_arguments;

#[cfg(feature = "client")]
pub use redis;
