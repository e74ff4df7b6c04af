//! What this workspace says on Redis: generated models beside types of its own.

pub mod generated;

pub use generated::*;

use redis_client::{EventSet, RedisEvent, RedisKey};
use serde::{Deserialize, Serialize};

/// An event that no schema describes: a struct and a channel are enough.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, RedisEvent)]
#[redis(channel = "storm.warning.{port}")]
pub struct StormWarning {
    /// Where.
    pub port: Port,
    /// Beaufort.
    pub force: u8,
}

/// A key that no schema describes.
#[derive(Debug, Clone, PartialEq, Eq, RedisKey)]
#[redis(key = "berth:{port}:{number}", value = String)]
pub struct BerthKey {
    /// Where.
    pub port: Port,
    /// Which.
    pub number: u32,
}

/// Both kinds of events, to subscribe to.
#[derive(Debug, Clone, PartialEq, EventSet)]
pub enum Heard {
    /// From a schema.
    Tide(TideEvent),
    /// Of our own.
    Storm(StormWarning),
}
