/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///recipe.schema.json": `{
  "$id": "schema:///recipe.schema.json",
  "title": "Recipe",
  "description": "\`\`\`\\nnot a test\\n\`\`\`",
  "type": "object",
  "properties": {"name": {"type": "string"}, "yield": {"type": "object", "properties": {"amount": {"type": "integer", "minimum": 1}, "unit": {"enum": ["portions", "pieces"]}}, "required": ["amount"]}, "steps": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}, "minutes": {"type": "number", "exclusiveMinimum": 0}, "uses": {"type": "array", "items": {"type": ["string", "null"], "pattern": "^[a-z ]+$"}}}, "required": ["text"], "additionalProperties": false}}, "amounts": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}, "variants": {"type": "object", "additionalProperties": {"$ref": "#"}}, "based_on": {"$ref": "#"}, "tree": {"$ref": "#/$defs/node"}, "forest": {"$ref": "#/$defs/list"}},
  "required": ["name", "steps"],
  "$defs": {
    "node": {"type": "object", "properties": {"value": {"type": "integer"}, "left": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}, "right": {"$ref": "#/$defs/node"}}, "required": ["value", "left"]},
    "list": {"type": "array", "items": {"$ref": "#/$defs/list"}}
  }
}`,
};

export const Recipe = schema(documents, "schema:///recipe.schema.json", null, []);

export const RecipeYield = schema(documents, "schema:///recipe.schema.json", "/properties/yield", []);

export const RecipeYieldUnit = schema(documents, "schema:///recipe.schema.json", "/properties/yield/properties/unit", []);

export const RecipeStepsItem = schema(documents, "schema:///recipe.schema.json", "/properties/steps/items", []);

export const RecipeStepsItemUsesItem = schema(documents, "schema:///recipe.schema.json", "/properties/steps/items/properties/uses/items", []);

export const RecipeAmountsValue = schema(documents, "schema:///recipe.schema.json", "/properties/amounts/additionalProperties", []);

export const Node = schema(documents, "schema:///recipe.schema.json", "/$defs/node", []);

export const List = schema(documents, "schema:///recipe.schema.json", "/$defs/list", []);
