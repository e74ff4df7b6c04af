"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///words.schema.json": r"""{
  "$id": "schema:///words.schema.json",
  "type": "array",
  "items": {"type": "string", "pattern": "^a"},
  "minItems": 1
}""",
}
