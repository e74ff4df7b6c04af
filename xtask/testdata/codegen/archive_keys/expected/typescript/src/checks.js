/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const ScanPage = runtime.integer(1, 9007199254740991);

/** @type {runtime.Check} */
export const ScanKind = runtime.texts("ScanKind", [
  "front", "back",
]);

/** @type {runtime.Check} */
export const MoveSelf = runtime.text({ pattern: patterns.moveSelf });

/** @type {runtime.Check} */
export const Page = runtime.object(
  "Page",
  [
    ["text", runtime.text()],
  ],
  false,
);

/** @type {runtime.Check} */
export const Reader = runtime.text({ pattern: patterns.reader });

/** @type {runtime.Check} */
export const ReaderOrAll = runtime.alternatives("ReaderOrAll", ["*"], [Reader]);
