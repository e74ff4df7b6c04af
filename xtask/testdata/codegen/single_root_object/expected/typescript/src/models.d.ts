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

/** `Parcel` */
export interface Parcel {
  /** `id` */
  id: Id;
  /** `root` */
  root?: RootType;
}
export declare const Parcel: ValueType<Parcel>;

/**
 * `id`
 *
 * Matches `^[0-9]+$`.
 */
export type Id = string;
export declare const Id: ValueType<Id>;

/**
 * `root`
 *
 * At most 9.
 */
export type RootType = number;
export declare const RootType: ValueType<RootType>;

/** What the schema file describes. */
export type Root = Parcel;
export declare const Root: typeof Parcel;
