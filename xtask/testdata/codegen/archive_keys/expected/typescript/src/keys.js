/**
 * Redis keys, and the values they hold.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export const Scan = runtime.key(
  "scan:{box-id}:{page}:{taken}:{kind}",
  60,
  ["scan:", { part: "box-id", check: runtime.identifier() }, ":", { part: "page", check: checks.ScanPage }, ":", { part: "taken", check: runtime.day() }, ":", { part: "kind", check: checks.ScanKind }],
  checks.Page,
);

export const ShelfKey = runtime.key(
  "shelf:{who}/{depth}",
  null,
  ["shelf:", { part: "who", check: checks.ReaderOrAll }, "/", { part: "depth", check: runtime.integer(-9007199254740991, 9007199254740991) }],
  runtime.plain(),
);

export const TypeKey = runtime.key(
  "everything",
  null,
  ["everything"],
  runtime.features(),
);

export const MoveKey = runtime.key(
  "move_{self}",
  null,
  ["move_", { part: "self", check: checks.MoveSelf }],
);

export const RedisKeys = Object.freeze({
  /** @param {string | number} boxId @param {string | number} page @param {string | number} taken @param {string | number} kind */
  scan: (boxId, page, taken, kind) => Scan.build({ ["box-id"]: boxId, ["page"]: page, ["taken"]: taken, ["kind"]: kind }),
  /** @param {string | number} who @param {string | number} depth */
  shelf: (who, depth) => ShelfKey.build({ ["who"]: who, ["depth"]: depth }),
  type: () => TypeKey.build({}),
  /** @param {string | number} self */
  move: (self) => MoveKey.build({ ["self"]: self }),
});
