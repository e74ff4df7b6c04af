/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Loan = runtime.type(checks.Loan);

export const LoanGen = runtime.type(checks.LoanGen);

export const StringType = runtime.type(checks.StringType);

export const Vec2 = runtime.type(checks.Vec2);

export const Vec = runtime.type(checks.Vec);

export const Loan2 = runtime.type(checks.Loan2);
