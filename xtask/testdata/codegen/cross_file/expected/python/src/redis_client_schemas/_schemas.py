"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "https://fleet.example/shared/units.schema.json": r"""{
  "$id": "https://fleet.example/shared/units.schema.json",
  "$defs": {
    "kilometres": {"$anchor": "distance", "type": "number", "minimum": 0},
    "plate": {"type": "string", "pattern": "^[A-Z0-9-]+$", "minLength": 2},
    "short_plate": {"$ref": "#/$defs/plate", "maxLength": 5, "pattern": "^[A-Z]"},
    "slash/and~tilde": {"enum": ["a/b", "c~d"]},
    "embedded": {"$id": "fuel.schema.json", "$defs": {"litres": {"type": "number", "minimum": 0, "maximum": 2000}}, "type": "object", "properties": {"amount": {"$ref": "#/$defs/litres"}}, "required": ["amount"]}
  }
}""",
    "https://fleet.example/trips/trip.schema.json": r"""{
  "$id": "https://fleet.example/trips/trip.schema.json",
  "title": "Trip",
  "type": "object",
  "properties": {"distance": {"$ref": "../shared/units.schema.json#distance"}, "limit": {"$ref": "../shared/units.schema.json#/$defs/kilometres", "maximum": 500}, "plate": {"$ref": "../shared/units.schema.json#/$defs/plate"}, "short": {"$ref": "https://fleet.example/shared/units.schema.json#/$defs/short_plate"}, "odd": {"$ref": "../shared/units.schema.json#/$defs/slash~1and~0tilde"}, "fuel": {"$ref": "../shared/fuel.schema.json"}, "litres": {"$ref": "../shared/fuel.schema.json#/$defs/litres"}, "driver": {"$ref": "driver.json"}},
  "required": ["distance", "plate"]
}""",
    "https://fleet.example/trips/driver.json": r"""{
  "$id": "https://fleet.example/trips/driver.json",
  "$comment": "Not called *.schema.json, so it is read because something refers to it.",
  "title": "Driver",
  "type": "object",
  "properties": {"name": {"$ref": "#/$defs/name"}},
  "required": ["name"],
  "$defs": {
    "name": {"type": "string", "minLength": 1},
    "unreached": {"type": "string", "pattern": "(?=never looked at)"}
  }
}""",
}

EMBEDDED = Schema(_DOCUMENTS, "https://fleet.example/shared/units.schema.json", "/$defs/embedded", ())

TRIP = Schema(_DOCUMENTS, "https://fleet.example/trips/trip.schema.json", None, ("https://fleet.example/shared/units.schema.json", "https://fleet.example/trips/driver.json"))

DRIVER = Schema(_DOCUMENTS, "https://fleet.example/trips/driver.json", None, ())
