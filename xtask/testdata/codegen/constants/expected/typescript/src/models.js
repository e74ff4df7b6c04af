/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Switch = runtime.type(checks.Switch, schemas.Switch);

export const SwitchTimesItem = runtime.type(checks.SwitchTimesItem, schemas.SwitchTimesItem);

export const Whatever = runtime.type(checks.Whatever, schemas.Whatever);

export const Loose = runtime.type(checks.Loose, schemas.Loose);

export const LooseMValue = runtime.type(checks.LooseMValue, schemas.LooseMValue);

export const LooseValue = runtime.type(checks.LooseValue, schemas.LooseValue);

export const Holds = runtime.type(checks.Holds, schemas.Holds);

export const HoldsNumber = runtime.type(checks.HoldsNumber, schemas.HoldsNumber);

export const HoldsObject = runtime.type(checks.HoldsObject, schemas.HoldsObject);

export const Differing = runtime.type(checks.Differing, schemas.Differing);
