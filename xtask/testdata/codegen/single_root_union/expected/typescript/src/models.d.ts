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

/** `Root value` */
export type RootValue = number | Root2;
export declare const RootValue: ValueType<RootValue>;

/** `Root` */
export type Root = RootValue | null;
export declare const Root: ValueType<Root>;

/** `Root` */
export interface Root2 {
  /** `inner` */
  inner?: RootValue | null;
}
export declare const Root2: ValueType<Root2>;
