/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Kilometres = runtime.type(checks.Kilometres);

export const Plate = runtime.type(checks.Plate);

export const ShortPlate = runtime.type(checks.ShortPlate);

export const SlashAndTilde = runtime.type(checks.SlashAndTilde);

export const Embedded = runtime.type(checks.Embedded);

export const Litres = runtime.type(checks.Litres);

export const Trip = runtime.type(checks.Trip);

export const Driver = runtime.type(checks.Driver);

export const Name = runtime.type(checks.Name);
