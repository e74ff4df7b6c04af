//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///events.schema.json`
macro_rules! events_schema {
    () => {
        r##"{
  "$id": "schema:///events.schema.json",
  "$defs": {
    "slew": {"title": "SlewEvent", "type": "object", "x-redis-channel": "scope.{scope}.slew.{axis}", "properties": {"event_type": {"const": "scope.slew"}, "axis": {"enum": ["ra", "dec"]}, "scope": {"$ref": "#/$defs/scope"}, "to": {"type": "string", "format": "decimal", "pattern": "^-?[0-9]{1,3}(\\.[0-9]+)?$"}, "at": {"type": "string", "format": "date-time", "x-redis-utc": "+00:00"}}, "required": ["event_type", "axis", "scope", "to", "at"]},
    "park": {"title": "ParkEvent", "type": "object", "x-redis-channel": "scope.park", "x-redis-max-age": 600, "properties": {"event_type": {"type": "string", "const": "scope.park \"now\""}}, "required": ["event_type"], "additionalProperties": false},
    "event": {"type": "object", "x-redis-channel": "scope.{scope}.error", "properties": {"scope": {"$ref": "#/$defs/scope"}, "event_type": {"const": "scope.error"}, "code": {"type": "integer", "minimum": -3, "maximum": 3, "multipleOf": 3}}, "required": ["scope", "event_type", "code"]},
    "scope": {"type": "string", "pattern": "^\\p{Ll}[\\p{Ll}\\d]*$", "maxLength": 16}
  }
}"##
    };
}

/// The schema of `SlewEvent`.
pub(super) const SLEW_EVENT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///events.schema.json#/$defs/slew",
  "$defs": {
    "schema:///events.schema.json": "#,
    events_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SlewEventAxis`.
pub(super) const SLEW_EVENT_AXIS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///events.schema.json#/$defs/slew/properties/axis",
  "$defs": {
    "schema:///events.schema.json": "#,
    events_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ParkEvent`.
pub(super) const PARK_EVENT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///events.schema.json#/$defs/park",
  "$defs": {
    "schema:///events.schema.json": "#,
    events_schema!(),
    r#"
  }
}"#,
);

/// The schema of `EventType`.
pub(super) const EVENT_TYPE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///events.schema.json#/$defs/event",
  "$defs": {
    "schema:///events.schema.json": "#,
    events_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Scope`.
pub(super) const SCOPE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///events.schema.json#/$defs/scope",
  "$defs": {
    "schema:///events.schema.json": "#,
    events_schema!(),
    r#"
  }
}"#,
);
