/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const SymbolType = runtime.type(checks.SymbolType, schemas.SymbolType);

export const StrategyId = runtime.type(checks.StrategyId, schemas.StrategyId);

export const NonNegativeDecimal = runtime.type(checks.NonNegativeDecimal, schemas.NonNegativeDecimal);

export const OrderEvent = runtime.event(checks.OrderEvent, schemas.OrderEvent, "orders.executed", "orders.executed", ["orders.executed"]);

export const PositionEvent = runtime.event(checks.PositionEvent, schemas.PositionEvent, "positions.updated", "positions.updated", ["positions.updated"]);

export const Action = runtime.type(checks.Action, schemas.Action);

export const PriceUpdateEvent = runtime.event(checks.PriceUpdateEvent, schemas.PriceUpdateEvent, "price.updated.{symbol}", "price.updated", ["price.updated.", { part: "symbol", check: checks.SymbolType }]);

export const SignalEvent = runtime.event(checks.SignalEvent, schemas.SignalEvent, "signals.generated", "signals.generated", ["signals.generated"]);

export const Quote = runtime.type(checks.Quote, schemas.Quote);

export const FencedProducer = runtime.type(checks.FencedProducer, schemas.FencedProducer);

export const BreakerId = runtime.type(checks.BreakerId, schemas.BreakerId);

export const StrategyName = runtime.type(checks.StrategyName, schemas.StrategyName);

export const StrategyScope = runtime.type(checks.StrategyScope, schemas.StrategyScope);
