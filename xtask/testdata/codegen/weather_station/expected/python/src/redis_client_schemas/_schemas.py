"""The schemas of the models, with all they refer to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import Schema

_DOCUMENTS = {
    "schema:///reading.schema.json": r"""{
  "$id": "schema:///reading.schema.json",
  "title": "Reading",
  "description": "What a station has measured; see [the manual] or https://weather.example/manual.",
  "type": "object",
  "x-redis-channel": "weather.{station}.reading",
  "x-redis-max-age": 30,
  "x-redis-expired": "dead-letter",
  "properties": {"event_type": {"const": "weather.reading"}, "version": {"const": 2}, "station": {"$ref": "#/$defs/station"}, "taken_at": {"type": "string", "format": "date-time"}, "celsius": {"type": "number", "minimum": -90.5, "exclusiveMaximum": 70, "multipleOf": 0.5}, "humidity": {"type": ["integer", "null"], "minimum": 0, "maximum": 100}, "gusts": {"description": "Knots, latest first.", "type": "array", "items": {"type": "number", "minimum": 0}, "maxItems": 3}, "sky": {"enum": ["clear", "overcast", "<10% cloud", null], "description": "`null` at night."}, "battery_ok": {"type": "boolean", "default": true}, "remark": {"type": "string", "minLength": 1, "maxLength": 8}, "tags": {"type": "array", "items": {"type": "string"}, "uniqueItems": true, "minItems": 1}},
  "required": ["event_type", "version", "station", "taken_at", "celsius", "humidity", "gusts", "sky"],
  "$defs": {
    "station": {"title": "Station ID", "type": "string", "pattern": "^[A-Z]{4}$", "examples": ["EDDF"]}
  }
}""",
}

READING = Schema(_DOCUMENTS, "schema:///reading.schema.json", None, ())
