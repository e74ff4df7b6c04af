/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const SlewEvent = runtime.object(
  "SlewEvent",
  [
    ["event_type", runtime.constant("scope.slew")],
    ["axis", runtime.named(() => SlewEventAxis)],
    ["scope", runtime.named(() => Scope)],
    ["to", runtime.decimal(patterns.slewEventTo)],
    ["at", runtime.time("+00:00")],
  ],
  true,
);

/** @type {runtime.Check} */
export const SlewEventAxis = runtime.texts("SlewEventAxis", [
  "ra", "dec",
]);

/** @type {runtime.Check} */
export const ParkEvent = runtime.object(
  "ParkEvent",
  [
    ["event_type", runtime.constant("scope.park \"now\"")],
  ],
  false,
);

/** @type {runtime.Check} */
export const Event = runtime.object(
  "Event",
  [
    ["scope", runtime.named(() => Scope)],
    ["event_type", runtime.constant("scope.error")],
    ["code", runtime.integer(-3, 3, "3")],
  ],
  true,
);

/** @type {runtime.Check} */
export const Scope = runtime.text({ longest: 16, pattern: patterns.scope });
