/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { EventType, Given, Timestamp, ValueType } from "./runtime.js";

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
 * What a station has measured; see [the manual] or https://weather.example/manual.
 *
 * Published on `weather.{station}.reading`.
 */
export interface Reading {
  /** `event_type` */
  readonly event_type: "weather.reading";
  /** `version` */
  readonly version: 2;
  /** `station` */
  station: StationId;
  /** `taken_at` */
  taken_at: Timestamp;
  /**
   * `celsius`
   *
   * At least -90.5, less than 70, a multiple of 0.5.
   */
  celsius: number;
  /**
   * `humidity`
   *
   * At most 100.
   */
  humidity: number | null;
  /**
   * Knots, latest first.
   *
   * At most 3 items.
   */
  gusts: ReadingGustsItem[];
  /** `null` at night. */
  sky: ReadingSky | null;
  /**
   * `battery_ok`
   *
   * Default: `true`.
   */
  battery_ok?: boolean;
  /**
   * `remark`
   *
   * 1 to 8 code points.
   */
  remark?: string;
  /**
   * `tags`
   *
   * At least 1 item. All items differ.
   */
  tags?: string[];
}
export declare const Reading: EventType<Reading, Given<Reading, "event_type" | "version">>;

/**
 * `Reading gusts item`
 *
 * At least 0.
 */
export type ReadingGustsItem = number;
export declare const ReadingGustsItem: ValueType<ReadingGustsItem>;

/** `null` at night. */
export type ReadingSky = "clear" | "overcast" | "<10% cloud";
export declare const ReadingSky: ValueType<ReadingSky>;

/**
 * Station ID
 *
 * Matches `^[A-Z]{4}$`. Example: `"EDDF"`.
 */
export type StationId = string;
export declare const StationId: ValueType<StationId>;

/** Any event of the schemas. */
export type AnyEvent = Reading;
