//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///table.schema.json`
macro_rules! table_schema {
    () => {
        r##"{
  "$id": "schema:///table.schema.json",
  "title": "Table",
  "type": "object",
  "properties": {"counts": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1, "maxProperties": 2}, "labels": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}, "flags": {"type": "object", "propertyNames": {"enum": ["x", "a\"b"]}, "additionalProperties": {"type": "boolean"}}, "open": {"type": "object", "additionalProperties": true}, "named": {"$ref": "#/$defs/named"}, "empty": {"type": "object", "maxProperties": 0}},
  "$defs": {
    "named": {"type": "object", "propertyNames": {"minLength": 2, "format": "ipv4"}, "additionalProperties": {"type": "string", "minLength": 1}}
  }
}"##
    };
}

/// The schema of `Table`.
pub(super) const TABLE: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "schema:///table.schema.json",
  "title": "Table",
  "type": "object",
  "properties": {"counts": {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1, "maxProperties": 2}, "labels": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$", "maxLength": 3}}, "flags": {"type": "object", "propertyNames": {"enum": ["x", "a\"b"]}, "additionalProperties": {"type": "boolean"}}, "open": {"type": "object", "additionalProperties": true}, "named": {"$ref": "#/$defs/named"}, "empty": {"type": "object", "maxProperties": 0}},
  "$defs": {
    "named": {"type": "object", "propertyNames": {"minLength": 2, "format": "ipv4"}, "additionalProperties": {"type": "string", "minLength": 1}}
  }
}"##;

/// The schema of `Named`.
pub(super) const NAMED: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///table.schema.json#/$defs/named",
  "$defs": {
    "schema:///table.schema.json": "#,
    table_schema!(),
    r#"
  }
}"#,
);

/// The schema of `NamedValue`.
pub(super) const NAMED_VALUE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///table.schema.json#/$defs/named/additionalProperties",
  "$defs": {
    "schema:///table.schema.json": "#,
    table_schema!(),
    r#"
  }
}"#,
);
