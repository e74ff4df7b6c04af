/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///loan.schema.json": `{
  "$id": "schema:///loan.schema.json",
  "title": "Loan",
  "type": "object",
  "additionalProperties": false,
  "properties": {"type": {"type": "string"}, "self": {"type": "integer"}, "self_": {"type": "integer"}, "due date": {"type": "string", "format": "date"}, "due-date": {"type": "string", "format": "date"}, "due_date": {"type": "string", "format": "date"}, "2nd reader": {"type": ["string", "null"]}, "größe": {"type": "integer", "minimum": 0}, "日本": {"type": "string"}, "": {"type": "boolean"}, "$ref": {"$ref": "#/$defs/String"}, "a\\"b\\\\c": {"type": "integer"}, "gen": {"enum": ["+", "-", "+1", "-1", "type", "Self", "self", ""]}, "returned": {"type": ["boolean", "null"], "default": null}},
  "required": ["type", "2nd reader", "due_date"],
  "$defs": {
    "String": {"type": "string", "maxLength": 3},
    "vec": {"type": "array", "items": {"$ref": "#/$defs/String"}, "maxItems": 2},
    "Vec": {"type": "integer", "maximum": 10},
    "loan": {"type": "string", "minLength": 2}
  }
}`,
};

export const Loan = schema(documents, "schema:///loan.schema.json", null, []);

export const LoanGen = schema(documents, "schema:///loan.schema.json", "/properties/gen", []);

export const StringType = schema(documents, "schema:///loan.schema.json", "/$defs/String", []);

export const Vec2 = schema(documents, "schema:///loan.schema.json", "/$defs/vec", []);

export const Vec = schema(documents, "schema:///loan.schema.json", "/$defs/Vec", []);

export const Loan2 = schema(documents, "schema:///loan.schema.json", "/$defs/loan", []);
