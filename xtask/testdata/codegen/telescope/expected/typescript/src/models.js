/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const SlewEvent = runtime.event(checks.SlewEvent, schemas.SlewEvent, "scope.{scope}.slew.{axis}", "scope.slew", ["scope.", { part: "scope", check: checks.Scope }, ".slew.", { part: "axis", check: checks.SlewEventAxis }]);

export const SlewEventAxis = runtime.type(checks.SlewEventAxis, schemas.SlewEventAxis);

export const ParkEvent = runtime.event(checks.ParkEvent, schemas.ParkEvent, "scope.park", "scope.park \"now\"", ["scope.park"], { seconds: 600, expired: "publish" });

export const Event = runtime.event(checks.Event, schemas.Event, "scope.{scope}.error", "scope.error", ["scope.", { part: "scope", check: checks.Scope }, ".error"]);

export const Scope = runtime.type(checks.Scope, schemas.Scope);
