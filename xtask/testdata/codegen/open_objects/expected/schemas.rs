//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///parcels.schema.json`
macro_rules! parcels_schema {
    () => {
        r##"{
  "$id": "schema:///parcels.schema.json",
  "$defs": {
    "label": {"description": "What stands on a parcel; remarks of carriers are kept.", "type": "object", "properties": {"to": {"type": "string", "minLength": 1}, "additional": {"description": "A member that is called like the map.", "type": "boolean"}}, "required": ["to"], "additionalProperties": {"type": ["string", "null"], "maxLength": 20}, "examples": [{"to": "Ada", "shelf": "B7"}]},
    "anything": {"description": "Whatever else is there is kept as it is.", "type": "object", "properties": {"id": {"type": "integer"}}, "additionalProperties": true},
    "scan": {"description": "Members by pattern: a name that matches both patterns satisfies both.", "type": "object", "properties": {"w_kg": {"type": "number"}, "x_self": {"$ref": "#/$defs/scan"}}, "patternProperties": {"^w_": {"type": "number", "minimum": 0}, "_kg$": {"type": "number", "maximum": 1000, "description": "In kilograms."}, "^x_": {"$ref": "#/$defs/scan"}, "^old_": false}, "additionalProperties": {"type": "string"}, "required": ["w_kg"]},
    "closed_scan": {"type": "object", "patternProperties": {"^[a-z]+$": {"type": "integer"}, "[0-9]{2,}": {"type": "boolean"}}, "additionalProperties": false},
    "tags": {"description": "Only maps: their names say what they hold.", "type": "object", "patternProperties": {"^n_": {"type": "integer"}, "^t_": {"type": "string"}, "_x$": true}, "minProperties": 1, "maxProperties": 3},
    "coded": {"description": "Every name is a code, declared or not; there are two or three.", "type": "object", "properties": {"AA": {"type": "integer"}, "BB": {"type": ["integer", "null"]}}, "propertyNames": {"pattern": "^[A-Z]{2}$"}, "minProperties": 2, "maxProperties": 3, "examples": [{"AA": 1, "CC": [true]}]},
    "without": {"type": "object", "properties": {"a": {"type": "integer"}, "b": false}, "required": ["a"]},
    "parts": {"description": "Each part sees its own members only.", "type": "object", "allOf": [{"properties": {"own": {"type": "integer", "maximum": 10}}}, {"properties": {"far": true}, "additionalProperties": {"type": "integer", "minimum": 1}}], "required": ["other"]},
    "evaluated": {"type": "object", "allOf": [{"properties": {"a": {"type": "string"}}}, {"patternProperties": {"^p": {"type": "integer"}}}], "unevaluatedProperties": {"type": "boolean"}},
    "void": {"type": "object", "propertyNames": false}
  }
}"##
    };
}

/// The schema of `Label`.
pub(super) const LABEL: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/label",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `LabelValue`.
pub(super) const LABEL_VALUE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/label/additionalProperties",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Anything`.
pub(super) const ANYTHING: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/anything",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Scan`.
pub(super) const SCAN: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/scan",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ScanMatchingWAndKgValue`.
pub(super) const SCAN_MATCHING_W_AND_KG_VALUE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/scan/patternProperties/%5Ew_",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ScanWValue`.
pub(super) const SCAN_W_VALUE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/scan/patternProperties/%5Ew_",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ScanKgValue`.
pub(super) const SCAN_KG_VALUE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/scan/patternProperties/_kg$",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ClosedScan`.
pub(super) const CLOSED_SCAN: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/closed_scan",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Tags`.
pub(super) const TAGS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/tags",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Coded`.
pub(super) const CODED: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/coded",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Without`.
pub(super) const WITHOUT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/without",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Parts`.
pub(super) const PARTS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/parts",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `PartsValue`.
pub(super) const PARTS_VALUE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/parts/allOf/1/additionalProperties",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Evaluated`.
pub(super) const EVALUATED: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/evaluated",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Void`.
pub(super) const VOID: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///parcels.schema.json#/$defs/void",
  "$defs": {
    "schema:///parcels.schema.json": "#,
    parcels_schema!(),
    r#"
  }
}"#,
);
