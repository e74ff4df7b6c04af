/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Parcel = runtime.object(
  "Parcel",
  [
    ["id", runtime.named(() => Id)],
    ["root", runtime.named(() => RootType), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const Id = runtime.text({ pattern: patterns.id });

/** @type {runtime.Check} */
export const RootType = runtime.integer(-9007199254740991, 9);

export const Root = Parcel;
