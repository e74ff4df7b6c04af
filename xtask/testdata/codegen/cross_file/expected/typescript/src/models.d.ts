/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { ValueType } from "./runtime.js";

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
 * `kilometres`
 *
 * At least 0.
 */
export type Kilometres = number;
export declare const Kilometres: ValueType<Kilometres>;

/**
 * `plate`
 *
 * At least 2 code points. Matches `^[A-Z0-9-]+$`.
 */
export type Plate = string;
export declare const Plate: ValueType<Plate>;

/**
 * `short_plate`
 *
 * 2 to 5 code points. Matches `^[A-Z] and ^[A-Z0-9-]+$`.
 */
export type ShortPlate = string;
export declare const ShortPlate: ValueType<ShortPlate>;

/** `slash/and~tilde` */
export type SlashAndTilde = "a/b" | "c~d";
export declare const SlashAndTilde: ValueType<SlashAndTilde>;

/** `embedded` */
export interface Embedded {
  /** `amount` */
  amount: Litres;
}
export declare const Embedded: ValueType<Embedded>;

/**
 * `litres`
 *
 * At least 0, at most 2000.
 */
export type Litres = number;
export declare const Litres: ValueType<Litres>;

/** `Trip` */
export interface Trip {
  /** `distance` */
  distance: Kilometres;
  /**
   * `limit`
   *
   * At least 0, at most 500.
   */
  limit?: number;
  /** `plate` */
  plate: Plate;
  /** `short` */
  short?: ShortPlate;
  /** `odd` */
  odd?: SlashAndTilde;
  /** `fuel` */
  fuel?: Embedded;
  /** `litres` */
  litres?: Litres;
  /** `driver` */
  driver?: Driver;
}
export declare const Trip: ValueType<Trip>;

/** `Driver` */
export interface Driver {
  /** `name` */
  name: Name;
}
export declare const Driver: ValueType<Driver>;

/**
 * `name`
 *
 * At least 1 code point.
 */
export type Name = string;
export declare const Name: ValueType<Name>;
