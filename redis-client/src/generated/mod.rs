//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// Channels by name.
pub mod channels;
/// Events.
pub mod events;
/// Redis keys.
pub mod keys;
mod patterns;
mod schemas;

use ::redis_client::__private::{Decimal, Model};

pub use events::{
    Action, AnyEvent, OrderEvent, PositionEvent, PriceUpdateEvent, SignalEvent,
};
pub use keys::{
    BreakerId, CircuitBreakerKey, FeaturesKey, FenceKey, FencedProducer, ModelVersionKey,
    OrphanExposureKey, PriceKey, QuarantineKey, Quote, RedisKeys, ReduceOnlyLockKey,
    StrategyName, StrategyScope,
};

/// An instrument as the desk writes it: letters, digits and the marks that exchanges use. Never a
/// colon, a glob character or white space, so that it is safe in keys and channels.
///
/// At most 64 code points. Matches `^[A-Za-z0-9!#$%&+./=@^_~-]+$`. Examples: `"AAPL"`, `"BRK.B"`,
/// `"RDS-A"`, `"BTC/USD"`, `"ES=F"`, `"^GSPC"`.
///
/// # Examples
///
/// ```
/// use redis_client::Symbol;
///
/// let value: Symbol = "AAPL".parse()?;
/// assert_eq!(value.to_string(), "AAPL");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "Symbol",
    schema = schemas::SYMBOL,
    max_length = 64,
    pattern = patterns::SYMBOL,
    key_part
)]
pub struct Symbol(String);

/// A strategy. Any text without white space, control characters, colons and the glob characters
/// `*?[]\`.
///
/// At most 128 code points. Matches `^[^\s\p{White_Space}\p{Cc}:*?\[\]\\]+$`. Examples:
/// `"alpha_baseline"`, `"mean-reversion.v2"`.
///
/// # Examples
///
/// ```
/// use redis_client::StrategyId;
///
/// let value: StrategyId = "alpha_baseline".parse()?;
/// assert_eq!(value.to_string(), "alpha_baseline");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "StrategyId",
    schema = schemas::STRATEGY_ID,
    max_length = 128,
    pattern = patterns::STRATEGY_ID,
    key_part
)]
pub struct StrategyId(String);

/// A decimal number of zero or more, as text.
///
/// Matches `^[0-9]`. Examples: `"150.250"`, `"0"`.
///
/// # Examples
///
/// ```
/// use redis_client::{NonNegativeDecimal, codec};
///
/// let json = r#""150.250""#;
/// let value: NonNegativeDecimal = codec::decode(json.as_bytes())?;
/// assert_eq!(codec::decode::<NonNegativeDecimal>(&codec::encode(&value)?)?, value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "NonNegativeDecimal",
    schema = schemas::NON_NEGATIVE_DECIMAL,
    pattern = patterns::NON_NEGATIVE_DECIMAL
)]
pub struct NonNegativeDecimal(Decimal);
