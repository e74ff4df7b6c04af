//! Channels: their names, and the names of those with placeholders.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{KeyError, KeyPart};

use super::StationId;

/// Every channel, with the placeholders of those that have some.
pub const ALL: [&str; 1] = [WEATHER_READING];

/// The channel of [`Reading`](super::Reading).
pub const WEATHER_READING: &str = "weather.{station}.reading";

/// One channel of [`Reading`](super::Reading), such as to subscribe to it alone.
///
/// # Errors
///
/// When `station` is no valid value of its type.
pub fn weather_reading(
    station: impl TryInto<StationId, Error: Into<KeyError>>,
) -> Result<String, KeyError> {
    let station: StationId = station.try_into().map_err(Into::into)?;
    let mut channel = String::new();
    channel.push_str("weather.");
    KeyPart::write_part(&station, &mut channel);
    channel.push_str(".reading");
    Ok(channel)
}
