/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Kilometres = runtime.number({ minimum: 0.0 });

/** @type {runtime.Check} */
export const Plate = runtime.text({ shortest: 2, pattern: patterns.plate });

/** @type {runtime.Check} */
export const ShortPlate = runtime.text({ shortest: 2, longest: 5, pattern: patterns.shortPlate });

/** @type {runtime.Check} */
export const SlashAndTilde = runtime.texts("SlashAndTilde", [
  "a/b", "c~d",
]);

/** @type {runtime.Check} */
export const Embedded = runtime.object(
  "Embedded",
  [
    ["amount", runtime.named(() => Litres)],
  ],
  true,
);

/** @type {runtime.Check} */
export const Litres = runtime.number({ minimum: 0.0, maximum: 2000.0 });

/** @type {runtime.Check} */
export const Trip = runtime.object(
  "Trip",
  [
    ["distance", Kilometres],
    ["limit", runtime.number({ minimum: 0.0, maximum: 500.0 }), "optional"],
    ["plate", Plate],
    ["short", ShortPlate, "optional"],
    ["odd", SlashAndTilde, "optional"],
    ["fuel", Embedded, "optional"],
    ["litres", Litres, "optional"],
    ["driver", runtime.named(() => Driver), "optional"],
  ],
  true,
);

/** @type {runtime.Check} */
export const Driver = runtime.object(
  "Driver",
  [
    ["name", runtime.named(() => Name)],
  ],
  true,
);

/** @type {runtime.Check} */
export const Name = runtime.text({ shortest: 1 });
