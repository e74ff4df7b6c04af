/**
 * Redis keys, and the values they hold.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export const FeaturesKey = runtime.key(
  "features:{symbol}:{date}",
  3600,
  ["features:", { part: "symbol", check: checks.SymbolType }, ":", { part: "date", check: runtime.day() }],
  runtime.features(),
);

export const PriceKey = runtime.key(
  "price:{symbol}",
  300,
  ["price:", { part: "symbol", check: checks.SymbolType }],
  checks.Quote,
);

export const CircuitBreakerKey = runtime.key(
  "cb:{breaker_id}",
  null,
  ["cb:", { part: "breaker_id", check: checks.BreakerId }],
);

export const ModelVersionKey = runtime.key(
  "model:version:{strategy_name}",
  null,
  ["model:version:", { part: "strategy_name", check: checks.StrategyName }],
);

export const QuarantineKey = runtime.key(
  "quarantine:{strategy_id}:{symbol}",
  null,
  ["quarantine:", { part: "strategy_id", check: checks.StrategyScope }, ":", { part: "symbol", check: checks.SymbolType }],
);

export const OrphanExposureKey = runtime.key(
  "orphan_exposure:{strategy_id}:{symbol}",
  null,
  ["orphan_exposure:", { part: "strategy_id", check: checks.StrategyId }, ":", { part: "symbol", check: checks.SymbolType }],
);

export const ReduceOnlyLockKey = runtime.key(
  "reduce_only_lock:{symbol}",
  null,
  ["reduce_only_lock:", { part: "symbol", check: checks.SymbolType }],
);

export const FenceKey = runtime.key(
  "fence:{producer_id}",
  null,
  ["fence:", { part: "producer_id", check: checks.FencedProducer }],
);

export const RedisKeys = Object.freeze({
  /** @param {string | number} symbol @param {string | number} date */
  features: (symbol, date) => FeaturesKey.build({ ["symbol"]: symbol, ["date"]: date }),
  /** @param {string | number} symbol */
  price: (symbol) => PriceKey.build({ ["symbol"]: symbol }),
  /** @param {string | number} breakerId */
  circuitBreaker: (breakerId) => CircuitBreakerKey.build({ ["breaker_id"]: breakerId }),
  /** @param {string | number} strategyName */
  modelVersion: (strategyName) => ModelVersionKey.build({ ["strategy_name"]: strategyName }),
  /** @param {string | number} strategyId @param {string | number} symbol */
  quarantine: (strategyId, symbol) => QuarantineKey.build({ ["strategy_id"]: strategyId, ["symbol"]: symbol }),
  /** @param {string | number} strategyId @param {string | number} symbol */
  orphanExposure: (strategyId, symbol) => OrphanExposureKey.build({ ["strategy_id"]: strategyId, ["symbol"]: symbol }),
  /** @param {string | number} symbol */
  reduceOnlyLock: (symbol) => ReduceOnlyLockKey.build({ ["symbol"]: symbol }),
  /** @param {string | number} producerId */
  fence: (producerId) => FenceKey.build({ ["producer_id"]: producerId }),
});
