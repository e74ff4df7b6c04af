//! Typed trading events, keys and channels on Redis, generated from JSON Schema.

// Generated and derived code says `::redis_client::__private::..`, inside this crate as outside of it.
#[expect(
    unused_extern_crates,
    reason = "generated and derived code names this crate by its absolute path"
)]
extern crate self as redis_client;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod codec;
pub mod decimal;
pub mod error;
pub mod event;
pub mod features;
mod finite;
pub mod key;
mod model;
pub mod pattern;
pub mod time;
mod tree;
pub mod uuid;
pub mod validate;

#[rustfmt::skip]
pub mod generated;

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "buffer")]
pub mod buffer;
#[cfg(feature = "client")]
pub mod cache;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "publisher")]
pub mod publisher;

pub use crate::codec::{DecodeError, EncodeError};
pub use crate::decimal::Decimal;
pub use crate::error::Error;
pub use crate::event::{Channel, ChannelPattern, Encoded, Event, EventSet};
pub use crate::features::Features;
pub use crate::key::{Alphabet, Key, KeyError, KeyPart, KeyValue};
pub use crate::time::{Date, Timestamp};
pub use crate::uuid::Uuid;
pub use crate::validate::{Rule, Validate, Violation};
#[cfg(feature = "client")]
pub use client::{EventSubscriber, RedisClient, RedisConnectionError};
#[cfg(feature = "publisher")]
pub use publisher::EventPublisher;
#[cfg(feature = "client")]
pub use redis;
pub use redis_client_derive::{EventSet, Model, RedisEvent, RedisKey};
