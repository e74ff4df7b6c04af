/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Device = runtime.object(
  "Device",
  [
    ["speed", runtime.integer(10, 30, "10")],
    ["ports", runtime.nullable(runtime.integer(1, 3)), "unset"],
    ["generation", runtime.constant(2)],
    ["slots", runtime.integer(1, 8), "optional"],
    ["contact", runtime.named(() => Contact), "optional"],
    ["uptime", runtime.text({ pattern: patterns.deviceUptime }), "optional"],
    ["extra", runtime.anything(), "unset"],
    ["list", runtime.list(runtime.anything(), { longest: 2 }), "optional"],
    ["reserved", runtime.nothing(), "unset"],
    ["address", runtime.named(() => AddressedAddress)],
    ["rack", runtime.text({ shortest: 2, longest: 4 })],
    ["owner", runtime.text(), "optional"],
  ],
  false,
);

/** @type {runtime.Check} */
export const AddressedAddress = runtime.alternatives("AddressedAddress", [], [runtime.named(() => V4), runtime.named(() => V6)]);

/** @type {runtime.Check} */
export const Contact = runtime.text({ longest: 20, pattern: patterns.contact });

/** @type {runtime.Check} */
export const V4 = runtime.text({ pattern: patterns.v4 });

/** @type {runtime.Check} */
export const V6 = runtime.text({ pattern: patterns.v6 });

/** @type {runtime.Check} */
export const Open = runtime.object(
  "Open",
  [
    ["any", runtime.anything()],
  ],
  true,
);
