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

/** `Table` */
export interface Table {
  /**
   * `counts`
   *
   * 1 to 2 members.
   */
  counts?: { [name: string]: number };
  /**
   * `labels`
   *
   * Names match `^(?=[a-z]+$)(?=[^]{0,3}$)`.
   */
  labels?: { [name: string]: Json };
  /**
   * `flags`
   *
   * Names match `^(?:x|a"b)$`.
   */
  flags?: { [name: string]: boolean };
  /** `open` */
  open?: { [name: string]: Json };
  /** `named` */
  named?: Named;
  /**
   * `empty`
   *
   * At most 0 members.
   */
  empty?: { [name: string]: Json };
}
export declare const Table: ValueType<Table>;

/**
 * `named`
 *
 * Names match
 * `^(?=[^]*(?:^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3})$))(?=[^]{2,}$)`.
 */
export type Named = { [name: string]: NamedValue };
export declare const Named: ValueType<Named>;

/**
 * `named value`
 *
 * At least 1 code point.
 */
export type NamedValue = string;
export declare const NamedValue: ValueType<NamedValue>;
