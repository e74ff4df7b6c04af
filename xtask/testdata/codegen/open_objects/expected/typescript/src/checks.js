/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Label = runtime.object(
  "Label",
  [
    ["to", runtime.text({ shortest: 1 })],
    ["additional", runtime.boolean(), "optional"],
  ],
  true,
  { maps: [[runtime.nullable(runtime.named(() => LabelValue))]] },
);

/** @type {runtime.Check} */
export const LabelValue = runtime.text({ longest: 20 });

/** @type {runtime.Check} */
export const Anything = runtime.object(
  "Anything",
  [
    ["id", runtime.integer(-9007199254740991, 9007199254740991), "optional"],
  ],
  true,
  { maps: [[runtime.anything()]] },
);

/** @type {runtime.Check} */
export const Scan = runtime.object(
  "Scan",
  [
    ["w_kg", runtime.number({ minimum: 0.0, maximum: 1000.0 })],
    ["x_self", runtime.named(() => Scan), "optional"],
  ],
  false,
  { maps: [[runtime.named(() => ScanMatchingWAndKgValue), patterns.scanMatchingWAndKg], [runtime.named(() => ScanWValue), patterns.scanMatchingW], [runtime.named(() => ScanKgValue), patterns.scanMatchingKg], [runtime.named(() => Scan), patterns.scanMatchingX], [runtime.text(), patterns.scanAdditional]] },
);

/** @type {runtime.Check} */
export const ScanMatchingWAndKgValue = runtime.number({ minimum: 0.0, maximum: 1000.0 });

/** @type {runtime.Check} */
export const ScanWValue = runtime.number({ minimum: 0.0 });

/** @type {runtime.Check} */
export const ScanKgValue = runtime.number({ maximum: 1000.0 });

/** @type {runtime.Check} */
export const ClosedScan = runtime.object(
  "ClosedScan",
  [
  ],
  false,
  { maps: [[runtime.integer(-9007199254740991, 9007199254740991), patterns.closedScanMatchingAZ], [runtime.boolean(), patterns.closedScanMatching0_9_2]] },
);

/** @type {runtime.Check} */
export const Tags = runtime.object(
  "Tags",
  [
  ],
  true,
  { maps: [[runtime.integer(-9007199254740991, 9007199254740991), patterns.tagsMatchingN], [runtime.text(), patterns.tagsMatchingT], [runtime.anything()]], fewest: 1, most: 3 },
);

/** @type {runtime.Check} */
export const Coded = runtime.object(
  "Coded",
  [
    ["AA", runtime.integer(-9007199254740991, 9007199254740991), "optional"],
    ["BB", runtime.nullable(runtime.integer(-9007199254740991, 9007199254740991)), "unset"],
  ],
  false,
  { maps: [[runtime.anything(), patterns.codedName]], fewest: 2, most: 3 },
);

/** @type {runtime.Check} */
export const Without = runtime.object(
  "Without",
  [
    ["a", runtime.integer(-9007199254740991, 9007199254740991)],
  ],
  false,
  { maps: [[runtime.anything(), patterns.withoutAdditional]] },
);

/** @type {runtime.Check} */
export const Parts = runtime.object(
  "Parts",
  [
    ["own", runtime.integer(1, 10), "optional"],
    ["far", runtime.anything(), "unset"],
    ["other", runtime.integer(1, 9007199254740991)],
  ],
  true,
  { maps: [[runtime.named(() => PartsValue)]] },
);

/** @type {runtime.Check} */
export const PartsValue = runtime.integer(1, 9007199254740991);

/** @type {runtime.Check} */
export const Evaluated = runtime.object(
  "Evaluated",
  [
    ["a", runtime.text(), "optional"],
  ],
  true,
  { maps: [[runtime.integer(-9007199254740991, 9007199254740991), patterns.evaluatedMatchingP], [runtime.boolean()]] },
);

/** @type {runtime.Check} */
export const Void = runtime.object(
  "Void",
  [
  ],
  false,
);
