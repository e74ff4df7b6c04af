/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Loan = runtime.type(checks.Loan, schemas.Loan);

export const LoanGen = runtime.type(checks.LoanGen, schemas.LoanGen);

export const StringType = runtime.type(checks.StringType, schemas.StringType);

export const Vec2 = runtime.type(checks.Vec2, schemas.Vec2);

export const Vec = runtime.type(checks.Vec, schemas.Vec);

export const Loan2 = runtime.type(checks.Loan2, schemas.Loan2);
