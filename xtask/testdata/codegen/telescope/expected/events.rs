//! Events, and the types that only their schemas describe.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Decimal, EventSet, Model, RedisEvent, Timestamp};

use super::{patterns, schemas};

/// `SlewEvent`.
///
/// Published on `scope.{scope}.slew.{axis}`.
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(channel = "scope.{scope}.slew.{axis}", event_type = "scope.slew", validate)]
#[model(name = "SlewEvent", schema = schemas::SLEW_EVENT, unknown = "ignore")]
#[model(constant(name = "event_type", value = "\"scope.slew\"", before = "axis"))]
pub struct SlewEvent {
    /// `axis`.
    pub axis: SlewEventAxis,
    /// `scope`.
    pub scope: Scope,
    /// `to`.
    ///
    /// Matches `^-?[0-9]{1,3}(\.[0-9]+)?$`.
    #[model(pattern = patterns::SLEW_EVENT_TO)]
    pub to: Decimal,
    /// `at`.
    ///
    /// UTC is written `+00:00`.
    #[model(utc = "+00:00")]
    pub at: Timestamp,
}

/// `SlewEvent axis`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "SlewEventAxis", schema = schemas::SLEW_EVENT_AXIS, key_part)]
pub enum SlewEventAxis {
    /// `ra`.
    #[model(value = "ra")]
    Ra,
    /// `dec`.
    #[model(value = "dec")]
    Dec,
}

/// `ParkEvent`.
///
/// Published on `scope.park`. Of use for 600 s: one that is older when it is to be sent is
/// published all the same.
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(
    channel = "scope.park",
    event_type = "scope.park \"now\"",
    max_age = 600,
    expired = "publish",
    validate
)]
#[model(name = "ParkEvent", schema = schemas::PARK_EVENT, unknown = "deny")]
#[model(constant(name = "event_type", value = "\"scope.park \\\"now\\\"\""))]
pub struct ParkEvent {}

/// `event`.
///
/// Published on `scope.{scope}.error`.
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(channel = "scope.{scope}.error", event_type = "scope.error", validate)]
#[model(name = "EventType", schema = schemas::EVENT_TYPE, unknown = "ignore")]
#[model(constant(name = "event_type", value = "\"scope.error\"", before = "code"))]
pub struct EventType {
    /// `scope`.
    pub scope: Scope,
    /// `code`.
    ///
    /// At least -3, at most 3, a multiple of 3.
    #[model(minimum = "-3", maximum = "3", multiple_of = "3")]
    pub code: i64,
}

/// `scope`.
///
/// At most 16 code points. Matches `^\p{Ll}[\p{Ll}\d]*$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "Scope",
    schema = schemas::SCOPE,
    max_length = 16,
    pattern = patterns::SCOPE,
    key_part
)]
pub struct Scope(String);

/// Any event of the schemas.
#[derive(Debug, Clone, PartialEq, EventSet)]
pub enum AnyEvent {
    /// [`SlewEvent`] on `scope.{scope}.slew.{axis}`.
    Slew(SlewEvent),
    /// [`ParkEvent`] on `scope.park`.
    Park(ParkEvent),
    /// [`EventType`] on `scope.{scope}.error`.
    EventType(EventType),
}
