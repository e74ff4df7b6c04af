/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const RootValue = runtime.text({ longest: 2 });

/** @type {runtime.Check} */
export const Root = runtime.nullable(RootValue);
