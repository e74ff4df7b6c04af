/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Reading = runtime.object(
  "Reading",
  [
    ["event_type", runtime.constant("weather.reading")],
    ["version", runtime.constant(2)],
    ["station", runtime.named(() => StationId)],
    ["taken_at", runtime.time()],
    ["celsius", runtime.number({ minimum: -90.5, below: 70.0, step: "0.5" })],
    ["humidity", runtime.nullable(runtime.integer(0, 100))],
    ["gusts", runtime.list(runtime.named(() => ReadingGustsItem), { longest: 3 })],
    ["sky", runtime.nullable(runtime.named(() => ReadingSky))],
    ["battery_ok", runtime.boolean(), "optional"],
    ["remark", runtime.text({ shortest: 1, longest: 8 }), "optional"],
    ["tags", runtime.list(runtime.text(), { shortest: 1, unique: true }), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const ReadingGustsItem = runtime.number({ minimum: 0.0 });

/** @type {runtime.Check} */
export const ReadingSky = runtime.texts("ReadingSky", [
  "clear", "overcast", "<10% cloud",
]);

/** @type {runtime.Check} */
export const StationId = runtime.text({ pattern: patterns.stationId });
