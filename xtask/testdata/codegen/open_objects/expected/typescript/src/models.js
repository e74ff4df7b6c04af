/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Label = runtime.type(checks.Label);

export const LabelValue = runtime.type(checks.LabelValue);

export const Anything = runtime.type(checks.Anything);

export const Scan = runtime.type(checks.Scan);

export const ScanMatchingWAndKgValue = runtime.type(checks.ScanMatchingWAndKgValue);

export const ScanWValue = runtime.type(checks.ScanWValue);

export const ScanKgValue = runtime.type(checks.ScanKgValue);

export const ClosedScan = runtime.type(checks.ClosedScan);

export const Tags = runtime.type(checks.Tags);

export const Coded = runtime.type(checks.Coded);

export const Without = runtime.type(checks.Without);

export const Parts = runtime.type(checks.Parts);

export const PartsValue = runtime.type(checks.PartsValue);

export const Evaluated = runtime.type(checks.Evaluated);

export const Void = runtime.type(checks.Void);
