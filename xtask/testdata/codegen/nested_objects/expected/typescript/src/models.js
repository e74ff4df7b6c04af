/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Recipe = runtime.type(checks.Recipe, schemas.Recipe);

export const RecipeYield = runtime.type(checks.RecipeYield, schemas.RecipeYield);

export const RecipeYieldUnit = runtime.type(checks.RecipeYieldUnit, schemas.RecipeYieldUnit);

export const RecipeStepsItem = runtime.type(checks.RecipeStepsItem, schemas.RecipeStepsItem);

export const RecipeStepsItemUsesItem = runtime.type(checks.RecipeStepsItemUsesItem, schemas.RecipeStepsItemUsesItem);

export const RecipeAmountsValue = runtime.type(checks.RecipeAmountsValue, schemas.RecipeAmountsValue);

export const Node = runtime.type(checks.Node, schemas.Node);

export const List = runtime.type(checks.List, schemas.List);
