/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Root2 = runtime.union(
  "Root2",
  [
    [runtime.integer(-9007199254740991, 9007199254740991)],
    [runtime.named(() => Root3)],
  ],
);

/** @type {runtime.Check} */
export const Root = runtime.nullable(Root2);

/** @type {runtime.Check} */
export const Root3 = runtime.object(
  "Root3",
  [
    ["inner", runtime.nullable(Root2), "unset"],
  ],
  true,
);
