/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { DateText, Decimal, EventType, Given, Timestamp, Uuid, ValueType } from "./runtime.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";
export type {
  DateText,
  Decimal,
  EventType,
  Given,
  Json,
  KeyType,
  Timestamp,
  Uuid,
  ValueKeyType,
  ValueType,
} from "./runtime.js";

/**
 * An instrument as the desk writes it: letters, digits and the marks that exchanges use. Never a colon, a glob
 * character or white space, so that it is safe in keys and channels.
 *
 * At most 64 code points. Matches `^[A-Za-z0-9!#$%&+./=@^_~-]+$`. Examples: `"AAPL"`, `"BRK.B"`, `"RDS-A"`,
 * `"BTC/USD"`, `"ES=F"`, `"^GSPC"`.
 */
export type SymbolType = string;
export declare const SymbolType: ValueType<SymbolType>;

/**
 * A strategy. Any text without white space, control characters, colons and the glob characters `*?[]\`.
 *
 * At most 128 code points. Matches `^[^\s\p{White_Space}\p{Cc}:*?\[\]\\]+$`. Examples: `"alpha_baseline"`,
 * `"mean-reversion.v2"`.
 */
export type StrategyId = string;
export declare const StrategyId: ValueType<StrategyId>;

/**
 * A decimal number of zero or more, as text.
 *
 * Matches `^[0-9]`. Examples: `"150.250"`, `"0"`.
 */
export type NonNegativeDecimal = Decimal;
export declare const NonNegativeDecimal: ValueType<NonNegativeDecimal>;

/**
 * A run has sent its orders, and the broker has answered.
 *
 * Published on `orders.executed`.
 */
export interface OrderEvent {
  /** `event_type` */
  readonly event_type: "orders.executed";
  /** When the last answer came in. */
  timestamp: Timestamp;
  /**
   * The run that sent the orders.
   *
   * Example: `"94608f57-3eac-456e-9ab8-1311f9ed4e5d"`.
   */
  run_id: Uuid;
  /** The strategy on whose behalf they were sent. */
  strategy_id: StrategyId;
  /** How many orders were sent. */
  num_orders: number;
  /** How many of them the broker accepted. */
  num_accepted: number;
  /** How many of them the broker rejected. */
  num_rejected: number;
}
export declare const OrderEvent: EventType<OrderEvent, Given<OrderEvent, "event_type">>;

/**
 * A position has changed.
 *
 * Published on `positions.updated`.
 */
export interface PositionEvent {
  /** `event_type` */
  readonly event_type: "positions.updated";
  /** When the position changed. */
  timestamp: Timestamp;
  /** The instrument held. */
  symbol: SymbolType;
  /** What changed it. */
  action: Action;
  /**
   * By how much it changed; negative when it was reduced.
   *
   * Examples: `100`, `-250`.
   */
  qty_change: number;
  /**
   * What is held now; negative when short.
   *
   * Examples: `100`, `0`, `-250`.
   */
  new_qty: number;
  /** The price of the change, per unit; spreads can trade below zero. */
  price: Decimal;
  /** The strategy that holds the position. */
  strategy_id: StrategyId;
}
export declare const PositionEvent: EventType<PositionEvent, Given<PositionEvent, "event_type">>;

/**
 * What changes a position.
 *
 * Example: `"buy"`.
 */
export type Action = "buy" | "sell" | "fill" | "partial_fill";
export declare const Action: ValueType<Action>;

/**
 * A price has moved. Each instrument has a channel of its own.
 *
 * Published on `price.updated.{symbol}`.
 */
export interface PriceUpdateEvent {
  /** `event_type` */
  readonly event_type: "price.updated";
  /** The instrument, also the last part of the channel. */
  symbol: SymbolType;
  /** The last price. */
  price: NonNegativeDecimal;
  /**
   * When the price was quoted.
   *
   * UTC is written `+00:00`.
   */
  timestamp: Timestamp;
  /**
   * The best bid, if the feed has one.
   *
   * Examples: `"187.43"`, `null`.
   */
  bid: Decimal | null;
  /**
   * The best offer, if the feed has one.
   *
   * Examples: `"187.45"`, `null`.
   */
  ask: Decimal | null;
  /**
   * The best bid as the exchange prints it, if it does.
   *
   * Examples: `"187.430"`, `null`.
   */
  bid_price: Decimal | null;
  /**
   * The best offer as the exchange prints it, if it does.
   *
   * Examples: `"187.450"`, `null`.
   */
  ask_price: Decimal | null;
  /**
   * How much is bid for, if known.
   *
   * Examples: `300`, `null`.
   */
  bid_size: number | null;
  /**
   * How much is offered, if known.
   *
   * Examples: `200`, `null`.
   */
  ask_size: number | null;
  /**
   * Where it was quoted, if known.
   *
   * Examples: `"XNAS"`, `null`.
   */
  exchange: string | null;
  /**
   * How much has traded today, if known.
   *
   * Examples: `48211907`, `null`.
   */
  volume: number | null;
}
export declare const PriceUpdateEvent: EventType<PriceUpdateEvent, Given<PriceUpdateEvent, "event_type">>;

/**
 * A strategy has generated its signals for a day.
 *
 * Published on `signals.generated`.
 */
export interface SignalEvent {
  /** `event_type` */
  readonly event_type: "signals.generated";
  /** When the signals were generated. */
  timestamp: Timestamp;
  /** The strategy that generated them. */
  strategy_id: StrategyId;
  /**
   * The instruments that have a signal, in the strategy's order.
   *
   * At least 1 item. Example: `["AAPL", "BRK.B"]`.
   */
  symbols: SymbolType[];
  /** How many signals there are. */
  num_signals: number;
  /**
   * The trading day whose data the signals rest on.
   *
   * Example: `"2025-01-17"`.
   */
  as_of_date: DateText;
}
export declare const SignalEvent: EventType<SignalEvent, Given<SignalEvent, "event_type">>;

/** The last quote of an instrument, as the key `price` holds it. */
export interface Quote {
  /** The instrument. */
  symbol: SymbolType;
  /** The best bid. */
  bid: Decimal;
  /** The best offer. */
  ask: Decimal;
  /** The middle of both. */
  mid: Decimal;
  /**
   * How much is bid for; 0 when absent.
   *
   * Default: `0`.
   */
  bid_size?: number;
  /**
   * How much is offered; 0 when absent.
   *
   * Default: `0`.
   */
  ask_size?: number;
  /** When it was quoted. */
  timestamp: Timestamp;
  /**
   * Where it was quoted, if known.
   *
   * Default: `null`. Examples: `"XNAS"`, `null`.
   */
  exchange: string | null;
}
export declare const Quote: ValueType<Quote, Given<Quote, "exchange">>;

/**
 * The random id of a buffer's directory: 128 bits in lower-case hexadecimal digits.
 *
 * Matches `^[0-9a-f]{32}$`. Example: `"0f8fad5bd9cb469fa16570867728950e"`.
 */
export type FencedProducer = string;
export declare const FencedProducer: ValueType<FencedProducer>;

/**
 * A circuit breaker: `global`, or what it watches.
 *
 * At most 128 code points. Matches `^[A-Za-z0-9._/-]+$`. Example: `"global"`.
 */
export type BreakerId = string;
export declare const BreakerId: ValueType<BreakerId>;

/**
 * A strategy by the name its models are filed under.
 *
 * At most 128 code points. Matches `^[A-Za-z0-9._-]+$`. Example: `"alpha_baseline"`.
 */
export type StrategyName = string;
export declare const StrategyName: ValueType<StrategyName>;

/**
 * One strategy, or all of them.
 *
 * Examples: `"*"`, `"alpha_baseline"`.
 */
export type StrategyScope = "*" | StrategyId;
export declare const StrategyScope: ValueType<StrategyScope>;

/** Any event of the schemas. */
export type AnyEvent = OrderEvent | PositionEvent | PriceUpdateEvent | SignalEvent;
