/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Device = runtime.type(checks.Device, schemas.Device);

export const AddressedAddress = runtime.type(checks.AddressedAddress, schemas.AddressedAddress);

export const Contact = runtime.type(checks.Contact, schemas.Contact);

export const V4 = runtime.type(checks.V4, schemas.V4);

export const V6 = runtime.type(checks.V6, schemas.V6);

export const Open = runtime.type(checks.Open, schemas.Open);
