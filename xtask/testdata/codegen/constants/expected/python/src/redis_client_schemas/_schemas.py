"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///switches.schema.json": r"""{
  "$id": "schema:///switches.schema.json",
  "$defs": {
    "switch": {"description": "Members that are one of a list, of whatever kind.", "type": "object", "properties": {"always_on": {"const": true}, "never": {"enum": [false, null]}, "either": {"enum": [true, false]}, "level": {"enum": [1, 2, 4, 8.0]}, "gain": {"enum": [0.5, -1, 3, null]}, "wide": {"const": 9007199254740991}, "edge": {"const": 7.50}, "mixed": {"description": "A word, a number or nothing.", "enum": ["auto", 0, 1.5, null, [], {"a": [true]}]}, "pair": {"const": [1, {"b": null, "a": "x"}]}, "scalar": {"enum": ["auto", true]}, "at": {"type": "string", "format": "time"}, "host": {"type": "string", "format": "hostname"}, "times": {"type": "array", "items": {"type": "string", "format": "time", "maxLength": 14}}}, "required": ["pair", "edge"], "additionalProperties": false, "examples": [{"pair": [1, {"a": "x", "b": null}], "edge": 7.5}]},
    "whatever": {"description": "A value of any type; each rule binds the values of its own type.", "minimum": -5, "exclusiveMaximum": 1000.5, "multipleOf": 0.5, "minLength": 2, "maxLength": 4, "pattern": "^[a-z]", "minItems": 1, "maxItems": 3, "uniqueItems": true, "maxProperties": 2, "propertyNames": {"maxLength": 3}},
    "loose": {"type": "object", "properties": {"a": {"minItems": 2}, "b": {"format": "ipv4"}, "c": {"maximum": 9007199254740991}, "d": {"format": "time"}}, "patternProperties": {"^m": {"minLength": 1}}, "additionalProperties": {"type": ["boolean", "string"]}, "examples": [{"a": [1, 2], "b": "1.2.3.4", "c": 5, "d": "10:00:00Z", "mm": "x"}]},
    "holds": {"description": "No type, and rules about what values hold.", "properties": {"a": {"type": "integer"}, "again": {"$ref": "#/$defs/holds"}}, "required": ["a"], "items": {"type": "string"}, "minimum": 3},
    "differing": {"type": "array", "uniqueItems": true}
  }
}""",
}

SWITCH = Schema(_DOCUMENTS, "schema:///switches.schema.json", "/$defs/switch", ())

LOOSE = Schema(_DOCUMENTS, "schema:///switches.schema.json", "/$defs/loose", ())

HOLDS_OBJECT = Schema(_DOCUMENTS, "schema:///switches.schema.json", "/$defs/holds", ())
