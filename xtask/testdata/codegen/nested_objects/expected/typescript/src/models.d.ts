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
 * ```
 * not a test
 * ```
 */
export interface Recipe {
  /** `name` */
  name: string;
  /** `yield` */
  yield?: RecipeYield;
  /** `steps` */
  steps: RecipeStepsItem[];
  /** `amounts` */
  amounts?: { [name: string]: RecipeAmountsValue };
  /** `variants` */
  variants?: { [name: string]: Recipe };
  /** `based_on` */
  based_on?: Recipe;
  /** `tree` */
  tree?: Node;
  /** `forest` */
  forest?: List;
}
export declare const Recipe: ValueType<Recipe>;

/** `Recipe yield` */
export interface RecipeYield {
  /**
   * `amount`
   *
   * At least 1.
   */
  amount: number;
  /** `unit` */
  unit?: RecipeYieldUnit;
}
export declare const RecipeYield: ValueType<RecipeYield>;

/** `Recipe yield unit` */
export type RecipeYieldUnit = "portions" | "pieces";
export declare const RecipeYieldUnit: ValueType<RecipeYieldUnit>;

/** `Recipe steps item` */
export interface RecipeStepsItem {
  /**
   * `text`
   *
   * At least 1 code point.
   */
  text: string;
  /**
   * `minutes`
   *
   * More than 0.
   */
  minutes?: number;
  /** `uses` */
  uses?: (RecipeStepsItemUsesItem | null)[];
}
export declare const RecipeStepsItem: ValueType<RecipeStepsItem>;

/**
 * `Recipe steps item uses item`
 *
 * Matches `^[a-z ]+$`.
 */
export type RecipeStepsItemUsesItem = string;
export declare const RecipeStepsItemUsesItem: ValueType<RecipeStepsItemUsesItem>;

/**
 * `Recipe amounts value`
 *
 * At least 0.
 */
export type RecipeAmountsValue = number;
export declare const RecipeAmountsValue: ValueType<RecipeAmountsValue>;

/** `node` */
export interface Node {
  /** `value` */
  value: number;
  /** `left` */
  left: Node | null;
  /** `right` */
  right?: Node;
}
export declare const Node: ValueType<Node>;

/** `list` */
export type List = List[];
export declare const List: ValueType<List>;
