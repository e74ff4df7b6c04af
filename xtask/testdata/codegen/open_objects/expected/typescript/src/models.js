/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Label = runtime.type(checks.Label, schemas.Label);

export const LabelValue = runtime.type(checks.LabelValue, schemas.LabelValue);

export const Anything = runtime.type(checks.Anything, schemas.Anything);

export const Scan = runtime.type(checks.Scan, schemas.Scan);

export const ScanMatchingWAndKgValue = runtime.type(checks.ScanMatchingWAndKgValue, schemas.ScanMatchingWAndKgValue);

export const ScanWValue = runtime.type(checks.ScanWValue, schemas.ScanWValue);

export const ScanKgValue = runtime.type(checks.ScanKgValue, schemas.ScanKgValue);

export const ClosedScan = runtime.type(checks.ClosedScan, schemas.ClosedScan);

export const Tags = runtime.type(checks.Tags, schemas.Tags);

export const Coded = runtime.type(checks.Coded, schemas.Coded);

export const Without = runtime.type(checks.Without, schemas.Without);

export const Parts = runtime.type(checks.Parts, schemas.Parts);

export const PartsValue = runtime.type(checks.PartsValue, schemas.PartsValue);

export const Evaluated = runtime.type(checks.Evaluated, schemas.Evaluated);

export const Void = runtime.type(checks.Void, schemas.Void);
