/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const SymbolType = runtime.text({ longest: 64, pattern: patterns.symbol });

/** @type {runtime.Check} */
export const StrategyId = runtime.text({ longest: 128, pattern: patterns.strategyId });

/** @type {runtime.Check} */
export const NonNegativeDecimal = runtime.decimal(patterns.nonNegativeDecimal);

/** @type {runtime.Check} */
export const OrderEvent = runtime.object(
  "OrderEvent",
  [
    ["event_type", runtime.constant("orders.executed")],
    ["timestamp", runtime.time()],
    ["run_id", runtime.identifier()],
    ["strategy_id", StrategyId],
    ["num_orders", runtime.integer(0, 9007199254740991)],
    ["num_accepted", runtime.integer(0, 9007199254740991)],
    ["num_rejected", runtime.integer(0, 9007199254740991)],
  ],
  true,
);

/** @type {runtime.Check} */
export const PositionEvent = runtime.object(
  "PositionEvent",
  [
    ["event_type", runtime.constant("positions.updated")],
    ["timestamp", runtime.time()],
    ["symbol", SymbolType],
    ["action", runtime.named(() => Action)],
    ["qty_change", runtime.integer(-9007199254740991, 9007199254740991)],
    ["new_qty", runtime.integer(-9007199254740991, 9007199254740991)],
    ["price", runtime.decimal()],
    ["strategy_id", StrategyId],
  ],
  true,
);

/** @type {runtime.Check} */
export const Action = runtime.texts("Action", [
  "buy", "sell", "fill", "partial_fill",
]);

/** @type {runtime.Check} */
export const PriceUpdateEvent = runtime.object(
  "PriceUpdateEvent",
  [
    ["event_type", runtime.constant("price.updated")],
    ["symbol", SymbolType],
    ["price", NonNegativeDecimal],
    ["timestamp", runtime.time("+00:00")],
    ["bid", runtime.nullable(runtime.decimal())],
    ["ask", runtime.nullable(runtime.decimal())],
    ["bid_price", runtime.nullable(runtime.decimal())],
    ["ask_price", runtime.nullable(runtime.decimal())],
    ["bid_size", runtime.nullable(runtime.integer(-9007199254740991, 9007199254740991))],
    ["ask_size", runtime.nullable(runtime.integer(-9007199254740991, 9007199254740991))],
    ["exchange", runtime.nullable(runtime.text())],
    ["volume", runtime.nullable(runtime.integer(-9007199254740991, 9007199254740991))],
  ],
  true,
);

/** @type {runtime.Check} */
export const SignalEvent = runtime.object(
  "SignalEvent",
  [
    ["event_type", runtime.constant("signals.generated")],
    ["timestamp", runtime.time()],
    ["strategy_id", StrategyId],
    ["symbols", runtime.list(SymbolType, { shortest: 1 })],
    ["num_signals", runtime.integer(0, 9007199254740991)],
    ["as_of_date", runtime.day()],
  ],
  true,
);

/** @type {runtime.Check} */
export const Quote = runtime.object(
  "Quote",
  [
    ["symbol", SymbolType],
    ["bid", runtime.decimal()],
    ["ask", runtime.decimal()],
    ["mid", runtime.decimal()],
    ["bid_size", runtime.integer(0, 9007199254740991), "optional"],
    ["ask_size", runtime.integer(0, 9007199254740991), "optional"],
    ["timestamp", runtime.time()],
    ["exchange", runtime.nullable(runtime.text()), "default null"],
  ],
  true,
);

/** @type {runtime.Check} */
export const FencedProducer = runtime.text({ pattern: patterns.fencedProducer });

/** @type {runtime.Check} */
export const BreakerId = runtime.text({ longest: 128, pattern: patterns.breakerId });

/** @type {runtime.Check} */
export const StrategyName = runtime.text({ longest: 128, pattern: patterns.strategyName });

/** @type {runtime.Check} */
export const StrategyScope = runtime.alternatives("StrategyScope", ["*"], [StrategyId]);
