"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///table.schema.json": r"""{
  "$id": "schema:///table.schema.json",
  "title": "Table",
  "type": "object",
  "properties": {"counts": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1, "maxProperties": 2}, "labels": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}, "flags": {"type": "object", "propertyNames": {"enum": ["x", "a\"b"]}, "additionalProperties": {"type": "boolean"}}, "open": {"type": "object", "additionalProperties": true}, "named": {"$ref": "#/$defs/named"}, "empty": {"type": "object", "maxProperties": 0}},
  "$defs": {
    "named": {"type": "object", "propertyNames": {"minLength": 2, "format": "ipv4"}, "additionalProperties": {"type": "string", "minLength": 1}}
  }
}""",
}

TABLE = Schema(_DOCUMENTS, "schema:///table.schema.json", None, ())
