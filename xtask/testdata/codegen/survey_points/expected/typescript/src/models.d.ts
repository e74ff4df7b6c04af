/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { Json, Timestamp, ValueType } from "./runtime.js";

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

/** `Survey` */
export interface Survey {
  /** `origin` */
  origin: Point;
  /**
   * `line`
   *
   * All items differ.
   */
  line?: Point[];
  /** When, what and how well. */
  reading?: SurveyReading | null;
  /** `log` */
  log?: SurveyLog;
  /** `flags` */
  flags?: SurveyFlags;
  /**
   * `empty`
   *
   * At most 0 items.
   */
  empty?: Json[];
  /** `short` */
  short?: SurveyShort;
  /** `long` */
  long?: SurveyLong;
  /**
   * `anything`
   *
   * All items differ.
   */
  anything?: Json[];
  /** `tree` */
  tree?: Tree;
  /** `either` */
  either?: SurveyEither;
}
export declare const Survey: ValueType<Survey>;

/**
 * When, what and how well.
 *
 * At most 5 items. Those behind the first 2 may be absent, from some place on.
 */
export type SurveyReading = [Timestamp, number | null, SurveyReadingItem3?, ...(SurveyReadingItem)[]];
export declare const SurveyReading: ValueType<SurveyReading>;

/** `Survey reading item 3` */
export type SurveyReadingItem3 = "good" | "poor";
export declare const SurveyReadingItem3: ValueType<SurveyReadingItem3>;

/**
 * `Survey reading item`
 *
 * At least 1 code point.
 */
export type SurveyReadingItem = string;
export declare const SurveyReadingItem: ValueType<SurveyReadingItem>;

/**
 * `Survey log`
 *
 * All of them may be absent, from some place on. All items differ.
 */
export type SurveyLog = [boolean?, boolean?, ...(Json)[]];
export declare const SurveyLog: ValueType<SurveyLog>;

/**
 * `Survey flags`
 *
 * All of them may be absent, from some place on. All items differ.
 */
export type SurveyFlags = [number?, number?];
export declare const SurveyFlags: ValueType<SurveyFlags>;

/**
 * `Survey short`
 *
 * All of them may be absent, from some place on.
 */
export type SurveyShort = [number?];
export declare const SurveyShort: ValueType<SurveyShort>;

/**
 * `Survey long`
 *
 * At least 3 items.
 */
export type SurveyLong = [number, ...(number)[]];
export declare const SurveyLong: ValueType<SurveyLong>;

/** `Survey either` */
export type SurveyEither = Point | string | SurveyEitherObject;
export declare const SurveyEither: ValueType<SurveyEither>;

/**
 * `Survey either Object`
 *
 * At most 2 members.
 */
export type SurveyEitherObject = { [name: string]: Json };
export declare const SurveyEitherObject: ValueType<SurveyEitherObject>;

/**
 * Where something is: across, up and, where it is known, above the sea.
 *
 * Those behind the first 2 may be absent, from some place on. Examples: `[1.5, -2]`, `[0, 0, 12.25]`.
 */
export type Point = [number, number, number?];
export declare const Point: ValueType<Point>;

/**
 * A name, then what hangs on the left and on the right.
 *
 * Those behind the first may be absent, from some place on.
 */
export type Tree = [string, Tree?, (Tree | null)?];
export declare const Tree: ValueType<Tree>;
