/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Alphabet = runtime.type(checks.Alphabet, schemas.Alphabet);

export const A = runtime.type(checks.A, schemas.A);

export const D = runtime.type(checks.D, schemas.D);

export const S = runtime.type(checks.S, schemas.S);

export const E = runtime.type(checks.E, schemas.E);

export const M = runtime.type(checks.M, schemas.M);

export const Members = runtime.type(checks.Members, schemas.Members);

export const Text = runtime.type(checks.Text, schemas.Text);

export const Elements = runtime.type(checks.Elements, schemas.Elements);

export const Warning = runtime.type(checks.Warning, schemas.Warning);
