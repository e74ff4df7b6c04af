/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const ScanPage = runtime.type(checks.ScanPage, schemas.ScanPage);

export const ScanKind = runtime.type(checks.ScanKind, schemas.ScanKind);

export const MoveSelf = runtime.type(checks.MoveSelf, schemas.MoveSelf);

export const Page = runtime.type(checks.Page, schemas.Page);

export const Reader = runtime.type(checks.Reader, schemas.Reader);

export const ReaderOrAll = runtime.type(checks.ReaderOrAll, schemas.ReaderOrAll);
