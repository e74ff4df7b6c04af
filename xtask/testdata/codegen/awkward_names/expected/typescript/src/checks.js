/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Alphabet = runtime.object(
  "Alphabet",
  [
    ["a", runtime.named(() => A), "optional"],
    ["b", runtime.list(runtime.named(() => A)), "optional"],
    ["d", runtime.named(() => D), "optional"],
    ["s", runtime.named(() => S), "optional"],
    ["e", runtime.named(() => E), "optional"],
    ["m", runtime.named(() => M), "optional"],
    ["members", runtime.named(() => Members), "optional"],
    ["text", runtime.named(() => Text), "optional"],
    ["elements", runtime.named(() => Elements), "optional"],
    ["warning", runtime.named(() => Warning), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const A = runtime.object(
  "A",
  [
    ["d", runtime.named(() => D)],
  ],
  true,
);

/** @type {runtime.Check} */
export const D = runtime.text({ shortest: 1 });

/** @type {runtime.Check} */
export const S = runtime.texts("S", [
  "t", "u",
]);

/** @type {runtime.Check} */
export const E = runtime.union(
  "E",
  [
    [A],
    [D],
  ],
);

/** @type {runtime.Check} */
export const M = runtime.map(runtime.named(() => M));

/** @type {runtime.Check} */
export const Members = runtime.object(
  "Members",
  [
    ["s", S, "optional"],
  ],
  true,
  { maps: [[runtime.named(() => Elements)]] },
);

/** @type {runtime.Check} */
export const Text = runtime.texts("Text", [
  "members", "elements",
]);

/** @type {runtime.Check} */
export const Elements = runtime.tuple(
  "Elements",
  [
    Text,
  ],
  { required: 1, rest: A },
);

/** @type {runtime.Check} */
export const Warning = runtime.object(
  "Warning",
  [
    ["code", runtime.integer(-9007199254740991, 9007199254740991)],
  ],
  true,
);
