/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { DateText, Given, ValueType } from "./runtime.js";

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

/** `Loan` */
export interface Loan {
  /** `type` */
  type: string;
  /** `self` */
  self?: number;
  /** `self_` */
  self_?: number;
  /** `due date` */
  "due date"?: DateText;
  /** `due-date` */
  "due-date"?: DateText;
  /** `due_date` */
  due_date: DateText;
  /** `2nd reader` */
  "2nd reader": string | null;
  /** `größe` */
  "größe"?: number;
  /** `日本` */
  "日本"?: string;
  /** `""` */
  ""?: boolean;
  /** `$ref` */
  $ref?: StringType;
  /** `a"b\c` */
  "a\"b\\c"?: number;
  /** `gen` */
  gen?: LoanGen;
  /**
   * `returned`
   *
   * Default: `null`.
   */
  returned: boolean | null;
}
export declare const Loan: ValueType<Loan, Given<Loan, "returned">>;

/** `Loan gen` */
export type LoanGen = "+" | "-" | "+1" | "-1" | "type" | "Self" | "self" | "";
export declare const LoanGen: ValueType<LoanGen>;

/**
 * `String`
 *
 * At most 3 code points.
 */
export type StringType = string;
export declare const StringType: ValueType<StringType>;

/**
 * `vec`
 *
 * At most 2 items.
 */
export type Vec2 = StringType[];
export declare const Vec2: ValueType<Vec2>;

/**
 * `Vec`
 *
 * At most 10.
 */
export type Vec = number;
export declare const Vec: ValueType<Vec>;

/**
 * `loan`
 *
 * At least 2 code points.
 */
export type Loan2 = string;
export declare const Loan2: ValueType<Loan2>;
