/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const RootValue = runtime.union(
  "RootValue",
  [
    [runtime.integer(-9007199254740991, 9007199254740991)],
    [runtime.named(() => Root2)],
  ],
);

/** @type {runtime.Check} */
export const Root = runtime.nullable(RootValue);

/** @type {runtime.Check} */
export const Root2 = runtime.object(
  "Root2",
  [
    ["inner", runtime.nullable(RootValue), "unset"],
  ],
  true,
);
