/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Recipe = runtime.type(checks.Recipe);

export const RecipeYield = runtime.type(checks.RecipeYield);

export const RecipeYieldUnit = runtime.type(checks.RecipeYieldUnit);

export const RecipeStepsItem = runtime.type(checks.RecipeStepsItem);

export const RecipeStepsItemUsesItem = runtime.type(checks.RecipeStepsItemUsesItem);

export const RecipeAmountsValue = runtime.type(checks.RecipeAmountsValue);

export const Node = runtime.type(checks.Node);

export const List = runtime.type(checks.List);
