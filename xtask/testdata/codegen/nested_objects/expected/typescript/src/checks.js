/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Recipe = runtime.object(
  "Recipe",
  [
    ["name", runtime.text()],
    ["yield", runtime.named(() => RecipeYield), "optional"],
    ["steps", runtime.list(runtime.named(() => RecipeStepsItem))],
    ["amounts", runtime.map(runtime.named(() => RecipeAmountsValue)), "optional"],
    ["variants", runtime.map(runtime.named(() => Recipe)), "optional"],
    ["based_on", runtime.named(() => Recipe), "optional"],
    ["tree", runtime.named(() => Node), "optional"],
    ["forest", runtime.named(() => List), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const RecipeYield = runtime.object(
  "RecipeYield",
  [
    ["amount", runtime.integer(1, 9007199254740991)],
    ["unit", runtime.named(() => RecipeYieldUnit), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const RecipeYieldUnit = runtime.texts("RecipeYieldUnit", [
  "portions", "pieces",
]);

/** @type {runtime.Check} */
export const RecipeStepsItem = runtime.object(
  "RecipeStepsItem",
  [
    ["text", runtime.text({ shortest: 1 })],
    ["minutes", runtime.number({ above: 0.0 }), "optional"],
    ["uses", runtime.list(runtime.nullable(runtime.named(() => RecipeStepsItemUsesItem))), "optional"],
  ],
  false,
);

/** @type {runtime.Check} */
export const RecipeStepsItemUsesItem = runtime.text({ pattern: patterns.recipeStepsItemUsesItem });

/** @type {runtime.Check} */
export const RecipeAmountsValue = runtime.number({ minimum: 0.0 });

/** @type {runtime.Check} */
export const Node = runtime.object(
  "Node",
  [
    ["value", runtime.integer(-9007199254740991, 9007199254740991)],
    ["left", runtime.nullable(runtime.named(() => Node))],
    ["right", runtime.named(() => Node), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const List = runtime.list(runtime.named(() => List));
