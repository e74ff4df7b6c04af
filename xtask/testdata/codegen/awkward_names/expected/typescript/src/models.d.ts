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

/** Types called as code that is written by machines likes to call its own. It ends with """" */
export interface Alphabet {
  /** `a` */
  a?: A;
  /** `b` */
  b?: A[];
  /** `d` */
  d?: D;
  /** `s` */
  s?: S;
  /** `e` */
  e?: E;
  /** `m` */
  m?: M;
  /** `members` */
  members?: Members;
  /** `text` */
  text?: Text;
  /** `elements` */
  elements?: Elements;
  /** `warning` */
  warning?: Warning;
}
export declare const Alphabet: ValueType<Alphabet>;

/** " */
export interface A {
  /** `d` */
  d: D;
}
export declare const A: ValueType<A>;

/**
 * """
 *
 * At least 1 code point.
 */
export type D = string;
export declare const D: ValueType<D>;

/** a \" */
export type S = "t" | "u";
export declare const S: ValueType<S>;

/** `E` */
export type E = A | D;
export declare const E: ValueType<E>;

/** A map of itself. */
export type M = { [name: string]: M };
export declare const M: ValueType<M>;

/** `Members` */
export interface Members {
  /** `s` */
  s?: S;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Members: ValueType<Members>;

/** `Text` */
export type Text = "members" | "elements";
export declare const Text: ValueType<Text>;

/** `Elements` */
export type Elements = [Text, ...(A)[]];
export declare const Elements: ValueType<Elements>;

/** Python has a class of this name. */
export interface Warning {
  /** `code` */
  code: number;
}
export declare const Warning: ValueType<Warning>;
