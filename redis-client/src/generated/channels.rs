//! Channels: their names, and the names of those with placeholders.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{KeyError, KeyPart};

use super::Symbol;

/// Every channel, with the placeholders of those that have some.
///
/// # Examples
///
/// ```
/// use redis_client::channels;
///
/// assert!(channels::ALL.contains(&channels::ORDERS_EXECUTED));
/// ```
pub const ALL: [&str; 4] = [
    ORDERS_EXECUTED,
    POSITIONS_UPDATED,
    PRICE_UPDATED,
    SIGNALS_GENERATED,
];

/// The channel of [`OrderEvent`](super::OrderEvent).
///
/// # Examples
///
/// ```
/// use redis_client::{Event, OrderEvent, channels};
///
/// assert_eq!(channels::ORDERS_EXECUTED, OrderEvent::CHANNEL);
/// ```
pub const ORDERS_EXECUTED: &str = "orders.executed";

/// The channel of [`PositionEvent`](super::PositionEvent).
///
/// # Examples
///
/// ```
/// use redis_client::{Event, PositionEvent, channels};
///
/// assert_eq!(channels::POSITIONS_UPDATED, PositionEvent::CHANNEL);
/// ```
pub const POSITIONS_UPDATED: &str = "positions.updated";

/// The channel of [`PriceUpdateEvent`](super::PriceUpdateEvent).
///
/// # Examples
///
/// ```
/// use redis_client::{Event, PriceUpdateEvent, channels};
///
/// assert_eq!(channels::PRICE_UPDATED, PriceUpdateEvent::CHANNEL);
/// ```
pub const PRICE_UPDATED: &str = "price.updated.{symbol}";

/// The channel of [`SignalEvent`](super::SignalEvent).
///
/// # Examples
///
/// ```
/// use redis_client::{Event, SignalEvent, channels};
///
/// assert_eq!(channels::SIGNALS_GENERATED, SignalEvent::CHANNEL);
/// ```
pub const SIGNALS_GENERATED: &str = "signals.generated";

/// One channel of [`PriceUpdateEvent`](super::PriceUpdateEvent), such as to subscribe to it alone.
///
/// # Errors
///
/// When `symbol` is no valid value of its type.
///
/// # Examples
///
/// ```
/// use redis_client::channels;
///
/// assert_eq!(channels::price_updated("AAPL")?, "price.updated.AAPL");
/// # Ok::<(), redis_client::KeyError>(())
/// ```
pub fn price_updated(
    symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
) -> Result<String, KeyError> {
    let symbol: Symbol = symbol.try_into().map_err(Into::into)?;
    let mut channel = String::new();
    channel.push_str("price.updated.");
    KeyPart::write_part(&symbol, &mut channel);
    Ok(channel)
}
