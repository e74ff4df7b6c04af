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

/** Built from parts: everything in `allOf` holds at once. */
export interface Device {
  /**
   * A range in steps.
   *
   * At least 10, at most 30, a multiple of 10.
   */
  speed: number;
  /**
   * `ports`
   *
   * At least 1, at most 3.
   */
  ports?: number | null;
  /** `generation` */
  readonly generation: 2;
  /**
   * `slots`
   *
   * At least 1, at most 8.
   */
  slots?: number;
  /** `contact` */
  contact?: Contact;
  /**
   * `uptime`
   *
   * Of the format `duration`.
   */
  uptime?: string;
  /** Anything at all. */
  extra?: Json;
  /**
   * `list`
   *
   * At most 2 items.
   */
  list?: Json[];
  /** `reserved` */
  reserved?: null;
  /** `address` */
  address: AddressedAddress;
  /**
   * `rack`
   *
   * 2 to 4 code points.
   */
  rack: string;
  /** `owner` */
  owner?: string;
}
export declare const Device: ValueType<Device, Given<Device, "generation">>;

/** `addressed address` */
export type AddressedAddress = V4 | V6;
export declare const AddressedAddress: ValueType<AddressedAddress>;

/**
 * `contact`
 *
 * At most 20 code points. Of the format `email`.
 */
export type Contact = string;
export declare const Contact: ValueType<Contact>;

/**
 * `v4`
 *
 * Of the format `ipv4`.
 */
export type V4 = string;
export declare const V4: ValueType<V4>;

/**
 * `v6`
 *
 * Of the format `ipv6`.
 */
export type V6 = string;
export declare const V6: ValueType<V6>;

/** `open` */
export interface Open {
  /** `any` */
  any: Json;
}
export declare const Open: ValueType<Open>;
