/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Reading = runtime.event(checks.Reading, schemas.Reading, "weather.{station}.reading", "weather.reading", ["weather.", { part: "station", check: checks.StationId }, ".reading"], { seconds: 30, expired: "dead-letter" });

export const ReadingGustsItem = runtime.type(checks.ReadingGustsItem, schemas.ReadingGustsItem);

export const ReadingSky = runtime.type(checks.ReadingSky, schemas.ReadingSky);

export const StationId = runtime.type(checks.StationId, schemas.StationId);
