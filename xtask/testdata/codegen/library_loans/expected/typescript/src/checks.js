/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Loan = runtime.object(
  "Loan",
  [
    ["type", runtime.text()],
    ["self", runtime.integer(-9007199254740991, 9007199254740991), "optional"],
    ["self_", runtime.integer(-9007199254740991, 9007199254740991), "optional"],
    ["due date", runtime.day(), "optional"],
    ["due-date", runtime.day(), "optional"],
    ["due_date", runtime.day()],
    ["2nd reader", runtime.nullable(runtime.text())],
    ["größe", runtime.integer(0, 9007199254740991), "optional"],
    ["日本", runtime.text(), "optional"],
    ["", runtime.boolean(), "optional"],
    ["$ref", runtime.named(() => StringType), "optional"],
    ["a\"b\\c", runtime.integer(-9007199254740991, 9007199254740991), "optional"],
    ["gen", runtime.named(() => LoanGen), "optional"],
    ["returned", runtime.nullable(runtime.boolean()), "default null"],
  ],
  false,
);

/** @type {runtime.Check} */
export const LoanGen = runtime.texts("LoanGen", [
  "+", "-", "+1", "-1", "type", "Self", "self", "",
]);

/** @type {runtime.Check} */
export const StringType = runtime.text({ longest: 3 });

/** @type {runtime.Check} */
export const Vec2 = runtime.list(StringType, { longest: 2 });

/** @type {runtime.Check} */
export const Vec = runtime.integer(-9007199254740991, 10);

/** @type {runtime.Check} */
export const Loan2 = runtime.text({ shortest: 2 });
