//! Redis keys, and the values they hold.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{
    Date, Decimal, Features, KeyError, Model, RedisKey, Timestamp,
};

use super::{patterns, schemas, StrategyId, Symbol};

/// Every Redis key of the schemas.
///
/// # Examples
///
/// ```
/// use redis_client::RedisKeys;
///
/// assert_eq!(RedisKeys::orphan_exposure("alpha_baseline", "AAPL")?.to_string(), "orphan_exposure:alpha_baseline:AAPL");
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct RedisKeys;

impl RedisKeys {
    /// `features:{symbol}:{date}`: see [`FeaturesKey`].
    ///
    /// # Errors
    ///
    /// When one of `symbol`, `date` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::features("AAPL", "2025-01-17")?;
    /// assert_eq!(key.to_string(), "features:AAPL:2025-01-17");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn features(
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
        date: impl TryInto<Date, Error: Into<KeyError>>,
    ) -> Result<FeaturesKey, KeyError> {
        Ok(FeaturesKey {
            symbol: symbol.try_into().map_err(Into::into)?,
            date: date.try_into().map_err(Into::into)?,
        })
    }

    /// `price:{symbol}`: see [`PriceKey`].
    ///
    /// # Errors
    ///
    /// When `symbol` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::price("BRK.B")?;
    /// assert_eq!(key.to_string(), "price:BRK.B");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn price(
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
    ) -> Result<PriceKey, KeyError> {
        Ok(PriceKey {
            symbol: symbol.try_into().map_err(Into::into)?,
        })
    }

    /// `cb:{breaker_id}`: see [`CircuitBreakerKey`].
    ///
    /// # Errors
    ///
    /// When `breaker_id` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::circuit_breaker("global")?;
    /// assert_eq!(key.to_string(), "cb:global");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn circuit_breaker(
        breaker_id: impl TryInto<BreakerId, Error: Into<KeyError>>,
    ) -> Result<CircuitBreakerKey, KeyError> {
        Ok(CircuitBreakerKey {
            breaker_id: breaker_id.try_into().map_err(Into::into)?,
        })
    }

    /// `model:version:{strategy_name}`: see [`ModelVersionKey`].
    ///
    /// # Errors
    ///
    /// When `strategy_name` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::model_version("alpha_baseline")?;
    /// assert_eq!(key.to_string(), "model:version:alpha_baseline");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn model_version(
        strategy_name: impl TryInto<StrategyName, Error: Into<KeyError>>,
    ) -> Result<ModelVersionKey, KeyError> {
        Ok(ModelVersionKey {
            strategy_name: strategy_name.try_into().map_err(Into::into)?,
        })
    }

    /// `quarantine:{strategy_id}:{symbol}`: see [`QuarantineKey`].
    ///
    /// # Errors
    ///
    /// When one of `strategy_id`, `symbol` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::quarantine("*", "AAPL")?;
    /// assert_eq!(key.to_string(), "quarantine:*:AAPL");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn quarantine(
        strategy_id: impl TryInto<StrategyScope, Error: Into<KeyError>>,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
    ) -> Result<QuarantineKey, KeyError> {
        Ok(QuarantineKey {
            strategy_id: strategy_id.try_into().map_err(Into::into)?,
            symbol: symbol.try_into().map_err(Into::into)?,
        })
    }

    /// `orphan_exposure:{strategy_id}:{symbol}`: see [`OrphanExposureKey`].
    ///
    /// # Errors
    ///
    /// When one of `strategy_id`, `symbol` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::orphan_exposure("alpha_baseline", "AAPL")?;
    /// assert_eq!(key.to_string(), "orphan_exposure:alpha_baseline:AAPL");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn orphan_exposure(
        strategy_id: impl TryInto<StrategyId, Error: Into<KeyError>>,
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
    ) -> Result<OrphanExposureKey, KeyError> {
        Ok(OrphanExposureKey {
            strategy_id: strategy_id.try_into().map_err(Into::into)?,
            symbol: symbol.try_into().map_err(Into::into)?,
        })
    }

    /// `reduce_only_lock:{symbol}`: see [`ReduceOnlyLockKey`].
    ///
    /// # Errors
    ///
    /// When `symbol` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::reduce_only_lock("AAPL")?;
    /// assert_eq!(key.to_string(), "reduce_only_lock:AAPL");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn reduce_only_lock(
        symbol: impl TryInto<Symbol, Error: Into<KeyError>>,
    ) -> Result<ReduceOnlyLockKey, KeyError> {
        Ok(ReduceOnlyLockKey {
            symbol: symbol.try_into().map_err(Into::into)?,
        })
    }

    /// `fence:{producer_id}`: see [`FenceKey`].
    ///
    /// # Errors
    ///
    /// When `producer_id` is no valid value of its type.
    ///
    /// # Examples
    ///
    /// ```
    /// use redis_client::RedisKeys;
    ///
    /// let key = RedisKeys::fence("0f8fad5bd9cb469fa16570867728950e")?;
    /// assert_eq!(key.to_string(), "fence:0f8fad5bd9cb469fa16570867728950e");
    /// # Ok::<(), redis_client::KeyError>(())
    /// ```
    pub fn fence(
        producer_id: impl TryInto<FencedProducer, Error: Into<KeyError>>,
    ) -> Result<FenceKey, KeyError> {
        Ok(FenceKey {
            producer_id: producer_id.try_into().map_err(Into::into)?,
        })
    }
}

/// The model features of an instrument on a day.
///
/// `features:{symbol}:{date}`, lives 3600 s. Example: `features:AAPL:2025-01-17`.
///
/// # Examples
///
/// ```
/// use redis_client::{FeaturesKey, RedisKeys};
///
/// let key: FeaturesKey = "features:AAPL:2025-01-17".parse()?;
/// assert_eq!(key, RedisKeys::features("AAPL", "2025-01-17")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "features:{symbol}:{date}", ttl = 3600, value = Features)]
pub struct FeaturesKey {
    /// The instrument.
    pub symbol: Symbol,
    /// The trading day.
    ///
    /// Example: `"2025-01-17"`.
    pub date: Date,
}

/// The last quote of an instrument.
///
/// `price:{symbol}`, lives 300 s. Example: `price:BRK.B`.
///
/// # Examples
///
/// ```
/// use redis_client::{PriceKey, RedisKeys};
///
/// let key: PriceKey = "price:BRK.B".parse()?;
/// assert_eq!(key, RedisKeys::price("BRK.B")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "price:{symbol}", ttl = 300, value = Quote)]
pub struct PriceKey {
    /// The instrument.
    pub symbol: Symbol,
}

/// The state of a circuit breaker.
///
/// `cb:{breaker_id}`, never expires by itself. Example: `cb:global`.
///
/// # Examples
///
/// ```
/// use redis_client::{CircuitBreakerKey, RedisKeys};
///
/// let key: CircuitBreakerKey = "cb:global".parse()?;
/// assert_eq!(key, RedisKeys::circuit_breaker("global")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "cb:{breaker_id}")]
pub struct CircuitBreakerKey {
    /// The breaker.
    pub breaker_id: BreakerId,
}

/// The version of the model that a strategy runs.
///
/// `model:version:{strategy_name}`, never expires by itself. Example:
/// `model:version:alpha_baseline`.
///
/// # Examples
///
/// ```
/// use redis_client::{ModelVersionKey, RedisKeys};
///
/// let key: ModelVersionKey = "model:version:alpha_baseline".parse()?;
/// assert_eq!(key, RedisKeys::model_version("alpha_baseline")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "model:version:{strategy_name}")]
pub struct ModelVersionKey {
    /// The strategy.
    pub strategy_name: StrategyName,
}

/// An instrument that a strategy, or every strategy, must not trade.
///
/// `quarantine:{strategy_id}:{symbol}`, never expires by itself. Example: `quarantine:*:AAPL`.
///
/// # Examples
///
/// ```
/// use redis_client::{QuarantineKey, RedisKeys};
///
/// let key: QuarantineKey = "quarantine:*:AAPL".parse()?;
/// assert_eq!(key, RedisKeys::quarantine("*", "AAPL")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "quarantine:{strategy_id}:{symbol}")]
pub struct QuarantineKey {
    /// Whom it binds.
    pub strategy_id: StrategyScope,
    /// The instrument.
    pub symbol: Symbol,
}

/// A position that no order of the strategy explains.
///
/// `orphan_exposure:{strategy_id}:{symbol}`, never expires by itself. Example:
/// `orphan_exposure:alpha_baseline:AAPL`.
///
/// # Examples
///
/// ```
/// use redis_client::{OrphanExposureKey, RedisKeys};
///
/// let key: OrphanExposureKey = "orphan_exposure:alpha_baseline:AAPL".parse()?;
/// assert_eq!(key, RedisKeys::orphan_exposure("alpha_baseline", "AAPL")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "orphan_exposure:{strategy_id}:{symbol}")]
pub struct OrphanExposureKey {
    /// The strategy.
    pub strategy_id: StrategyId,
    /// The instrument.
    pub symbol: Symbol,
}

/// Taken while positions in an instrument may only be reduced.
///
/// `reduce_only_lock:{symbol}`, never expires by itself. A lock: that it exists is all it says.
/// Example: `reduce_only_lock:AAPL`.
///
/// # Examples
///
/// ```
/// use redis_client::{ReduceOnlyLockKey, RedisKeys};
///
/// let key: ReduceOnlyLockKey = "reduce_only_lock:AAPL".parse()?;
/// assert_eq!(key, RedisKeys::reduce_only_lock("AAPL")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "reduce_only_lock:{symbol}")]
pub struct ReduceOnlyLockKey {
    /// The instrument.
    pub symbol: Symbol,
}

/// Keeps a publisher from publishing an event twice: who owns the buffer (`owner`: epoch and nonce)
/// and what it published last (`last`: epoch and sequence), as two fields of a hash. The
/// publisher's own; deleting it costs that protection.
///
/// `fence:{producer_id}`, never expires by itself. Example:
/// `fence:0f8fad5bd9cb469fa16570867728950e`.
///
/// # Examples
///
/// ```
/// use redis_client::{FenceKey, RedisKeys};
///
/// let key: FenceKey = "fence:0f8fad5bd9cb469fa16570867728950e".parse()?;
/// assert_eq!(key, RedisKeys::fence("0f8fad5bd9cb469fa16570867728950e")?);
/// # Ok::<(), redis_client::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "fence:{producer_id}")]
pub struct FenceKey {
    /// The buffer's directory.
    pub producer_id: FencedProducer,
}

/// The last quote of an instrument, as the key `price` holds it.
///
/// # Examples
///
/// ```
/// use redis_client::{Quote, codec};
///
/// let json = r#"{
///   "symbol": "AAPL",
///   "bid": "187.43",
///   "ask": "187.45",
///   "mid": "187.44",
///   "bid_size": 300,
///   "ask_size": 200,
///   "timestamp": "2025-01-17T14:30:00.123000Z",
///   "exchange": "XNAS"
/// }"#;
/// let value: Quote = codec::decode(json.as_bytes())?;
/// assert_eq!(codec::decode::<Quote>(&codec::encode(&value)?)?, value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Quote", schema = schemas::QUOTE, unknown = "ignore")]
pub struct Quote {
    /// The instrument.
    pub symbol: Symbol,
    /// The best bid.
    pub bid: Decimal,
    /// The best offer.
    pub ask: Decimal,
    /// The middle of both.
    pub mid: Decimal,
    /// How much is bid for; 0 when absent.
    ///
    /// Default: `0`.
    #[model(optional)]
    pub bid_size: Option<u64>,
    /// How much is offered; 0 when absent.
    ///
    /// Default: `0`.
    #[model(optional)]
    pub ask_size: Option<u64>,
    /// When it was quoted.
    pub timestamp: Timestamp,
    /// Where it was quoted, if known.
    ///
    /// Default: `null`. Examples: `"XNAS"`, `null`.
    #[model(optional, nullable, default_null)]
    pub exchange: Option<String>,
}

/// The random id of a buffer's directory: 128 bits in lower-case hexadecimal digits.
///
/// Matches `^[0-9a-f]{32}$`. Example: `"0f8fad5bd9cb469fa16570867728950e"`.
///
/// # Examples
///
/// ```
/// use redis_client::FencedProducer;
///
/// let value: FencedProducer = "0f8fad5bd9cb469fa16570867728950e".parse()?;
/// assert_eq!(value.to_string(), "0f8fad5bd9cb469fa16570867728950e");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "FencedProducer",
    schema = schemas::FENCED_PRODUCER,
    pattern = patterns::FENCED_PRODUCER,
    key_part
)]
pub struct FencedProducer(String);

/// A circuit breaker: `global`, or what it watches.
///
/// At most 128 code points. Matches `^[A-Za-z0-9._/-]+$`. Example: `"global"`.
///
/// # Examples
///
/// ```
/// use redis_client::BreakerId;
///
/// let value: BreakerId = "global".parse()?;
/// assert_eq!(value.to_string(), "global");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "BreakerId",
    schema = schemas::BREAKER_ID,
    max_length = 128,
    pattern = patterns::BREAKER_ID,
    key_part
)]
pub struct BreakerId(String);

/// A strategy by the name its models are filed under.
///
/// At most 128 code points. Matches `^[A-Za-z0-9._-]+$`. Example: `"alpha_baseline"`.
///
/// # Examples
///
/// ```
/// use redis_client::StrategyName;
///
/// let value: StrategyName = "alpha_baseline".parse()?;
/// assert_eq!(value.to_string(), "alpha_baseline");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "StrategyName",
    schema = schemas::STRATEGY_NAME,
    max_length = 128,
    pattern = patterns::STRATEGY_NAME,
    key_part
)]
pub struct StrategyName(String);

/// One strategy, or all of them.
///
/// Examples: `"*"`, `"alpha_baseline"`.
///
/// # Examples
///
/// ```
/// use redis_client::StrategyScope;
///
/// let value: StrategyScope = "*".parse()?;
/// assert_eq!(value.to_string(), "*");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "StrategyScope", schema = schemas::STRATEGY_SCOPE, key_part)]
pub enum StrategyScope {
    /// Every strategy, written `*`.
    #[model(value = "*")]
    All,
    /// This strategy alone.
    StrategyId(StrategyId),
}
