//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///keys.schema.json`
macro_rules! keys_schema {
    () => {
        r##"{
  "$id": "schema:///keys.schema.json",
  "$defs": {
    "scan": {"title": "Scan", "description": "A page as it was scanned.", "type": "object", "x-redis-key": "scan:{box-id}:{page}:{taken}:{kind}", "x-redis-ttl": 60, "x-redis-value": "#/$defs/page", "properties": {"box-id": {"type": "string", "format": "uuid"}, "page": {"type": "integer", "minimum": 1}, "taken": {"type": "string", "format": "date"}, "kind": {"enum": ["front", "back"]}}, "required": ["box-id", "page", "taken", "kind"]},
    "shelf": {"type": "object", "x-redis-key": "shelf:{who}/{depth}", "x-redis-value": "string", "properties": {"who": {"$ref": "#/$defs/reader_or_all"}, "depth": {"type": "integer"}}, "required": ["who", "depth"]},
    "type": {"type": "object", "x-redis-key": "everything", "x-redis-value": "features"},
    "move": {"type": "object", "x-redis-key": "move_{self}", "x-redis-value": "lock", "properties": {"self": {"type": "string", "pattern": "^[a-c]{1,3}$"}}, "required": ["self"]},
    "page": {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"], "additionalProperties": false},
    "reader": {"type": "string", "pattern": "^[^:/*?\\[\\]\\\\\\s\\p{Cc}]+$"},
    "reader_or_all": {"oneOf": [{"$ref": "#/$defs/reader"}, {"const": "*", "title": "All", "description": "Everyone."}]}
  }
}"##
    };
}

/// The schema of `ScanPage`.
pub(super) const SCAN_PAGE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///keys.schema.json#/$defs/scan/properties/page",
  "$defs": {
    "schema:///keys.schema.json": "#,
    keys_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ScanKind`.
pub(super) const SCAN_KIND: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///keys.schema.json#/$defs/scan/properties/kind",
  "$defs": {
    "schema:///keys.schema.json": "#,
    keys_schema!(),
    r#"
  }
}"#,
);

/// The schema of `MoveSelf`.
pub(super) const MOVE_SELF: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///keys.schema.json#/$defs/move/properties/self",
  "$defs": {
    "schema:///keys.schema.json": "#,
    keys_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Page`.
pub(super) const PAGE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///keys.schema.json#/$defs/page",
  "$defs": {
    "schema:///keys.schema.json": "#,
    keys_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Reader`.
pub(super) const READER: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///keys.schema.json#/$defs/reader",
  "$defs": {
    "schema:///keys.schema.json": "#,
    keys_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ReaderOrAll`.
pub(super) const READER_OR_ALL: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///keys.schema.json#/$defs/reader_or_all",
  "$defs": {
    "schema:///keys.schema.json": "#,
    keys_schema!(),
    r#"
  }
}"#,
);
