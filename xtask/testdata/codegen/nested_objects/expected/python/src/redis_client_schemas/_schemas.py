"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///recipe.schema.json": r"""{
  "$id": "schema:///recipe.schema.json",
  "title": "Recipe",
  "description": "```\nnot a test\n```",
  "type": "object",
  "properties": {"name": {"type": "string"}, "yield": {"type": "object", "properties": {"amount": {"type": "integer", "minimum": 1}, "unit": {"enum": ["portions", "pieces"]}}, "required": ["amount"]}, "steps": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}, "minutes": {"type": "number", "exclusiveMinimum": 0}, "uses": {"type": "array", "items": {"type": ["string", "null"], "pattern": "^[a-z ]+$"}}}, "required": ["text"], "additionalProperties": false}}, "amounts": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}, "variants": {"type": "object", "additionalProperties": {"$ref": "#"}}, "based_on": {"$ref": "#"}, "tree": {"$ref": "#/$defs/node"}, "forest": {"$ref": "#/$defs/list"}},
  "required": ["name", "steps"],
  "$defs": {
    "node": {"type": "object", "properties": {"value": {"type": "integer"}, "left": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}, "right": {"$ref": "#/$defs/node"}}, "required": ["value", "left"]},
    "list": {"type": "array", "items": {"$ref": "#/$defs/list"}}
  }
}""",
}

RECIPE = Schema(_DOCUMENTS, "schema:///recipe.schema.json", None, ())

RECIPE_YIELD = Schema(_DOCUMENTS, "schema:///recipe.schema.json", "/properties/yield", ())

RECIPE_STEPS_ITEM = Schema(_DOCUMENTS, "schema:///recipe.schema.json", "/properties/steps/items", ())

NODE = Schema(_DOCUMENTS, "schema:///recipe.schema.json", "/$defs/node", ())
