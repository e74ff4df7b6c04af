//! Channels: their names, and the names of those with placeholders.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{KeyError, KeyPart};

use super::{Scope, SlewEventAxis};

/// Every channel, with the placeholders of those that have some.
pub const ALL: [&str; 3] = [SCOPE_SLEW, SCOPE_PARK, SCOPE_ERROR];

/// The channel of [`SlewEvent`](super::SlewEvent).
pub const SCOPE_SLEW: &str = "scope.{scope}.slew.{axis}";

/// The channel of [`ParkEvent`](super::ParkEvent).
pub const SCOPE_PARK: &str = "scope.park";

/// The channel of [`EventType`](super::EventType).
pub const SCOPE_ERROR: &str = "scope.{scope}.error";

/// One channel of [`SlewEvent`](super::SlewEvent), such as to subscribe to it alone.
///
/// # Errors
///
/// When one of `scope`, `axis` is no valid value of its type.
pub fn scope_slew(
    scope: impl TryInto<Scope, Error: Into<KeyError>>,
    axis: impl TryInto<SlewEventAxis, Error: Into<KeyError>>,
) -> Result<String, KeyError> {
    let scope: Scope = scope.try_into().map_err(Into::into)?;
    let axis: SlewEventAxis = axis.try_into().map_err(Into::into)?;
    let mut channel = String::new();
    channel.push_str("scope.");
    KeyPart::write_part(&scope, &mut channel);
    channel.push_str(".slew.");
    KeyPart::write_part(&axis, &mut channel);
    Ok(channel)
}

/// One channel of [`EventType`](super::EventType), such as to subscribe to it alone.
///
/// # Errors
///
/// When `scope` is no valid value of its type.
pub fn scope_error(
    scope: impl TryInto<Scope, Error: Into<KeyError>>,
) -> Result<String, KeyError> {
    let scope: Scope = scope.try_into().map_err(Into::into)?;
    let mut channel = String::new();
    channel.push_str("scope.");
    KeyPart::write_part(&scope, &mut channel);
    channel.push_str(".error");
    Ok(channel)
}
