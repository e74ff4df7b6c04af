"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///root.schema.json": r"""{
  "$id": "schema:///root.schema.json",
  "anyOf": [{"type": "null"}, {"type": "integer"}, {"$ref": "#/$defs/Root"}],
  "$defs": {
    "Root": {"type": "object", "properties": {"inner": {"$ref": "#"}}}
  }
}""",
}

ROOT2 = Schema(_DOCUMENTS, "schema:///root.schema.json", "/$defs/Root", ())
