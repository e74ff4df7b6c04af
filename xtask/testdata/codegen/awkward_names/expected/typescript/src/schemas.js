/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///alphabet.schema.json": `{
  "$id": "schema:///alphabet.schema.json",
  "title": "Alphabet",
  "description": "Types called as code that is written by machines likes to call its own. It ends with \\"\\"\\"\\"",
  "type": "object",
  "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"type": "array", "items": {"$ref": "#/$defs/a"}}, "d": {"$ref": "#/$defs/d"}, "s": {"$ref": "#/$defs/s"}, "e": {"$ref": "#/$defs/e"}, "m": {"$ref": "#/$defs/m"}, "members": {"$ref": "#/$defs/members"}, "text": {"$ref": "#/$defs/text"}, "elements": {"$ref": "#/$defs/elements"}, "warning": {"$ref": "#/$defs/warning"}},
  "$defs": {
    "a": {"title": "A", "description": "\\"", "type": "object", "properties": {"d": {"$ref": "#/$defs/d"}}, "required": ["d"]},
    "d": {"title": "D", "description": "\\"\\"\\"", "type": "string", "minLength": 1},
    "s": {"title": "S", "description": "a \\\\\\"", "enum": ["t", "u"]},
    "e": {"title": "E", "oneOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/d"}]},
    "m": {"title": "M", "description": "A map of itself.", "type": "object", "additionalProperties": {"$ref": "#/$defs/m"}},
    "members": {"title": "Members", "type": "object", "properties": {"s": {"$ref": "#/$defs/s"}}, "additionalProperties": {"$ref": "#/$defs/elements"}},
    "text": {"title": "Text", "enum": ["members", "elements"]},
    "elements": {"title": "Elements", "type": "array", "prefixItems": [{"$ref": "#/$defs/text"}], "items": {"$ref": "#/$defs/a"}, "minItems": 1},
    "warning": {"title": "Warning", "description": "Python has a class of this name.", "type": "object", "properties": {"code": {"type": "integer"}}, "required": ["code"]}
  }
}`,
};

export const Alphabet = schema(documents, "schema:///alphabet.schema.json", null, []);

export const A = schema(documents, "schema:///alphabet.schema.json", "/$defs/a", []);

export const D = schema(documents, "schema:///alphabet.schema.json", "/$defs/d", []);

export const S = schema(documents, "schema:///alphabet.schema.json", "/$defs/s", []);

export const E = schema(documents, "schema:///alphabet.schema.json", "/$defs/e", []);

export const M = schema(documents, "schema:///alphabet.schema.json", "/$defs/m", []);

export const Members = schema(documents, "schema:///alphabet.schema.json", "/$defs/members", []);

export const Text = schema(documents, "schema:///alphabet.schema.json", "/$defs/text", []);

export const Elements = schema(documents, "schema:///alphabet.schema.json", "/$defs/elements", []);

export const Warning = schema(documents, "schema:///alphabet.schema.json", "/$defs/warning", []);
