/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///events.schema.json": `{
  "$id": "schema:///events.schema.json",
  "$defs": {
    "slew": {"title": "SlewEvent", "type": "object", "x-redis-channel": "scope.{scope}.slew.{axis}", "properties": {"event_type": {"const": "scope.slew"}, "axis": {"enum": ["ra", "dec"]}, "scope": {"$ref": "#/$defs/scope"}, "to": {"type": "string", "format": "decimal", "pattern": "^-?[0-9]{1,3}(\\\\.[0-9]+)?$"}, "at": {"type": "string", "format": "date-time", "x-redis-utc": "+00:00"}}, "required": ["event_type", "axis", "scope", "to", "at"]},
    "park": {"title": "ParkEvent", "type": "object", "x-redis-channel": "scope.park", "x-redis-max-age": 600, "properties": {"event_type": {"type": "string", "const": "scope.park \\"now\\""}}, "required": ["event_type"], "additionalProperties": false},
    "event": {"type": "object", "x-redis-channel": "scope.{scope}.error", "properties": {"scope": {"$ref": "#/$defs/scope"}, "event_type": {"const": "scope.error"}, "code": {"type": "integer", "minimum": -3, "maximum": 3, "multipleOf": 3}}, "required": ["scope", "event_type", "code"]},
    "scope": {"type": "string", "pattern": "^\\\\p{Ll}[\\\\p{Ll}\\\\d]*$", "maxLength": 16}
  }
}`,
};

export const SlewEvent = schema(documents, "schema:///events.schema.json", "/$defs/slew", []);

export const SlewEventAxis = schema(documents, "schema:///events.schema.json", "/$defs/slew/properties/axis", []);

export const ParkEvent = schema(documents, "schema:///events.schema.json", "/$defs/park", []);

export const Event = schema(documents, "schema:///events.schema.json", "/$defs/event", []);

export const Scope = schema(documents, "schema:///events.schema.json", "/$defs/scope", []);
