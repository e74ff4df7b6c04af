"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///loan.schema.json": r"""{
  "$id": "schema:///loan.schema.json",
  "title": "Loan",
  "type": "object",
  "additionalProperties": false,
  "properties": {"type": {"type": "string"}, "self": {"type": "integer"}, "self_": {"type": "integer"}, "due date": {"type": "string", "format": "date"}, "due-date": {"type": "string", "format": "date"}, "due_date": {"type": "string", "format": "date"}, "2nd reader": {"type": ["string", "null"]}, "größe": {"type": "integer", "minimum": 0}, "日本": {"type": "string"}, "": {"type": "boolean"}, "$ref": {"$ref": "#/$defs/String"}, "a\"b\\c": {"type": "integer"}, "gen": {"enum": ["+", "-", "+1", "-1", "type", "Self", "self", ""]}, "returned": {"type": ["boolean", "null"], "default": null}},
  "required": ["type", "2nd reader", "due_date"],
  "$defs": {
    "String": {"type": "string", "maxLength": 3},
    "vec": {"type": "array", "items": {"$ref": "#/$defs/String"}, "maxItems": 2},
    "Vec": {"type": "integer", "maximum": 10},
    "loan": {"type": "string", "minLength": 2}
  }
}""",
}

LOAN = Schema(_DOCUMENTS, "schema:///loan.schema.json", None, ())
