/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "https://schemas.redis-client.example/common.schema.json": `{
  "$id": "https://schemas.redis-client.example/common.schema.json",
  "title": "Shared definitions",
  "description": "What events and keys have in common: instruments, strategies, and numbers that must not become floats.",
  "$defs": {
    "symbol": {"title": "Symbol", "description": "An instrument as the desk writes it: letters, digits and the marks that exchanges use. Never a colon, a glob character or white space, so that it is safe in keys and channels.", "type": "string", "pattern": "^[A-Za-z0-9!#$%&+./=@^_~-]+$", "maxLength": 64, "examples": ["AAPL", "BRK.B", "RDS-A", "BTC/USD", "ES=F", "^GSPC"]},
    "strategy_id": {"title": "StrategyId", "description": "A strategy. Any text without white space, control characters, colons and the glob characters \`*?[]\\\\\`.", "type": "string", "pattern": "^[^\\\\s\\\\p{White_Space}\\\\p{Cc}:*?\\\\[\\\\]\\\\\\\\]+$", "maxLength": 128, "examples": ["alpha_baseline", "mean-reversion.v2"]},
    "timestamp": {"description": "An instant with its zone. Written with six digits of a second when it has a fraction (nine if it has nanoseconds), and with \`Z\` for UTC.", "type": "string", "format": "date-time", "examples": ["2025-01-17T14:30:00.123000Z", "2025-01-17T09:30:00-05:00"]},
    "decimal": {"description": "A decimal number as text, so that no digit is lost. The scale is kept.", "type": "string", "format": "decimal", "examples": ["150.250", "-37.63", "1E+2"]},
    "non_negative_decimal": {"title": "NonNegativeDecimal", "description": "A decimal number of zero or more, as text.", "type": "string", "format": "decimal", "pattern": "^[0-9]", "examples": ["150.250", "0"]},
    "count": {"description": "How many of something.", "type": "integer", "minimum": 0, "examples": [0, 42]}
  }
}`,
  "https://schemas.redis-client.example/events/order.schema.json": `{
  "$id": "https://schemas.redis-client.example/events/order.schema.json",
  "title": "OrderEvent",
  "description": "A run has sent its orders, and the broker has answered.",
  "type": "object",
  "x-redis-channel": "orders.executed",
  "properties": {"event_type": {"const": "orders.executed"}, "timestamp": {"$ref": "../common.schema.json#/$defs/timestamp", "description": "When the last answer came in."}, "run_id": {"description": "The run that sent the orders.", "type": "string", "format": "uuid", "examples": ["94608f57-3eac-456e-9ab8-1311f9ed4e5d"]}, "strategy_id": {"$ref": "../common.schema.json#/$defs/strategy_id", "description": "The strategy on whose behalf they were sent."}, "num_orders": {"$ref": "../common.schema.json#/$defs/count", "description": "How many orders were sent."}, "num_accepted": {"$ref": "../common.schema.json#/$defs/count", "description": "How many of them the broker accepted."}, "num_rejected": {"$ref": "../common.schema.json#/$defs/count", "description": "How many of them the broker rejected."}},
  "required": ["event_type", "timestamp", "run_id", "strategy_id", "num_orders", "num_accepted", "num_rejected"],
  "examples": [{"event_type": "orders.executed", "timestamp": "2025-01-17T14:31:05Z", "run_id": "94608f57-3eac-456e-9ab8-1311f9ed4e5d", "strategy_id": "alpha_baseline", "num_orders": 420, "num_accepted": 418, "num_rejected": 2}]
}`,
  "https://schemas.redis-client.example/events/position.schema.json": `{
  "$id": "https://schemas.redis-client.example/events/position.schema.json",
  "title": "PositionEvent",
  "description": "A position has changed.",
  "type": "object",
  "x-redis-channel": "positions.updated",
  "properties": {"event_type": {"const": "positions.updated"}, "timestamp": {"$ref": "../common.schema.json#/$defs/timestamp", "description": "When the position changed."}, "symbol": {"$ref": "../common.schema.json#/$defs/symbol", "description": "The instrument held."}, "action": {"$ref": "#/$defs/action", "description": "What changed it."}, "qty_change": {"description": "By how much it changed; negative when it was reduced.", "type": "integer", "examples": [100, -250]}, "new_qty": {"description": "What is held now; negative when short.", "type": "integer", "examples": [100, 0, -250]}, "price": {"$ref": "../common.schema.json#/$defs/decimal", "description": "The price of the change, per unit; spreads can trade below zero."}, "strategy_id": {"$ref": "../common.schema.json#/$defs/strategy_id", "description": "The strategy that holds the position."}},
  "required": ["event_type", "timestamp", "symbol", "action", "qty_change", "new_qty", "price", "strategy_id"],
  "examples": [{"event_type": "positions.updated", "timestamp": "2025-01-17T09:31:05.500000-05:00", "symbol": "BRK.B", "action": "partial_fill", "qty_change": 100, "new_qty": 350, "price": "451.250", "strategy_id": "alpha_baseline"}],
  "$defs": {
    "action": {"title": "Action", "description": "What changes a position.", "type": "string", "enum": ["buy", "sell", "fill", "partial_fill"], "examples": ["buy"]}
  }
}`,
  "https://schemas.redis-client.example/events/price_update.schema.json": `{
  "$id": "https://schemas.redis-client.example/events/price_update.schema.json",
  "title": "PriceUpdateEvent",
  "description": "A price has moved. Each instrument has a channel of its own.",
  "type": "object",
  "x-redis-channel": "price.updated.{symbol}",
  "properties": {"event_type": {"const": "price.updated"}, "symbol": {"$ref": "../common.schema.json#/$defs/symbol", "description": "The instrument, also the last part of the channel."}, "price": {"$ref": "../common.schema.json#/$defs/non_negative_decimal", "description": "The last price."}, "timestamp": {"$ref": "../common.schema.json#/$defs/timestamp", "x-redis-utc": "+00:00", "description": "When the price was quoted."}, "bid": {"anyOf": [{"$ref": "../common.schema.json#/$defs/decimal"}, {"type": "null"}], "description": "The best bid, if the feed has one.", "examples": ["187.43", null]}, "ask": {"anyOf": [{"$ref": "../common.schema.json#/$defs/decimal"}, {"type": "null"}], "description": "The best offer, if the feed has one.", "examples": ["187.45", null]}, "bid_price": {"anyOf": [{"$ref": "../common.schema.json#/$defs/decimal"}, {"type": "null"}], "description": "The best bid as the exchange prints it, if it does.", "examples": ["187.430", null]}, "ask_price": {"anyOf": [{"$ref": "../common.schema.json#/$defs/decimal"}, {"type": "null"}], "description": "The best offer as the exchange prints it, if it does.", "examples": ["187.450", null]}, "bid_size": {"type": ["integer", "null"], "description": "How much is bid for, if known.", "examples": [300, null]}, "ask_size": {"type": ["integer", "null"], "description": "How much is offered, if known.", "examples": [200, null]}, "exchange": {"type": ["string", "null"], "description": "Where it was quoted, if known.", "examples": ["XNAS", null]}, "volume": {"type": ["integer", "null"], "description": "How much has traded today, if known.", "examples": [48211907, null]}},
  "required": ["event_type", "symbol", "price", "timestamp", "bid", "ask", "bid_price", "ask_price", "bid_size", "ask_size", "exchange", "volume"],
  "examples": [{"event_type": "price.updated", "symbol": "AAPL", "price": "187.44", "timestamp": "2025-01-17T14:30:00.123000+00:00", "bid": "187.43", "ask": "187.45", "bid_price": null, "ask_price": null, "bid_size": 300, "ask_size": 200, "exchange": "XNAS", "volume": 48211907}]
}`,
  "https://schemas.redis-client.example/events/signal.schema.json": `{
  "$id": "https://schemas.redis-client.example/events/signal.schema.json",
  "title": "SignalEvent",
  "description": "A strategy has generated its signals for a day.",
  "type": "object",
  "x-redis-channel": "signals.generated",
  "properties": {"event_type": {"const": "signals.generated"}, "timestamp": {"$ref": "../common.schema.json#/$defs/timestamp", "description": "When the signals were generated."}, "strategy_id": {"$ref": "../common.schema.json#/$defs/strategy_id", "description": "The strategy that generated them."}, "symbols": {"description": "The instruments that have a signal, in the strategy's order.", "type": "array", "items": {"$ref": "../common.schema.json#/$defs/symbol"}, "minItems": 1, "examples": [["AAPL", "BRK.B"]]}, "num_signals": {"$ref": "../common.schema.json#/$defs/count", "description": "How many signals there are."}, "as_of_date": {"description": "The trading day whose data the signals rest on.", "type": "string", "format": "date", "examples": ["2025-01-17"]}},
  "required": ["event_type", "timestamp", "strategy_id", "symbols", "num_signals", "as_of_date"],
  "examples": [{"event_type": "signals.generated", "timestamp": "2025-01-17T14:30:00.123000Z", "strategy_id": "alpha_baseline", "symbols": ["AAPL", "BRK.B"], "num_signals": 2, "as_of_date": "2025-01-17"}]
}`,
  "https://schemas.redis-client.example/keys.schema.json": `{
  "$id": "https://schemas.redis-client.example/keys.schema.json",
  "title": "Redis keys",
  "description": "Every key in Redis: its template, the type of each part, how long it lives and what it holds.",
  "$defs": {
    "features": {"title": "FeaturesKey", "description": "The model features of an instrument on a day.", "type": "object", "x-redis-key": "features:{symbol}:{date}", "x-redis-ttl": 3600, "x-redis-value": "features", "properties": {"symbol": {"$ref": "common.schema.json#/$defs/symbol", "description": "The instrument."}, "date": {"description": "The trading day.", "type": "string", "format": "date", "examples": ["2025-01-17"]}}, "required": ["symbol", "date"], "additionalProperties": false, "examples": [{"symbol": "AAPL", "date": "2025-01-17"}]},
    "price": {"title": "PriceKey", "description": "The last quote of an instrument.", "type": "object", "x-redis-key": "price:{symbol}", "x-redis-ttl": 300, "x-redis-value": "#/$defs/quote", "properties": {"symbol": {"$ref": "common.schema.json#/$defs/symbol", "description": "The instrument."}}, "required": ["symbol"], "additionalProperties": false, "examples": [{"symbol": "BRK.B"}]},
    "circuit_breaker": {"title": "CircuitBreakerKey", "description": "The state of a circuit breaker.", "type": "object", "x-redis-key": "cb:{breaker_id}", "properties": {"breaker_id": {"$ref": "#/$defs/breaker_id", "description": "The breaker."}}, "required": ["breaker_id"], "additionalProperties": false, "examples": [{"breaker_id": "global"}]},
    "model_version": {"title": "ModelVersionKey", "description": "The version of the model that a strategy runs.", "type": "object", "x-redis-key": "model:version:{strategy_name}", "properties": {"strategy_name": {"$ref": "#/$defs/strategy_name", "description": "The strategy."}}, "required": ["strategy_name"], "additionalProperties": false, "examples": [{"strategy_name": "alpha_baseline"}]},
    "quarantine": {"title": "QuarantineKey", "description": "An instrument that a strategy, or every strategy, must not trade.", "type": "object", "x-redis-key": "quarantine:{strategy_id}:{symbol}", "properties": {"strategy_id": {"$ref": "#/$defs/strategy_scope", "description": "Whom it binds."}, "symbol": {"$ref": "common.schema.json#/$defs/symbol", "description": "The instrument."}}, "required": ["strategy_id", "symbol"], "additionalProperties": false, "examples": [{"strategy_id": "*", "symbol": "AAPL"}]},
    "orphan_exposure": {"title": "OrphanExposureKey", "description": "A position that no order of the strategy explains.", "type": "object", "x-redis-key": "orphan_exposure:{strategy_id}:{symbol}", "properties": {"strategy_id": {"$ref": "common.schema.json#/$defs/strategy_id", "description": "The strategy."}, "symbol": {"$ref": "common.schema.json#/$defs/symbol", "description": "The instrument."}}, "required": ["strategy_id", "symbol"], "additionalProperties": false, "examples": [{"strategy_id": "alpha_baseline", "symbol": "AAPL"}]},
    "reduce_only_lock": {"title": "ReduceOnlyLockKey", "description": "Taken while positions in an instrument may only be reduced.", "type": "object", "x-redis-key": "reduce_only_lock:{symbol}", "x-redis-value": "lock", "properties": {"symbol": {"$ref": "common.schema.json#/$defs/symbol", "description": "The instrument."}}, "required": ["symbol"], "additionalProperties": false, "examples": [{"symbol": "AAPL"}]},
    "fence": {"title": "FenceKey", "description": "Keeps a publisher from publishing an event twice: who owns the buffer (\`owner\`: epoch and nonce) and what it published last (\`last\`: epoch and sequence), as two fields of a hash. The publisher's own; deleting it costs that protection.", "type": "object", "x-redis-key": "fence:{producer_id}", "properties": {"producer_id": {"$ref": "#/$defs/producer_id", "description": "The buffer's directory."}}, "required": ["producer_id"], "additionalProperties": false, "examples": [{"producer_id": "0f8fad5bd9cb469fa16570867728950e"}]},
    "quote": {"title": "Quote", "description": "The last quote of an instrument, as the key \`price\` holds it.", "type": "object", "properties": {"symbol": {"$ref": "common.schema.json#/$defs/symbol", "description": "The instrument."}, "bid": {"$ref": "common.schema.json#/$defs/decimal", "description": "The best bid."}, "ask": {"$ref": "common.schema.json#/$defs/decimal", "description": "The best offer."}, "mid": {"$ref": "common.schema.json#/$defs/decimal", "description": "The middle of both."}, "bid_size": {"$ref": "common.schema.json#/$defs/count", "description": "How much is bid for; 0 when absent.", "default": 0}, "ask_size": {"$ref": "common.schema.json#/$defs/count", "description": "How much is offered; 0 when absent.", "default": 0}, "timestamp": {"$ref": "common.schema.json#/$defs/timestamp", "description": "When it was quoted."}, "exchange": {"type": ["string", "null"], "description": "Where it was quoted, if known.", "default": null, "examples": ["XNAS", null]}}, "required": ["symbol", "bid", "ask", "mid", "timestamp"], "examples": [{"symbol": "AAPL", "bid": "187.43", "ask": "187.45", "mid": "187.44", "bid_size": 300, "ask_size": 200, "timestamp": "2025-01-17T14:30:00.123000Z", "exchange": "XNAS"}]},
    "producer_id": {"title": "FencedProducer", "description": "The random id of a buffer's directory: 128 bits in lower-case hexadecimal digits.", "type": "string", "pattern": "^[0-9a-f]{32}$", "examples": ["0f8fad5bd9cb469fa16570867728950e"]},
    "breaker_id": {"title": "BreakerId", "description": "A circuit breaker: \`global\`, or what it watches.", "type": "string", "pattern": "^[A-Za-z0-9._/-]+$", "maxLength": 128, "examples": ["global"]},
    "strategy_name": {"title": "StrategyName", "description": "A strategy by the name its models are filed under.", "type": "string", "pattern": "^[A-Za-z0-9._-]+$", "maxLength": 128, "examples": ["alpha_baseline"]},
    "strategy_scope": {"title": "StrategyScope", "description": "One strategy, or all of them.", "anyOf": [{"const": "*", "title": "All", "description": "Every strategy, written \`*\`."}, {"$ref": "common.schema.json#/$defs/strategy_id", "description": "This strategy alone."}], "examples": ["*", "alpha_baseline"]}
  }
}`,
};

export const SymbolType = schema(documents, "https://schemas.redis-client.example/common.schema.json", "/$defs/symbol", []);

export const StrategyId = schema(documents, "https://schemas.redis-client.example/common.schema.json", "/$defs/strategy_id", []);

export const NonNegativeDecimal = schema(documents, "https://schemas.redis-client.example/common.schema.json", "/$defs/non_negative_decimal", []);

export const OrderEvent = schema(documents, "https://schemas.redis-client.example/events/order.schema.json", null, ["https://schemas.redis-client.example/common.schema.json"]);

export const PositionEvent = schema(documents, "https://schemas.redis-client.example/events/position.schema.json", null, ["https://schemas.redis-client.example/common.schema.json"]);

export const Action = schema(documents, "https://schemas.redis-client.example/events/position.schema.json", "/$defs/action", ["https://schemas.redis-client.example/common.schema.json"]);

export const PriceUpdateEvent = schema(documents, "https://schemas.redis-client.example/events/price_update.schema.json", null, ["https://schemas.redis-client.example/common.schema.json"]);

export const SignalEvent = schema(documents, "https://schemas.redis-client.example/events/signal.schema.json", null, ["https://schemas.redis-client.example/common.schema.json"]);

export const Quote = schema(documents, "https://schemas.redis-client.example/keys.schema.json", "/$defs/quote", ["https://schemas.redis-client.example/common.schema.json"]);

export const FencedProducer = schema(documents, "https://schemas.redis-client.example/keys.schema.json", "/$defs/producer_id", ["https://schemas.redis-client.example/common.schema.json"]);

export const BreakerId = schema(documents, "https://schemas.redis-client.example/keys.schema.json", "/$defs/breaker_id", ["https://schemas.redis-client.example/common.schema.json"]);

export const StrategyName = schema(documents, "https://schemas.redis-client.example/keys.schema.json", "/$defs/strategy_name", ["https://schemas.redis-client.example/common.schema.json"]);

export const StrategyScope = schema(documents, "https://schemas.redis-client.example/keys.schema.json", "/$defs/strategy_scope", ["https://schemas.redis-client.example/common.schema.json"]);
