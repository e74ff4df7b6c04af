"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///day.schema.json": r"""{
  "$id": "schema:///day.schema.json",
  "type": "integer",
  "maximum": 7
}""",
}
