/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///survey.schema.json": `{
  "$id": "schema:///survey.schema.json",
  "title": "Survey",
  "type": "object",
  "properties": {"origin": {"$ref": "#/$defs/point"}, "line": {"type": "array", "items": {"$ref": "#/$defs/point"}, "uniqueItems": true}, "reading": {"description": "When, what and how well.", "type": ["array", "null"], "prefixItems": [{"description": "When it was taken.", "type": "string", "format": "date-time"}, {"type": ["number", "null"], "description": "What was read."}, {"enum": ["good", "poor"]}], "items": {"type": "string", "minLength": 1}, "minItems": 2, "maxItems": 5}, "log": {"type": "array", "prefixItems": [{"type": "boolean"}, {"type": "boolean"}], "uniqueItems": true}, "flags": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "number"}], "items": false, "uniqueItems": true}, "empty": {"type": "array", "items": false}, "short": {"type": "array", "prefixItems": [{"type": "integer"}, false, {"type": "string"}]}, "long": {"type": "array", "prefixItems": [{"type": "integer"}], "items": {"type": "integer"}, "minItems": 3}, "anything": {"type": "array", "uniqueItems": true}, "tree": {"$ref": "#/$defs/tree"}, "either": {"anyOf": [{"$ref": "#/$defs/point"}, {"type": "string"}, {"type": "object", "maxProperties": 2}]}},
  "required": ["origin"],
  "additionalProperties": false,
  "$defs": {
    "point": {"title": "Point", "description": "Where something is: across, up and, where it is known, above the sea.", "type": "array", "prefixItems": [{"type": "number", "description": "Metres to the east."}, {"type": "number", "description": "Metres to the north."}, {"type": "number", "description": "Metres above the sea."}], "items": false, "minItems": 2, "examples": [[1.5, -2], [0, 0, 12.25]]},
    "tree": {"description": "A name, then what hangs on the left and on the right.", "type": "array", "prefixItems": [{"type": "string"}, {"$ref": "#/$defs/tree"}, {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]}], "items": false, "minItems": 1}
  }
}`,
};

export const Survey = schema(documents, "schema:///survey.schema.json", null, []);

export const SurveyReading = schema(documents, "schema:///survey.schema.json", "/properties/reading", []);

export const SurveyReadingItem3 = schema(documents, "schema:///survey.schema.json", "/properties/reading/prefixItems/2", []);

export const SurveyReadingItem = schema(documents, "schema:///survey.schema.json", "/properties/reading/items", []);

export const SurveyLog = schema(documents, "schema:///survey.schema.json", "/properties/log", []);

export const SurveyFlags = schema(documents, "schema:///survey.schema.json", "/properties/flags", []);

export const SurveyShort = schema(documents, "schema:///survey.schema.json", "/properties/short", []);

export const SurveyLong = schema(documents, "schema:///survey.schema.json", "/properties/long", []);

export const SurveyEither = schema(documents, "schema:///survey.schema.json", "/properties/either", []);

export const SurveyEitherObject = schema(documents, "schema:///survey.schema.json", "/properties/either/anyOf/2", []);

export const Point = schema(documents, "schema:///survey.schema.json", "/$defs/point", []);

export const Tree = schema(documents, "schema:///survey.schema.json", "/$defs/tree", []);
