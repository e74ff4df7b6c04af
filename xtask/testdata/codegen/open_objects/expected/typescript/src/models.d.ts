/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { Json, ValueType } from "./runtime.js";

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

/** What stands on a parcel; remarks of carriers are kept. */
export interface Label {
  /**
   * `to`
   *
   * At least 1 code point.
   */
  to: string;
  /** A member that is called like the map. */
  additional?: boolean;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Label: ValueType<Label>;

/**
 * `label value`
 *
 * At most 20 code points.
 */
export type LabelValue = string;
export declare const LabelValue: ValueType<LabelValue>;

/** Whatever else is there is kept as it is. */
export interface Anything {
  /** `id` */
  id?: number;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Anything: ValueType<Anything>;

/** Members by pattern: a name that matches both patterns satisfies both. */
export interface Scan {
  /**
   * `w_kg`
   *
   * At least 0, at most 1000.
   */
  w_kg: number;
  /** `x_self` */
  x_self?: Scan;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Scan: ValueType<Scan>;

/**
 * `scan matching ^w_ and _kg$ value`
 *
 * At least 0, at most 1000.
 */
export type ScanMatchingWAndKgValue = number;
export declare const ScanMatchingWAndKgValue: ValueType<ScanMatchingWAndKgValue>;

/**
 * `scan ^w_ value`
 *
 * At least 0.
 */
export type ScanWValue = number;
export declare const ScanWValue: ValueType<ScanWValue>;

/**
 * In kilograms.
 *
 * At most 1000.
 */
export type ScanKgValue = number;
export declare const ScanKgValue: ValueType<ScanKgValue>;

/** `closed_scan` */
export interface ClosedScan {
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const ClosedScan: ValueType<ClosedScan>;

/**
 * Only maps: their names say what they hold.
 *
 * 1 to 3 members.
 */
export interface Tags {
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Tags: ValueType<Tags>;

/**
 * Every name is a code, declared or not; there are two or three.
 *
 * 2 to 3 members.
 */
export interface Coded {
  /** `AA` */
  AA?: number;
  /** `BB` */
  BB?: number | null;
  /** Other members, their names matching `^[A-Z]{2}$`. */
  [name: string]: unknown;
}
export declare const Coded: ValueType<Coded>;

/** `without` */
export interface Without {
  /** `a` */
  a: number;
  /** Other members, their names matching `^(?!b$)`. */
  [name: string]: unknown;
}
export declare const Without: ValueType<Without>;

/** Each part sees its own members only. */
export interface Parts {
  /**
   * `own`
   *
   * At least 1, at most 10.
   */
  own?: number;
  /** `far` */
  far?: Json;
  /**
   * `other`
   *
   * At least 1.
   */
  other: number;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Parts: ValueType<Parts>;

/**
 * `parts value`
 *
 * At least 1.
 */
export type PartsValue = number;
export declare const PartsValue: ValueType<PartsValue>;

/** `evaluated` */
export interface Evaluated {
  /** `a` */
  a?: string;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Evaluated: ValueType<Evaluated>;

/** `void` */
export interface Void {
}
export declare const Void: ValueType<Void>;
