/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///table.schema.json": `{
  "$id": "schema:///table.schema.json",
  "title": "Table",
  "type": "object",
  "properties": {"counts": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1, "maxProperties": 2}, "labels": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}, "flags": {"type": "object", "propertyNames": {"enum": ["x", "a\\"b"]}, "additionalProperties": {"type": "boolean"}}, "open": {"type": "object", "additionalProperties": true}, "named": {"$ref": "#/$defs/named"}, "empty": {"type": "object", "maxProperties": 0}},
  "$defs": {
    "named": {"type": "object", "propertyNames": {"minLength": 2, "format": "ipv4"}, "additionalProperties": {"type": "string", "minLength": 1}}
  }
}`,
};

export const Table = schema(documents, "schema:///table.schema.json", null, []);

export const Named = schema(documents, "schema:///table.schema.json", "/$defs/named", []);

export const NamedValue = schema(documents, "schema:///table.schema.json", "/$defs/named/additionalProperties", []);
