"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///device.schema.json": r"""{
  "$id": "schema:///device.schema.json",
  "title": "Device",
  "description": "Built from parts: everything in `allOf` holds at once.",
  "type": "object",
  "allOf": [{"$ref": "#/$defs/addressed"}, {"$ref": "#/$defs/owned"}],
  "properties": {"speed": {"enum": [10, 20, 30], "description": "A range in steps."}, "ports": {"enum": [1, 2, 3, null]}, "generation": {"const": 2}, "slots": {"type": "integer", "allOf": [{"minimum": 1}, {"maximum": 8}]}, "contact": {"$ref": "#/$defs/contact"}, "uptime": {"type": "string", "format": "duration"}, "extra": {"description": "Anything at all."}, "list": {"type": "array", "maxItems": 2}, "reserved": {"type": "null"}},
  "required": ["speed", "generation", "rack"],
  "unevaluatedProperties": false,
  "$defs": {
    "addressed": {"properties": {"address": {"anyOf": [{"$ref": "#/$defs/v4"}, {"$ref": "#/$defs/v6"}]}, "rack": {"type": "string", "minLength": 2}}, "required": ["address"]},
    "owned": {"properties": {"owner": {"type": "string"}, "rack": {"maxLength": 4}}},
    "contact": {"type": "string", "format": "email", "maxLength": 20},
    "v4": {"type": "string", "format": "ipv4"},
    "v6": {"type": "string", "format": "ipv6"},
    "same": {"allOf": [{"$ref": "#/$defs/v4"}], "description": "Another word for it."},
    "open": {"type": "object", "required": ["any"]}
  }
}""",
}

DEVICE = Schema(_DOCUMENTS, "schema:///device.schema.json", None, ())

OPEN = Schema(_DOCUMENTS, "schema:///device.schema.json", "/$defs/open", ())
