//! Models of one schema file.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::Model;

/// `Root value`.
///
/// At most 2 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "RootValue", schema = schemas::ROOT_VALUE, max_length = 2)]
pub struct RootValue(String);

/// `Root`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Root", schema = schemas::ROOT)]
pub struct Root(Option<RootValue>);

mod schemas {
    /// The schema of `RootValue`.
    pub(super) const ROOT_VALUE: &str = r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "schema:///code.schema.json",
      "type": ["string", "null"],
      "maxLength": 2
    }"#;

    /// The schema of `Root`.
    pub(super) const ROOT: &str = r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "schema:///code.schema.json",
      "type": ["string", "null"],
      "maxLength": 2
    }"#;
}
