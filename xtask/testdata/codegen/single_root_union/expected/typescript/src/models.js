/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const RootValue = runtime.type(checks.RootValue, schemas.RootValue);

export const Root = runtime.type(checks.Root, schemas.Root);

export const Root2 = runtime.type(checks.Root2, schemas.Root2);
