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
 * `Scan page`
 *
 * At least 1.
 */
export type ScanPage = number;
export declare const ScanPage: ValueType<ScanPage>;

/** `Scan kind` */
export type ScanKind = "front" | "back";
export declare const ScanKind: ValueType<ScanKind>;

/**
 * `move self`
 *
 * Matches `^[a-c]{1,3}$`.
 */
export type MoveSelf = string;
export declare const MoveSelf: ValueType<MoveSelf>;

/** `page` */
export interface Page {
  /** `text` */
  text: string;
}
export declare const Page: ValueType<Page>;

/**
 * `reader`
 *
 * Matches `^[^:/*?\[\]\\\s\p{Cc}]+$`.
 */
export type Reader = string;
export declare const Reader: ValueType<Reader>;

/** `reader_or_all` */
export type ReaderOrAll = "*" | Reader;
export declare const ReaderOrAll: ValueType<ReaderOrAll>;
