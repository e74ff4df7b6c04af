/**
 * Channels: their names, and the events that travel on them.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import { OrderEvent, PositionEvent, PriceUpdateEvent, SignalEvent } from "./models.js";
import * as runtime from "./runtime.js";

export const ORDERS_EXECUTED = "orders.executed";

export const POSITIONS_UPDATED = "positions.updated";

export const PRICE_UPDATED = "price.updated.{symbol}";

export const SIGNALS_GENERATED = "signals.generated";

/** @type {readonly string[]} */
export const ALL = Object.freeze([ORDERS_EXECUTED, POSITIONS_UPDATED, PRICE_UPDATED, SIGNALS_GENERATED]);

/** @type {readonly string[]} */
export const NAMES = Object.freeze([ORDERS_EXECUTED, POSITIONS_UPDATED, SIGNALS_GENERATED]);

/** @type {readonly string[]} */
export const PATTERNS = Object.freeze(["price.updated.*"]);

/**
 * @param {string | number} symbol
 * @returns {string}
 */
export const priceUpdated = (symbol) =>
  runtime.channel(["price.updated.", { part: "symbol", check: checks.SymbolType }], { ["symbol"]: symbol });

const EVENTS = [OrderEvent, PositionEvent, PriceUpdateEvent, SignalEvent];

/**
 * @param {string} eventType
 * @returns {import("./runtime.js").EventType<any, any>}
 */
function ofType(eventType) {
  const found = EVENTS.find((model) => model.eventType === eventType);
  if (found === undefined) {
    throw new runtime.UnknownChannel("no event of the schemas is of this type");
  }
  return found;
}

/**
 * @param {string} channel
 * @param {string | Uint8Array} payload
 */
export function decode(channel, payload) {
  const [first, ...others] = EVENTS.filter((model) => model.matches(channel));
  if (first === undefined) {
    throw new runtime.UnknownChannel("no event of the schemas travels on this channel");
  }
  const said = others.length > 0 ? runtime.peek(payload, "event_type") : undefined;
  const chosen = others.find((model) => model.eventType === said) ?? first;
  return chosen.decode(payload);
}

/**
 * @param {string} eventType
 * @param {string | Uint8Array} payload
 */
export function decodeType(eventType, payload) {
  return ofType(eventType).decode(payload);
}

/** @param {{ readonly event_type: string }} event */
export function encode(event) {
  const model = ofType(event.event_type);
  const payload = model.encode(event);
  return { channel: model.channelOf(event), payload };
}
