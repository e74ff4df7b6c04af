//! Events, and the types that only their schemas describe.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{EventSet, Model, RedisEvent, Timestamp};

use super::{patterns, schemas};

/// What a station has measured; see \[the manual\] or <https://weather.example/manual>.
///
/// Published on `weather.{station}.reading`. Of use for 30 s: one that is older when it is to be
/// sent becomes a dead letter.
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(
    channel = "weather.{station}.reading",
    event_type = "weather.reading",
    max_age = 30,
    expired = "dead-letter",
    validate
)]
#[model(name = "Reading", schema = schemas::READING, unknown = "ignore")]
#[model(
    constant{name = "event_type",
    value = "\"weather.reading\"",
    before = "station"}
)]
#[model(constant{name = "version", value = "2", before = "station"})]
pub struct Reading {
    /// `station`.
    pub station: StationId,
    /// `taken_at`.
    pub taken_at: Timestamp,
    /// `celsius`.
    ///
    /// At least -90.5, less than 70, a multiple of 0.5.
    #[model(minimum = "-90.5", exclusive_maximum = "70", multiple_of = "0.5")]
    pub celsius: f64,
    /// `humidity`.
    ///
    /// At most 100.
    #[model(nullable, maximum = "100")]
    pub humidity: Option<u64>,
    /// Knots, latest first.
    ///
    /// At most 3 items.
    #[model(max_items = 3)]
    pub gusts: Vec<ReadingGustsItem>,
    /// `null` at night.
    #[model(nullable)]
    pub sky: Option<ReadingSky>,
    /// `battery_ok`.
    ///
    /// Default: `true`.
    #[model(optional)]
    pub battery_ok: Option<bool>,
    /// `remark`.
    ///
    /// 1 to 8 code points.
    #[model(optional, min_length = 1, max_length = 8)]
    pub remark: Option<String>,
    /// `tags`.
    ///
    /// At least 1 item. All items differ.
    #[model(optional, min_items = 1, unique_items)]
    pub tags: Option<Vec<String>>,
}

/// `Reading gusts item`.
///
/// At least 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "ReadingGustsItem", schema = schemas::READING_GUSTS_ITEM, minimum = "0")]
pub struct ReadingGustsItem(f64);

/// `null` at night.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "ReadingSky", schema = schemas::READING_SKY)]
pub enum ReadingSky {
    /// `clear`.
    #[model(value = "clear")]
    Clear,
    /// `overcast`.
    #[model(value = "overcast")]
    Overcast,
    /// `<10% cloud`.
    #[model(value = "<10% cloud")]
    N10Cloud,
}

/// Station ID
///
/// Matches `^[A-Z]{4}$`. Example: `"EDDF"`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "StationId",
    schema = schemas::STATION_ID,
    pattern = patterns::STATION_ID,
    key_part
)]
pub struct StationId(String);

/// Any event of the schemas.
#[derive(Debug, Clone, PartialEq, EventSet)]
pub enum AnyEvent {
    /// [`Reading`] on `weather.{station}.reading`.
    Reading(Reading),
}
