/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///device.schema.json": `{
  "$id": "schema:///device.schema.json",
  "title": "Device",
  "description": "Built from parts: everything in \`allOf\` holds at once.",
  "type": "object",
  "allOf": [{"$ref": "#/$defs/addressed"}, {"$ref": "#/$defs/owned"}],
  "properties": {"speed": {"enum": [10, 20, 30], "description": "A range in steps."}, "ports": {"enum": [1, 2, 3, null]}, "generation": {"const": 2}, "slots": {"type": "integer", "allOf": [{"minimum": 1}, {"maximum": 8}]}, "contact": {"$ref": "#/$defs/contact"}, "uptime": {"type": "string", "format": "duration"}, "extra": {"description": "Anything at all."}, "list": {"type": "array", "maxItems": 2}, "reserved": {"type": "null"}},
  "required": ["speed", "generation", "rack"],
  "unevaluatedProperties": false,
  "$defs": {
    "addressed": {"properties": {"address": {"anyOf": [{"$ref": "#/$defs/v4"}, {"$ref": "#/$defs/v6"}]}, "rack": {"type": "string", "minLength": 2}}, "required": ["address"]},
    "owned": {"properties": {"owner": {"type": "string"}, "rack": {"maxLength": 4}}},
    "contact": {"type": "string", "format": "email", "maxLength": 20},
    "v4": {"type": "string", "format": "ipv4"},
    "v6": {"type": "string", "format": "ipv6"},
    "same": {"allOf": [{"$ref": "#/$defs/v4"}], "description": "Another word for it."},
    "open": {"type": "object", "required": ["any"]}
  }
}`,
};

export const Device = schema(documents, "schema:///device.schema.json", null, []);

export const AddressedAddress = schema(documents, "schema:///device.schema.json", "/$defs/addressed/properties/address", []);

export const Contact = schema(documents, "schema:///device.schema.json", "/$defs/contact", []);

export const V4 = schema(documents, "schema:///device.schema.json", "/$defs/v4", []);

export const V6 = schema(documents, "schema:///device.schema.json", "/$defs/v6", []);

export const Open = schema(documents, "schema:///device.schema.json", "/$defs/open", []);
