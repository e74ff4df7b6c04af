//! Models of one schema file.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::Model;

/// `Root value`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "RootValue", schema = schemas::ROOT_VALUE, union = "any")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum RootValue {
    /// `Integer`.
    Integer(i64),
    /// `Root`.
    Root(Root2),
}

/// `Root`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Root", schema = schemas::ROOT)]
pub struct Root(Option<RootValue>);

/// `Root`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Root2", schema = schemas::ROOT2, unknown = "ignore")]
pub struct Root2 {
    /// `inner`.
    #[model(optional, nullable)]
    pub inner: Option<Option<Box<RootValue>>>,
}

mod schemas {
    /// `schema:///root.schema.json`
    macro_rules! root_schema {
        () => {
            r##"{
      "$id": "schema:///root.schema.json",
      "anyOf": [{"type": "null"}, {"type": "integer"}, {"$ref": "#/$defs/Root"}],
      "$defs": {
        "Root": {"type": "object", "properties": {"inner": {"$ref": "#"}}}
      }
    }"##
        };
    }

    /// The schema of `RootValue`.
    pub(super) const ROOT_VALUE: &str = r##"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "schema:///root.schema.json",
      "anyOf": [{"type": "null"}, {"type": "integer"}, {"$ref": "#/$defs/Root"}],
      "$defs": {
        "Root": {"type": "object", "properties": {"inner": {"$ref": "#"}}}
      }
    }"##;

    /// The schema of `Root`.
    pub(super) const ROOT: &str = r##"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "schema:///root.schema.json",
      "anyOf": [{"type": "null"}, {"type": "integer"}, {"$ref": "#/$defs/Root"}],
      "$defs": {
        "Root": {"type": "object", "properties": {"inner": {"$ref": "#"}}}
      }
    }"##;

    /// The schema of `Root2`.
    pub(super) const ROOT2: &str = concat!(
        r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$ref": "schema:///root.schema.json#/$defs/Root",
      "$defs": {
        "schema:///root.schema.json": "#,
        root_schema!(),
        r#"
      }
    }"#,
    );
}
