/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///parcels.schema.json": `{
  "$id": "schema:///parcels.schema.json",
  "$defs": {
    "label": {"description": "What stands on a parcel; remarks of carriers are kept.", "type": "object", "properties": {"to": {"type": "string", "minLength": 1}, "additional": {"description": "A member that is called like the map.", "type": "boolean"}}, "required": ["to"], "additionalProperties": {"type": ["string", "null"], "maxLength": 20}, "examples": [{"to": "Ada", "shelf": "B7"}]},
    "anything": {"description": "Whatever else is there is kept as it is.", "type": "object", "properties": {"id": {"type": "integer"}}, "additionalProperties": true},
    "scan": {"description": "Members by pattern: a name that matches both patterns satisfies both.", "type": "object", "properties": {"w_kg": {"type": "number"}, "x_self": {"$ref": "#/$defs/scan"}}, "patternProperties": {"^w_": {"type": "number", "minimum": 0}, "_kg$": {"type": "number", "maximum": 1000, "description": "In kilograms."}, "^x_": {"$ref": "#/$defs/scan"}, "^old_": false}, "additionalProperties": {"type": "string"}, "required": ["w_kg"]},
    "closed_scan": {"type": "object", "patternProperties": {"^[a-z]+$": {"type": "integer"}, "[0-9]{2,}": {"type": "boolean"}}, "additionalProperties": false},
    "tags": {"description": "Only maps: their names say what they hold.", "type": "object", "patternProperties": {"^n_": {"type": "integer"}, "^t_": {"type": "string"}, "_x$": true}, "minProperties": 1, "maxProperties": 3},
    "coded": {"description": "Every name is a code, declared or not; there are two or three.", "type": "object", "properties": {"AA": {"type": "integer"}, "BB": {"type": ["integer", "null"]}}, "propertyNames": {"pattern": "^[A-Z]{2}$"}, "minProperties": 2, "maxProperties": 3, "examples": [{"AA": 1, "CC": [true]}]},
    "without": {"type": "object", "properties": {"a": {"type": "integer"}, "b": false}, "required": ["a"]},
    "parts": {"description": "Each part sees its own members only.", "type": "object", "allOf": [{"properties": {"own": {"type": "integer", "maximum": 10}}}, {"properties": {"far": true}, "additionalProperties": {"type": "integer", "minimum": 1}}], "required": ["other"]},
    "evaluated": {"type": "object", "allOf": [{"properties": {"a": {"type": "string"}}}, {"patternProperties": {"^p": {"type": "integer"}}}], "unevaluatedProperties": {"type": "boolean"}},
    "void": {"type": "object", "propertyNames": false}
  }
}`,
};

export const Label = schema(documents, "schema:///parcels.schema.json", "/$defs/label", []);

export const LabelValue = schema(documents, "schema:///parcels.schema.json", "/$defs/label/additionalProperties", []);

export const Anything = schema(documents, "schema:///parcels.schema.json", "/$defs/anything", []);

export const Scan = schema(documents, "schema:///parcels.schema.json", "/$defs/scan", []);

export const ScanMatchingWAndKgValue = schema(documents, "schema:///parcels.schema.json", "/$defs/scan/patternProperties/%5Ew_", []);

export const ScanWValue = schema(documents, "schema:///parcels.schema.json", "/$defs/scan/patternProperties/%5Ew_", []);

export const ScanKgValue = schema(documents, "schema:///parcels.schema.json", "/$defs/scan/patternProperties/_kg$", []);

export const ClosedScan = schema(documents, "schema:///parcels.schema.json", "/$defs/closed_scan", []);

export const Tags = schema(documents, "schema:///parcels.schema.json", "/$defs/tags", []);

export const Coded = schema(documents, "schema:///parcels.schema.json", "/$defs/coded", []);

export const Without = schema(documents, "schema:///parcels.schema.json", "/$defs/without", []);

export const Parts = schema(documents, "schema:///parcels.schema.json", "/$defs/parts", []);

export const PartsValue = schema(documents, "schema:///parcels.schema.json", "/$defs/parts/allOf/1/additionalProperties", []);

export const Evaluated = schema(documents, "schema:///parcels.schema.json", "/$defs/evaluated", []);

export const Void = schema(documents, "schema:///parcels.schema.json", "/$defs/void", []);
