"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///parcel.schema.json": r"""{
  "$id": "schema:///parcel.schema.json",
  "title": "Parcel",
  "type": "object",
  "properties": {"id": {"$ref": "#/$defs/id"}, "root": {"$ref": "#/$defs/root"}},
  "required": ["id"],
  "$defs": {
    "id": {"type": "string", "pattern": "^[0-9]+$"},
    "root": {"type": "integer", "maximum": 9}
  }
}""",
}

PARCEL = Schema(_DOCUMENTS, "schema:///parcel.schema.json", None, ())
