/**
 * Redis keys, and the values they hold.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import type { MoveSelf, Page, ReaderOrAll, ScanKind, ScanPage } from "./models.js";
import type { DateText, KeyType, Uuid, ValueKeyType } from "./runtime.js";

/**
 * A page as it was scanned.
 *
 * `scan:{box-id}:{page}:{taken}:{kind}`, lives 60 s.
 */
export declare const Scan: ValueKeyType<{ "box-id": Uuid; page: ScanPage; taken: DateText; kind: ScanKind }, Page>;

/**
 * `shelf`
 *
 * `shelf:{who}/{depth}`, never expires by itself.
 */
export declare const ShelfKey: ValueKeyType<{ who: ReaderOrAll; depth: number }, string>;

/**
 * `type`
 *
 * `everything`, never expires by itself.
 */
export declare const TypeKey: ValueKeyType<{}, { [name: string]: number }>;

/**
 * `move`
 *
 * `move_{self}`, never expires by itself. A lock: that it exists is all it says.
 */
export declare const MoveKey: KeyType<{ self: MoveSelf }>;

/** Every Redis key of the schemas, by name. */
export declare const RedisKeys: {
  /** `scan:{box-id}:{page}:{taken}:{kind}`: see {@link Scan}. */
  readonly scan: (boxId: Uuid, page: ScanPage, taken: DateText, kind: ScanKind) => string;
  /** `shelf:{who}/{depth}`: see {@link ShelfKey}. */
  readonly shelf: (who: ReaderOrAll, depth: number) => string;
  /** `everything`: see {@link TypeKey}. */
  readonly type: () => string;
  /** `move_{self}`: see {@link MoveKey}. */
  readonly move: (self: MoveSelf) => string;
};
