/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Survey = runtime.object(
  "Survey",
  [
    ["origin", runtime.named(() => Point)],
    ["line", runtime.list(runtime.named(() => Point), { unique: true }), "optional"],
    ["reading", runtime.nullable(runtime.named(() => SurveyReading)), "unset"],
    ["log", runtime.named(() => SurveyLog), "optional"],
    ["flags", runtime.named(() => SurveyFlags), "optional"],
    ["empty", runtime.list(runtime.anything(), { longest: 0 }), "optional"],
    ["short", runtime.named(() => SurveyShort), "optional"],
    ["long", runtime.named(() => SurveyLong), "optional"],
    ["anything", runtime.list(runtime.anything(), { unique: true }), "optional"],
    ["tree", runtime.named(() => Tree), "optional"],
    ["either", runtime.named(() => SurveyEither), "optional"],
  ],
  false,
);

/** @type {runtime.Check} */
export const SurveyReading = runtime.tuple(
  "SurveyReading",
  [
    runtime.time(),
    runtime.nullable(runtime.number()),
    runtime.named(() => SurveyReadingItem3),
  ],
  { required: 2, rest: runtime.named(() => SurveyReadingItem), longest: 5 },
);

/** @type {runtime.Check} */
export const SurveyReadingItem3 = runtime.texts("SurveyReadingItem3", [
  "good", "poor",
]);

/** @type {runtime.Check} */
export const SurveyReadingItem = runtime.text({ shortest: 1 });

/** @type {runtime.Check} */
export const SurveyLog = runtime.tuple(
  "SurveyLog",
  [
    runtime.boolean(),
    runtime.boolean(),
  ],
  { required: 0, rest: runtime.anything(), unique: true },
);

/** @type {runtime.Check} */
export const SurveyFlags = runtime.tuple(
  "SurveyFlags",
  [
    runtime.integer(-9007199254740991, 9007199254740991),
    runtime.number(),
  ],
  { required: 0, unique: true },
);

/** @type {runtime.Check} */
export const SurveyShort = runtime.tuple(
  "SurveyShort",
  [
    runtime.integer(-9007199254740991, 9007199254740991),
  ],
  { required: 0 },
);

/** @type {runtime.Check} */
export const SurveyLong = runtime.tuple(
  "SurveyLong",
  [
    runtime.integer(-9007199254740991, 9007199254740991),
  ],
  { required: 1, rest: runtime.integer(-9007199254740991, 9007199254740991), shortest: 3 },
);

/** @type {runtime.Check} */
export const SurveyEither = runtime.union(
  "SurveyEither",
  [
    [runtime.named(() => Point)],
    [runtime.text()],
    [runtime.named(() => SurveyEitherObject)],
  ],
);

/** @type {runtime.Check} */
export const SurveyEitherObject = runtime.map(runtime.anything(), { most: 2 });

/** @type {runtime.Check} */
export const Point = runtime.tuple(
  "Point",
  [
    runtime.number(),
    runtime.number(),
    runtime.number(),
  ],
  { required: 2 },
);

/** @type {runtime.Check} */
export const Tree = runtime.tuple(
  "Tree",
  [
    runtime.text(),
    runtime.named(() => Tree),
    runtime.nullable(runtime.named(() => Tree)),
  ],
  { required: 1 },
);
