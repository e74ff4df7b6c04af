/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { Given, Json, ValueType } from "./runtime.js";

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

/** Members that are one of a list, of whatever kind. */
export interface Switch {
  /**
   * `always_on`
   *
   * Always `true`.
   */
  always_on?: boolean;
  /**
   * `never`
   *
   * Always `false`.
   */
  never?: boolean | null;
  /** `either` */
  either?: boolean;
  /**
   * `level`
   *
   * One of `1`, `2`, `4`, `8`.
   */
  level?: number;
  /**
   * `gain`
   *
   * One of `0.5`, `-1`, `3`.
   */
  gain?: number | null;
  /**
   * `wide`
   *
   * At least 9007199254740991, at most 9007199254740991.
   */
  wide?: number;
  /** `edge` */
  readonly edge: 7.5;
  /**
   * A word, a number or nothing.
   *
   * One of `"auto"`, `0`, `1.5`, `null`, `[]`, `{"a":[true]}`.
   */
  mixed?: Json;
  /**
   * `pair`
   *
   * Always `[1,{"b":null,"a":"x"}]`.
   */
  pair: Json;
  /**
   * `scalar`
   *
   * One of `"auto"`, `true`.
   */
  scalar?: Json;
  /**
   * `at`
   *
   * Of the format `time`.
   */
  at?: string;
  /**
   * `host`
   *
   * Of the format `hostname`.
   */
  host?: string;
  /** `times` */
  times?: SwitchTimesItem[];
}
export declare const Switch: ValueType<Switch, Given<Switch, "edge">>;

/**
 * `switch times item`
 *
 * Of the format `time`. At most 14 code points.
 */
export type SwitchTimesItem = string;
export declare const SwitchTimesItem: ValueType<SwitchTimesItem>;

/**
 * A value of any type; each rule binds the values of its own type.
 *
 * 2 to 4 code points. 1 to 3 items. At most 2 members. All items differ. At least -5, less than 1000.5, a
 * multiple of 0.5. Matches `^[a-z]`. Names match `^[^]{0,3}$`.
 */
export type Whatever = Json;
export declare const Whatever: ValueType<Whatever>;

/** `loose` */
export interface Loose {
  /**
   * `a`
   *
   * At least 2 items.
   */
  a?: Json;
  /**
   * `b`
   *
   * Of the format `ipv4`.
   */
  b?: Json;
  /**
   * `c`
   *
   * At most 9007199254740991.
   */
  c?: Json;
  /**
   * `d`
   *
   * Of the format `time`.
   */
  d?: Json;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Loose: ValueType<Loose>;

/**
 * `loose ^m value`
 *
 * At least 1 code point.
 */
export type LooseMValue = Json;
export declare const LooseMValue: ValueType<LooseMValue>;

/** `loose value` */
export type LooseValue = boolean | string;
export declare const LooseValue: ValueType<LooseValue>;

/** No type, and rules about what values hold. */
export type Holds = boolean | string | string[] | HoldsObject | HoldsNumber;
export declare const Holds: ValueType<Holds>;

/**
 * No type, and rules about what values hold.
 *
 * At least 3.
 */
export type HoldsNumber = number;
export declare const HoldsNumber: ValueType<HoldsNumber>;

/** No type, and rules about what values hold. */
export interface HoldsObject {
  /** `a` */
  a: number;
  /** `again` */
  again?: Holds | null;
}
export declare const HoldsObject: ValueType<HoldsObject>;

/**
 * `differing`
 *
 * All items differ.
 */
export type Differing = Json[];
export declare const Differing: ValueType<Differing>;
