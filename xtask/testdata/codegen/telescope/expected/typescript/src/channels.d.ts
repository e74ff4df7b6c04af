/**
 * Channels: their names, and the events that travel on them.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { AnyEvent, Event, ParkEvent, Scope, SlewEvent, SlewEventAxis } from "./models.js";
import type { DecodeError, EncodeError, SchemaError, UnknownChannel } from "./runtime.js";

/** The channel of {@link SlewEvent}. */
export declare const SCOPE_SLEW: "scope.{scope}.slew.{axis}";

/** The channel of {@link ParkEvent}. */
export declare const SCOPE_PARK: "scope.park";

/** The channel of {@link Event}. */
export declare const SCOPE_ERROR: "scope.{scope}.error";

/** Every channel, with the placeholders of those that have some. */
export declare const ALL: readonly string[];

/** What to `SUBSCRIBE` to for every event whose channel is one name. */
export declare const NAMES: readonly string[];

/** What to `PSUBSCRIBE` to for every event whose channel has placeholders. */
export declare const PATTERNS: readonly string[];

/** One channel of {@link SlewEvent}, such as to subscribe to it alone; a {@link SchemaError} for a wrong part. */
export declare const scopeSlew: (scope: Scope, axis: SlewEventAxis) => string;

/** One channel of {@link Event}, such as to subscribe to it alone; a {@link SchemaError} for a wrong part. */
export declare const scopeError: (scope: Scope) => string;

/**
 * Reads the event of a message.
 *
 * {@link UnknownChannel} when no event travels there, a {@link DecodeError} when the payload is no such event.
 */
export declare function decode(channel: string, payload: string | Uint8Array): AnyEvent;

/** Reads an event that is on no channel, by the type it is said to have; {@link UnknownChannel} for an unknown one. */
export declare function decodeType(eventType: string, payload: string | Uint8Array): AnyEvent;

/** Checks an event and gives its channel and its JSON; an {@link EncodeError} says where and why not. */
export declare function encode(event: AnyEvent): { channel: string; payload: string };
