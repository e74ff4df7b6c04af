"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///alphabet.schema.json": r"""{
  "$id": "schema:///alphabet.schema.json",
  "title": "Alphabet",
  "description": "Types called as code that is written by machines likes to call its own. It ends with \"\"\"\"",
  "type": "object",
  "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"type": "array", "items": {"$ref": "#/$defs/a"}}, "d": {"$ref": "#/$defs/d"}, "s": {"$ref": "#/$defs/s"}, "e": {"$ref": "#/$defs/e"}, "m": {"$ref": "#/$defs/m"}, "members": {"$ref": "#/$defs/members"}, "text": {"$ref": "#/$defs/text"}, "elements": {"$ref": "#/$defs/elements"}, "warning": {"$ref": "#/$defs/warning"}},
  "$defs": {
    "a": {"title": "A", "description": "\"", "type": "object", "properties": {"d": {"$ref": "#/$defs/d"}}, "required": ["d"]},
    "d": {"title": "D", "description": "\"\"\"", "type": "string", "minLength": 1},
    "s": {"title": "S", "description": "a \\\"", "enum": ["t", "u"]},
    "e": {"title": "E", "oneOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/d"}]},
    "m": {"title": "M", "description": "A map of itself.", "type": "object", "additionalProperties": {"$ref": "#/$defs/m"}},
    "members": {"title": "Members", "type": "object", "properties": {"s": {"$ref": "#/$defs/s"}}, "additionalProperties": {"$ref": "#/$defs/elements"}},
    "text": {"title": "Text", "enum": ["members", "elements"]},
    "elements": {"title": "Elements", "type": "array", "prefixItems": [{"$ref": "#/$defs/text"}], "items": {"$ref": "#/$defs/a"}, "minItems": 1},
    "warning": {"title": "Warning", "description": "Python has a class of this name.", "type": "object", "properties": {"code": {"type": "integer"}}, "required": ["code"]}
  }
}""",
}

ALPHABET = Schema(_DOCUMENTS, "schema:///alphabet.schema.json", None, ())

A = Schema(_DOCUMENTS, "schema:///alphabet.schema.json", "/$defs/a", ())

MEMBERS = Schema(_DOCUMENTS, "schema:///alphabet.schema.json", "/$defs/members", ())

WARNING_TYPE = Schema(_DOCUMENTS, "schema:///alphabet.schema.json", "/$defs/warning", ())
