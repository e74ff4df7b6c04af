/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { DateText, Given, Json, ValueType } from "./runtime.js";

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

/** A drawing: what is on it, and how it is laid out. */
export interface Drawing {
  /** `shapes` */
  shapes: Shape[];
  /** `cover` */
  cover: Shape | null;
  /** `width` */
  width: Length;
  /** `layers` */
  layers?: { [name: string]: Layer };
  /** `formula` */
  formula?: Expression;
  /** `outline` */
  outline?: Outline | null;
  /** `note` */
  note?: DrawingNote | null;
  /** How fine the grid is. */
  grid?: DrawingGrid;
  /** Where it comes from, by whichever facts are known. */
  source?: DrawingSource;
  /** `scale` */
  scale?: DrawingScale;
  /** `made` */
  made?: DrawingMade;
  /** A constant that is not there makes it another kind. */
  loose?: DrawingLoose;
  /** Texts that swallow each other. */
  word?: DrawingWord;
  /** `code` */
  code?: DrawingCode;
  /** `label` */
  label?: DrawingLabel;
}
export declare const Drawing: ValueType<Drawing>;

/** `Drawing note` */
export type DrawingNote = DrawingNoteInteger | DrawingNoteText | string[];
export declare const DrawingNote: ValueType<DrawingNote>;

/**
 * `Drawing note Integer`
 *
 * At least 3.
 */
export type DrawingNoteInteger = number;
export declare const DrawingNoteInteger: ValueType<DrawingNoteInteger>;

/**
 * `Drawing note Text`
 *
 * At least 2 code points.
 */
export type DrawingNoteText = string;
export declare const DrawingNoteText: ValueType<DrawingNoteText>;

/** How fine the grid is. */
export type DrawingGrid = Fine | Coarse;
export declare const DrawingGrid: ValueType<DrawingGrid>;

/**
 * `Fine`
 *
 * At most 1.
 */
export type Fine = number;
export declare const Fine: ValueType<Fine>;

/**
 * `Coarse`
 *
 * At least 10.
 */
export type Coarse = number;
export declare const Coarse: ValueType<Coarse>;

/** Where it comes from, by whichever facts are known. */
export type DrawingSource = Person | Place;
export declare const DrawingSource: ValueType<DrawingSource>;

/** `Drawing scale` */
export type DrawingScale = DrawingScaleChoice1 | DrawingScaleChoice2;
export declare const DrawingScale: ValueType<DrawingScale>;

/** `Drawing scale choice 1` */
export interface DrawingScaleChoice1 {
  /** `of` */
  of: number;
  /** `to` */
  to: Json;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const DrawingScaleChoice1: ValueType<DrawingScaleChoice1>;

/** `Drawing scale choice 2` */
export interface DrawingScaleChoice2 {
  /** `of` */
  of: number;
  /** `about` */
  about: Json;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const DrawingScaleChoice2: ValueType<DrawingScaleChoice2>;

/** `Drawing made` */
export interface DrawingMade {
  /** `by` */
  readonly by: null;
  /** `version` */
  readonly version: 1.5;
  /** `draft` */
  readonly draft: true;
  /** `year` */
  readonly year: 2025;
}
export declare const DrawingMade: ValueType<DrawingMade, Given<DrawingMade, "by" | "version" | "draft" | "year">>;

/** A constant that is not there makes it another kind. */
export type DrawingLoose = Strict | DrawingLooseObject;
export declare const DrawingLoose: ValueType<DrawingLoose>;

/** `Strict` */
export interface Strict {
  /** `kind` */
  readonly kind: "a";
}
export declare const Strict: ValueType<Strict, Given<Strict, "kind">>;

/**
 * `Drawing loose Object`
 *
 * At most 2 members.
 */
export type DrawingLooseObject = { [name: string]: Json };
export declare const DrawingLooseObject: ValueType<DrawingLooseObject>;

/** Texts that swallow each other. */
export type DrawingWord = "none" | string | DrawingWordChoice4 | DateText | DrawingWordText;
export declare const DrawingWord: ValueType<DrawingWord>;

/** `Drawing word choice 4` */
export type DrawingWordChoice4 = "b" | "a";
export declare const DrawingWordChoice4: ValueType<DrawingWordChoice4>;

/** `Drawing word Text` */
export type DrawingWordText = DrawingWordTextText | DrawingWordTextText2;
export declare const DrawingWordText: ValueType<DrawingWordText>;

/**
 * `Drawing word Text Text`
 *
 * At least 9 code points.
 */
export type DrawingWordTextText = string;
export declare const DrawingWordTextText: ValueType<DrawingWordTextText>;

/**
 * `Drawing word Text Text`
 *
 * Matches `^[ab]*$`.
 */
export type DrawingWordTextText2 = string;
export declare const DrawingWordTextText2: ValueType<DrawingWordTextText2>;

/** `Drawing code` */
export type DrawingCode = "none" | string | DrawingCodeChoice4 | DrawingCodeText;
export declare const DrawingCode: ValueType<DrawingCode>;

/** `Drawing code choice 4` */
export type DrawingCodeChoice4 = "b" | "a";
export declare const DrawingCodeChoice4: ValueType<DrawingCodeChoice4>;

/**
 * `Drawing code Text`
 *
 * At most 1 code point.
 */
export type DrawingCodeText = string;
export declare const DrawingCodeText: ValueType<DrawingCodeText>;

/** `Drawing label` */
export type DrawingLabel = DrawingLabelText | DrawingLabelText2;
export declare const DrawingLabel: ValueType<DrawingLabel>;

/**
 * `Drawing label Text`
 *
 * At least 2 code points.
 */
export type DrawingLabelText = string;
export declare const DrawingLabelText: ValueType<DrawingLabelText>;

/**
 * `Drawing label Text`
 *
 * At most 4 code points.
 */
export type DrawingLabelText2 = string;
export declare const DrawingLabelText2: ValueType<DrawingLabelText2>;

/** Something drawn, of one kind. */
export type Shape = ShapeCircle | ShapeSquare | Group;
export declare const Shape: ValueType<Shape>;

/** All points as far from the centre. */
export interface ShapeCircle {
  /** `kind` */
  readonly kind: "circle";
  /**
   * `radius`
   *
   * More than 0.
   */
  radius: number;
  /** `layer` */
  layer: string;
}
export declare const ShapeCircle: ValueType<ShapeCircle, Given<ShapeCircle, "kind">>;

/** `shape square` */
export interface ShapeSquare {
  /** `kind` */
  readonly kind: "square";
  /** `side` */
  side: number;
  /**
   * `turned`
   *
   * Default: `false`.
   */
  turned?: boolean;
  /** `layer` */
  layer: string;
}
export declare const ShapeSquare: ValueType<ShapeSquare, Given<ShapeSquare, "kind">>;

/** `Group` */
export interface Group {
  /** `kind` */
  readonly kind: "group";
  /** `members` */
  members: Shape[];
  /** `layer` */
  layer: string;
}
export declare const Group: ValueType<Group, Given<Group, "kind">>;

/** `person` */
export interface Person {
  /** `name` */
  name: string;
  /** `home` */
  home?: PersonHome;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Person: ValueType<Person>;

/** `person home` */
export interface PersonHome {
  /** `town` */
  town?: string;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const PersonHome: ValueType<PersonHome>;

/** `place` */
export interface Place {
  /** `town` */
  town?: string;
  /** `home` */
  home?: PlaceHome;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const Place: ValueType<Place>;

/** `place home` */
export interface PlaceHome {
  /** `street` */
  street?: string;
  /** Other members by name. */
  [name: string]: unknown;
}
export declare const PlaceHome: ValueType<PlaceHome>;

/**
 * A length: chosen by itself, in points, or with its unit.
 *
 * Examples: `"auto"`, `12.5`.
 */
export type Length = "auto" | LengthInteger | LengthObject | LengthNumber;
export declare const Length: ValueType<Length>;

/**
 * `length Number`
 *
 * At least 0.
 */
export type LengthNumber = number;
export declare const LengthNumber: ValueType<LengthNumber>;

/**
 * Below zero it is counted from the right.
 *
 * At most -1.
 */
export type LengthInteger = number;
export declare const LengthInteger: ValueType<LengthInteger>;

/** `length Object` */
export interface LengthObject {
  /** `value` */
  value: number;
  /** `unit` */
  unit: LengthObjectUnit;
}
export declare const LengthObject: ValueType<LengthObject>;

/** `length Object unit` */
export type LengthObjectUnit = "mm" | "in";
export declare const LengthObjectUnit: ValueType<LengthObjectUnit>;

/** `Layer` */
export type Layer = Tint | Texture;
export declare const Layer: ValueType<Layer>;

/** `tint` */
export interface Tint {
  /** `opacity` */
  opacity?: number;
  /** `colour` */
  colour?: string;
}
export declare const Tint: ValueType<Tint>;

/** `texture` */
export interface Texture {
  /** `opacity` */
  opacity?: number;
  /** `file` */
  file?: string;
}
export declare const Texture: ValueType<Texture>;

/** `outline` */
export type Outline = OutlineObject;
export declare const Outline: ValueType<Outline>;

/** `outline Object` */
export interface OutlineObject {
  /** `name` */
  name: string;
  /** `inner` */
  inner: Outline | null;
  /** `next` */
  next?: Outline | null;
}
export declare const OutlineObject: ValueType<OutlineObject>;

/** `expression` */
export type Expression = Expression[] | ExpressionMinus | ExpressionPlus | number;
export declare const Expression: ValueType<Expression>;

/** `expression minus` */
export interface ExpressionMinus {
  /** `op` */
  readonly op: "minus";
  /** `of` */
  of: Expression;
}
export declare const ExpressionMinus: ValueType<ExpressionMinus, Given<ExpressionMinus, "op">>;

/** `expression plus` */
export interface ExpressionPlus {
  /** `op` */
  readonly op: "plus";
  /** `left` */
  left: Expression;
  /** `right` */
  right: Expression;
}
export declare const ExpressionPlus: ValueType<ExpressionPlus, Given<ExpressionPlus, "op">>;
