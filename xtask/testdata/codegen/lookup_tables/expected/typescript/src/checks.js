/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Table = runtime.object(
  "Table",
  [
    ["counts", runtime.map(runtime.integer(-9007199254740991, 9007199254740991), { fewest: 1, most: 2 }), "optional"],
    ["labels", runtime.map(runtime.anything(), { names: patterns.tableLabels }), "optional"],
    ["flags", runtime.map(runtime.boolean(), { names: patterns.tableFlags }), "optional"],
    ["open", runtime.map(runtime.anything()), "optional"],
    ["named", runtime.named(() => Named), "optional"],
    ["empty", runtime.map(runtime.anything(), { most: 0 }), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const Named = runtime.map(runtime.named(() => NamedValue), { names: patterns.named });

/** @type {runtime.Check} */
export const NamedValue = runtime.text({ shortest: 1 });
