//! Events, and the types that only their schemas describe.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{
    Date, Decimal, EventSet, Model, RedisEvent, Timestamp, Uuid,
};

use super::{schemas, NonNegativeDecimal, StrategyId, Symbol};

/// A run has sent its orders, and the broker has answered.
///
/// Published on `orders.executed`.
///
/// # Examples
///
/// ```
/// use redis_client::{OrderEvent, codec};
///
/// let json = r#"{
///   "event_type": "orders.executed",
///   "timestamp": "2025-01-17T14:31:05Z",
///   "run_id": "94608f57-3eac-456e-9ab8-1311f9ed4e5d",
///   "strategy_id": "alpha_baseline",
///   "num_orders": 420,
///   "num_accepted": 418,
///   "num_rejected": 2
/// }"#;
/// let value: OrderEvent = codec::decode(json.as_bytes())?;
/// assert_eq!(codec::decode::<OrderEvent>(&codec::encode(&value)?)?, value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(channel = "orders.executed", event_type = "orders.executed", validate)]
#[model(name = "OrderEvent", schema = schemas::ORDER_EVENT, unknown = "ignore")]
#[model(
    constant(name = "event_type", value = "\"orders.executed\"", before = "timestamp")
)]
pub struct OrderEvent {
    /// When the last answer came in.
    pub timestamp: Timestamp,
    /// The run that sent the orders.
    ///
    /// Example: `"94608f57-3eac-456e-9ab8-1311f9ed4e5d"`.
    pub run_id: Uuid,
    /// The strategy on whose behalf they were sent.
    pub strategy_id: StrategyId,
    /// How many orders were sent.
    pub num_orders: u64,
    /// How many of them the broker accepted.
    pub num_accepted: u64,
    /// How many of them the broker rejected.
    pub num_rejected: u64,
}

/// A position has changed.
///
/// Published on `positions.updated`.
///
/// # Examples
///
/// ```
/// use redis_client::{PositionEvent, codec};
///
/// let json = r#"{
///   "event_type": "positions.updated",
///   "timestamp": "2025-01-17T09:31:05.500000-05:00",
///   "symbol": "BRK.B",
///   "action": "partial_fill",
///   "qty_change": 100,
///   "new_qty": 350,
///   "price": "451.250",
///   "strategy_id": "alpha_baseline"
/// }"#;
/// let value: PositionEvent = codec::decode(json.as_bytes())?;
/// assert_eq!(codec::decode::<PositionEvent>(&codec::encode(&value)?)?, value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(channel = "positions.updated", event_type = "positions.updated", validate)]
#[model(name = "PositionEvent", schema = schemas::POSITION_EVENT, unknown = "ignore")]
#[model(
    constant(name = "event_type", value = "\"positions.updated\"", before = "timestamp")
)]
pub struct PositionEvent {
    /// When the position changed.
    pub timestamp: Timestamp,
    /// The instrument held.
    pub symbol: Symbol,
    /// What changed it.
    pub action: Action,
    /// By how much it changed; negative when it was reduced.
    ///
    /// Examples: `100`, `-250`.
    pub qty_change: i64,
    /// What is held now; negative when short.
    ///
    /// Examples: `100`, `0`, `-250`.
    pub new_qty: i64,
    /// The price of the change, per unit; spreads can trade below zero.
    pub price: Decimal,
    /// The strategy that holds the position.
    pub strategy_id: StrategyId,
}

/// What changes a position.
///
/// Example: `"buy"`.
///
/// # Examples
///
/// ```
/// use redis_client::Action;
///
/// let value: Action = "buy".parse()?;
/// assert_eq!(value.to_string(), "buy");
/// # Ok::<(), redis_client::Violation>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Action", schema = schemas::ACTION, key_part)]
pub enum Action {
    /// `buy`.
    #[model(value = "buy")]
    Buy,
    /// `sell`.
    #[model(value = "sell")]
    Sell,
    /// `fill`.
    #[model(value = "fill")]
    Fill,
    /// `partial_fill`.
    #[model(value = "partial_fill")]
    PartialFill,
}

/// A price has moved. Each instrument has a channel of its own.
///
/// Published on `price.updated.{symbol}`.
///
/// # Examples
///
/// ```
/// use redis_client::{PriceUpdateEvent, codec};
///
/// let json = r#"{
///   "event_type": "price.updated",
///   "symbol": "AAPL",
///   "price": "187.44",
///   "timestamp": "2025-01-17T14:30:00.123000+00:00",
///   "bid": "187.43",
///   "ask": "187.45",
///   "bid_price": null,
///   "ask_price": null,
///   "bid_size": 300,
///   "ask_size": 200,
///   "exchange": "XNAS",
///   "volume": 48211907
/// }"#;
/// let value: PriceUpdateEvent = codec::decode(json.as_bytes())?;
/// assert_eq!(codec::decode::<PriceUpdateEvent>(&codec::encode(&value)?)?, value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(channel = "price.updated.{symbol}", event_type = "price.updated", validate)]
#[model(
    name = "PriceUpdateEvent",
    schema = schemas::PRICE_UPDATE_EVENT,
    unknown = "ignore"
)]
#[model(constant(name = "event_type", value = "\"price.updated\"", before = "symbol"))]
pub struct PriceUpdateEvent {
    /// The instrument, also the last part of the channel.
    pub symbol: Symbol,
    /// The last price.
    pub price: NonNegativeDecimal,
    /// When the price was quoted.
    ///
    /// UTC is written `+00:00`.
    #[model(utc = "+00:00")]
    pub timestamp: Timestamp,
    /// The best bid, if the feed has one.
    ///
    /// Examples: `"187.43"`, `null`.
    #[model(nullable)]
    pub bid: Option<Decimal>,
    /// The best offer, if the feed has one.
    ///
    /// Examples: `"187.45"`, `null`.
    #[model(nullable)]
    pub ask: Option<Decimal>,
    /// The best bid as the exchange prints it, if it does.
    ///
    /// Examples: `"187.430"`, `null`.
    #[model(nullable)]
    pub bid_price: Option<Decimal>,
    /// The best offer as the exchange prints it, if it does.
    ///
    /// Examples: `"187.450"`, `null`.
    #[model(nullable)]
    pub ask_price: Option<Decimal>,
    /// How much is bid for, if known.
    ///
    /// Examples: `300`, `null`.
    #[model(nullable)]
    pub bid_size: Option<i64>,
    /// How much is offered, if known.
    ///
    /// Examples: `200`, `null`.
    #[model(nullable)]
    pub ask_size: Option<i64>,
    /// Where it was quoted, if known.
    ///
    /// Examples: `"XNAS"`, `null`.
    #[model(nullable)]
    pub exchange: Option<String>,
    /// How much has traded today, if known.
    ///
    /// Examples: `48211907`, `null`.
    #[model(nullable)]
    pub volume: Option<i64>,
}

/// A strategy has generated its signals for a day.
///
/// Published on `signals.generated`.
///
/// # Examples
///
/// ```
/// use redis_client::{SignalEvent, codec};
///
/// let json = r#"{
///   "event_type": "signals.generated",
///   "timestamp": "2025-01-17T14:30:00.123000Z",
///   "strategy_id": "alpha_baseline",
///   "symbols": ["AAPL", "BRK.B"],
///   "num_signals": 2,
///   "as_of_date": "2025-01-17"
/// }"#;
/// let value: SignalEvent = codec::decode(json.as_bytes())?;
/// assert_eq!(codec::decode::<SignalEvent>(&codec::encode(&value)?)?, value);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Model, RedisEvent)]
#[redis(channel = "signals.generated", event_type = "signals.generated", validate)]
#[model(name = "SignalEvent", schema = schemas::SIGNAL_EVENT, unknown = "ignore")]
#[model(
    constant(name = "event_type", value = "\"signals.generated\"", before = "timestamp")
)]
pub struct SignalEvent {
    /// When the signals were generated.
    pub timestamp: Timestamp,
    /// The strategy that generated them.
    pub strategy_id: StrategyId,
    /// The instruments that have a signal, in the strategy's order.
    ///
    /// At least 1 item. Example: `["AAPL", "BRK.B"]`.
    #[model(min_items = 1)]
    pub symbols: Vec<Symbol>,
    /// How many signals there are.
    pub num_signals: u64,
    /// The trading day whose data the signals rest on.
    ///
    /// Example: `"2025-01-17"`.
    pub as_of_date: Date,
}

/// Any event of the schemas.
///
/// # Examples
///
/// ```
/// use redis_client::{AnyEvent, ChannelPattern, EventSet};
///
/// let channels = AnyEvent::channels();
/// assert_eq!(channels.len(), 4);
/// assert!(channels.contains(&ChannelPattern::Exact("orders.executed")));
/// ```
#[derive(Debug, Clone, PartialEq, EventSet)]
pub enum AnyEvent {
    /// [`OrderEvent`] on `orders.executed`.
    Order(OrderEvent),
    /// [`PositionEvent`] on `positions.updated`.
    Position(PositionEvent),
    /// [`PriceUpdateEvent`] on `price.updated.{symbol}`.
    PriceUpdate(PriceUpdateEvent),
    /// [`SignalEvent`] on `signals.generated`.
    Signal(SignalEvent),
}
