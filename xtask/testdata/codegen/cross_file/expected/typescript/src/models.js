/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Kilometres = runtime.type(checks.Kilometres, schemas.Kilometres);

export const Plate = runtime.type(checks.Plate, schemas.Plate);

export const ShortPlate = runtime.type(checks.ShortPlate, schemas.ShortPlate);

export const SlashAndTilde = runtime.type(checks.SlashAndTilde, schemas.SlashAndTilde);

export const Embedded = runtime.type(checks.Embedded, schemas.Embedded);

export const Litres = runtime.type(checks.Litres, schemas.Litres);

export const Trip = runtime.type(checks.Trip, schemas.Trip);

export const Driver = runtime.type(checks.Driver, schemas.Driver);

export const Name = runtime.type(checks.Name, schemas.Name);
