/**
 * Redis keys, and the values they hold.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { BreakerId, FencedProducer, Quote, StrategyId, StrategyName, StrategyScope, SymbolType } from "./models.js";
import type { DateText, Given, KeyType, ValueKeyType } from "./runtime.js";

/**
 * The model features of an instrument on a day.
 *
 * `features:{symbol}:{date}`, lives 3600 s. Such as `features:AAPL:2025-01-17`. Example:
 * `features:AAPL:2025-01-17`.
 */
export declare const FeaturesKey: ValueKeyType<{ symbol: SymbolType; date: DateText }, { [name: string]: number }>;

/**
 * The last quote of an instrument.
 *
 * `price:{symbol}`, lives 300 s. Such as `price:BRK.B`. Example: `price:BRK.B`.
 */
export declare const PriceKey: ValueKeyType<{ symbol: SymbolType }, Quote, Given<Quote, "exchange">>;

/**
 * The state of a circuit breaker.
 *
 * `cb:{breaker_id}`, never expires by itself. Such as `cb:global`. Example: `cb:global`.
 */
export declare const CircuitBreakerKey: KeyType<{ breaker_id: BreakerId }>;

/**
 * The version of the model that a strategy runs.
 *
 * `model:version:{strategy_name}`, never expires by itself. Such as `model:version:alpha_baseline`. Example:
 * `model:version:alpha_baseline`.
 */
export declare const ModelVersionKey: KeyType<{ strategy_name: StrategyName }>;

/**
 * An instrument that a strategy, or every strategy, must not trade.
 *
 * `quarantine:{strategy_id}:{symbol}`, never expires by itself. Such as `quarantine:*:AAPL`. Example:
 * `quarantine:*:AAPL`.
 */
export declare const QuarantineKey: KeyType<{ strategy_id: StrategyScope; symbol: SymbolType }>;

/**
 * A position that no order of the strategy explains.
 *
 * `orphan_exposure:{strategy_id}:{symbol}`, never expires by itself. Such as
 * `orphan_exposure:alpha_baseline:AAPL`. Example: `orphan_exposure:alpha_baseline:AAPL`.
 */
export declare const OrphanExposureKey: KeyType<{ strategy_id: StrategyId; symbol: SymbolType }>;

/**
 * Taken while positions in an instrument may only be reduced.
 *
 * `reduce_only_lock:{symbol}`, never expires by itself. Such as `reduce_only_lock:AAPL`. A lock: that it
 * exists is all it says. Example: `reduce_only_lock:AAPL`.
 */
export declare const ReduceOnlyLockKey: KeyType<{ symbol: SymbolType }>;

/**
 * Keeps a publisher from publishing an event twice: who owns the buffer (`owner`: epoch and nonce) and what it
 * published last (`last`: epoch and sequence), as two fields of a hash. The publisher's own; deleting it costs
 * that protection.
 *
 * `fence:{producer_id}`, never expires by itself. Such as `fence:0f8fad5bd9cb469fa16570867728950e`. Example:
 * `fence:0f8fad5bd9cb469fa16570867728950e`.
 */
export declare const FenceKey: KeyType<{ producer_id: FencedProducer }>;

/** Every Redis key of the schemas, by name. */
export declare const RedisKeys: {
  /** `features:{symbol}:{date}`: see {@link FeaturesKey}. */
  readonly features: (symbol: SymbolType, date: DateText) => string;
  /** `price:{symbol}`: see {@link PriceKey}. */
  readonly price: (symbol: SymbolType) => string;
  /** `cb:{breaker_id}`: see {@link CircuitBreakerKey}. */
  readonly circuitBreaker: (breakerId: BreakerId) => string;
  /** `model:version:{strategy_name}`: see {@link ModelVersionKey}. */
  readonly modelVersion: (strategyName: StrategyName) => string;
  /** `quarantine:{strategy_id}:{symbol}`: see {@link QuarantineKey}. */
  readonly quarantine: (strategyId: StrategyScope, symbol: SymbolType) => string;
  /** `orphan_exposure:{strategy_id}:{symbol}`: see {@link OrphanExposureKey}. */
  readonly orphanExposure: (strategyId: StrategyId, symbol: SymbolType) => string;
  /** `reduce_only_lock:{symbol}`: see {@link ReduceOnlyLockKey}. */
  readonly reduceOnlyLock: (symbol: SymbolType) => string;
  /** `fence:{producer_id}`: see {@link FenceKey}. */
  readonly fence: (producerId: FencedProducer) => string;
};
