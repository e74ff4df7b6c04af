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

/** `Root` */
export type Root2 = number | Root3;
export declare const Root2: ValueType<Root2>;

/** `Root` */
export type Root = Root2 | null;
export declare const Root: ValueType<Root>;

/** `Root` */
export interface Root3 {
  /** `inner` */
  inner?: Root2 | null;
}
export declare const Root3: ValueType<Root3>;
