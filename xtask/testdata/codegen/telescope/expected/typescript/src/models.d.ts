/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { Decimal, EventType, Given, Timestamp, ValueType } from "./runtime.js";

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
 * `SlewEvent`
 *
 * Published on `scope.{scope}.slew.{axis}`.
 */
export interface SlewEvent {
  /** `event_type` */
  readonly event_type: "scope.slew";
  /** `axis` */
  axis: SlewEventAxis;
  /** `scope` */
  scope: Scope;
  /**
   * `to`
   *
   * Matches `^-?[0-9]{1,3}(\.[0-9]+)?$`.
   */
  to: Decimal;
  /**
   * `at`
   *
   * UTC is written `+00:00`.
   */
  at: Timestamp;
}
export declare const SlewEvent: EventType<SlewEvent, Given<SlewEvent, "event_type">>;

/** `SlewEvent axis` */
export type SlewEventAxis = "ra" | "dec";
export declare const SlewEventAxis: ValueType<SlewEventAxis>;

/**
 * `ParkEvent`
 *
 * Published on `scope.park`.
 */
export interface ParkEvent {
  /** `event_type` */
  readonly event_type: "scope.park \"now\"";
}
export declare const ParkEvent: EventType<ParkEvent, Given<ParkEvent, "event_type">>;

/**
 * `event`
 *
 * Published on `scope.{scope}.error`.
 */
export interface Event {
  /** `scope` */
  scope: Scope;
  /** `event_type` */
  readonly event_type: "scope.error";
  /**
   * `code`
   *
   * At least -3, at most 3, a multiple of 3.
   */
  code: number;
}
export declare const Event: EventType<Event, Given<Event, "event_type">>;

/**
 * `scope`
 *
 * At most 16 code points. Matches `^\p{Ll}[\p{Ll}\d]*$`.
 */
export type Scope = string;
export declare const Scope: ValueType<Scope>;

/** Any event of the schemas. */
export type AnyEvent = SlewEvent | ParkEvent | Event;
