//! Typed trading events, keys and channels on Redis, generated from JSON Schema.
//!
//! Change a schema, run one command, and every model, key, channel and document moves with it, or the build stops. An
//! event that a publisher has accepted is not lost: through an outage of Redis, a restart of the process and a torn disk.
//!
//! # The ground
//!
//! An event knows its channel, and a key type its template. The generated ones are at the root of this crate; a struct
//! of your own becomes one with [`RedisEvent`](derive@RedisEvent) or [`RedisKey`](derive@RedisKey).
//!
//! ```
//! use redis_client::{Date, Event, Key, RedisEvent, RedisKey, codec};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize, RedisEvent)]
//! #[redis(channel = "desk.closed.{desk}")]
//! struct DeskClosed {
//!     desk: u32,
//!     as_of: Date,
//! }
//!
//! #[derive(RedisKey)]
//! #[redis(key = "desk:{desk}:{as_of}", ttl = 3600, value = DeskClosed)]
//! struct DeskKey {
//!     desk: u32,
//!     as_of: Date,
//! }
//!
//! let event: DeskClosed = codec::decode(br#"{"desk":7,"as_of":"2025-01-17"}"#)?;
//! assert_eq!(event.channel(), "desk.closed.7");
//! assert_eq!(DeskKey { desk: 7, as_of: event.as_of }.to_string(), "desk:7:2025-01-17");
//!
//! let error = codec::decode::<DeskClosed>(br#"{"desk":7,"as_of":"2025-01-32"}"#).unwrap_err();
//! assert_eq!(error.pointer(), "/as_of");
//! # Ok::<(), redis_client::DecodeError>(())
//! ```
//!
//! # Where to go from here
//!
//! - [`event`] and [`key`]: what events, channels, keys and their parts promise
//! - [`codec`]: JSON in and out; [`validate`]: rules of the schema on values
//! - [`time`], [`decimal`], [`uuid`]: scalars that write back what they read; [`features`]: the map that the cache holds
//! - `client`, `cache` and `blocking`: Redis itself, async and waiting
//! - `publisher` and `buffer`: events that survive an outage
//! - [`generated`]: the models, keys and channels of the schemas of this repository
//!
//! # Features
//!
//! | feature | default | brings |
//! | --- | --- | --- |
//! | `client` | yes | `RedisClient`, `FeatureCache`, `EventSubscriber`, on tokio |
//! | `publisher` | yes | `EventPublisher`; brings `client` and `buffer` |
//! | `buffer` | with `publisher` | `FallbackBuffer`, the log on disk; alone it needs neither tokio nor redis |
//! | `blocking` | no | the client, the cache and the subscriber for callers without a runtime |
//! | `cli` | no | the operators' command line, the binary `redis-client` |
//! | `rust_decimal`, `uuid` | no | conversions to and from the types of these crates |
//!
//! Without default features there are models, keys, channels and derives, and no network.

// Generated and derived code says `::redis_client::__private::..`, inside this crate as outside of it.
extern crate self as redis_client;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod age;
mod canonical;
pub mod codec;
pub mod decimal;
pub mod error;
pub mod event;
pub mod features;
mod finite;
mod format;
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
#[cfg(feature = "__simulation")]
#[doc(hidden)]
pub mod seams;

pub use crate::age::{Expired, MaxAge};
pub use crate::codec::{DecodeError, EncodeError};
pub use crate::decimal::Decimal;
pub use crate::error::Error;
pub use crate::event::{Channel, ChannelPattern, Encoded, Event, EventSet};
pub use crate::features::Features;
pub use crate::generated::*;
pub use crate::key::{Alphabet, Key, KeyError, KeyPart, KeyValue};
pub use crate::time::{Date, Timestamp};
pub use crate::uuid::Uuid;
pub use crate::validate::{Rule, Validate, Violation};
#[cfg(feature = "buffer")]
pub use buffer::FallbackBuffer;
#[cfg(feature = "client")]
pub use cache::FeatureCache;
#[cfg(feature = "client")]
pub use client::{EventSubscriber, RedisClient, RedisConnectionError};
#[cfg(feature = "publisher")]
pub use publisher::EventPublisher;
#[cfg(feature = "client")]
pub use redis;
pub use redis_client_derive::{EventSet, Model, RedisEvent, RedisKey};

/// The README's examples are compiled with the documentation tests.
#[cfg(all(doctest, feature = "publisher"))]
#[doc = include_str!("../../README.md")]
struct Readme;
