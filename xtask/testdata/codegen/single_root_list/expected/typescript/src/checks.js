/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Root = runtime.list(runtime.named(() => RootItem), { shortest: 1 });

/** @type {runtime.Check} */
export const RootItem = runtime.text({ pattern: patterns.rootItem });
