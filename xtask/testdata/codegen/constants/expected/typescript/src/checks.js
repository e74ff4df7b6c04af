/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { hostname } from "./hostname.js";
import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Switch = runtime.object(
  "Switch",
  [
    ["always_on", runtime.among(runtime.boolean(), "[true]"), "optional"],
    ["never", runtime.nullable(runtime.among(runtime.boolean(), "[false]")), "unset"],
    ["either", runtime.boolean(), "optional"],
    ["level", runtime.among(runtime.integer(0, 9007199254740991), "[1,2,4,8]"), "optional"],
    ["gain", runtime.nullable(runtime.among(runtime.number(), "[0.5,-1,3]")), "unset"],
    ["wide", runtime.integer(9007199254740991, 9007199254740991), "optional"],
    ["edge", runtime.constant(7.5)],
    ["mixed", runtime.among(runtime.anything(), "[\"auto\",0,1.5,null,[],{\"a\":[true]}]"), "unset"],
    ["pair", runtime.among(runtime.anything(), "[[1,{\"b\":null,\"a\":\"x\"}]]")],
    ["scalar", runtime.among(runtime.anything(), "[\"auto\",true]"), "unset"],
    ["at", runtime.text({ format: runtime.timeOfDay }), "optional"],
    ["host", runtime.text({ format: hostname }), "optional"],
    ["times", runtime.list(runtime.named(() => SwitchTimesItem)), "optional"],
  ],
  false,
);

/** @type {runtime.Check} */
export const SwitchTimesItem = runtime.text({ longest: 14, format: runtime.timeOfDay });

/** @type {runtime.Check} */
export const Whatever = runtime.anything([runtime.number({ minimum: -5.0, below: 1000.5, step: "0.5" }), runtime.text({ shortest: 2, longest: 4, pattern: patterns.whatever }), runtime.list(runtime.anything(), { shortest: 1, longest: 3, unique: true }), runtime.map(runtime.anything(), { most: 2, names: patterns.whatever_2 })]);

/** @type {runtime.Check} */
export const Loose = runtime.object(
  "Loose",
  [
    ["a", runtime.anything([runtime.list(runtime.anything(), { shortest: 2 })]), "unset"],
    ["b", runtime.anything([runtime.text({ pattern: patterns.looseB })]), "unset"],
    ["c", runtime.anything([runtime.number({ maximum: 9007199254740991.0 })]), "unset"],
    ["d", runtime.anything([runtime.text({ format: runtime.timeOfDay })]), "unset"],
  ],
  true,
  { maps: [[runtime.named(() => LooseMValue), patterns.looseMatchingM], [runtime.named(() => LooseValue)]] },
);

/** @type {runtime.Check} */
export const LooseMValue = runtime.anything([runtime.text({ shortest: 1 })]);

/** @type {runtime.Check} */
export const LooseValue = runtime.union(
  "LooseValue",
  [
    [runtime.boolean()],
    [runtime.text()],
  ],
);

/** @type {runtime.Check} */
export const Holds = runtime.union(
  "Holds",
  [
    [runtime.boolean()],
    [runtime.text()],
    [runtime.list(runtime.text())],
    [runtime.named(() => HoldsObject)],
    [runtime.named(() => HoldsNumber)],
  ],
);

/** @type {runtime.Check} */
export const HoldsNumber = runtime.number({ minimum: 3.0 });

/** @type {runtime.Check} */
export const HoldsObject = runtime.object(
  "HoldsObject",
  [
    ["a", runtime.integer(-9007199254740991, 9007199254740991)],
    ["again", runtime.nullable(Holds), "unset"],
  ],
  true,
);

/** @type {runtime.Check} */
export const Differing = runtime.list(runtime.anything(), { unique: true });
