//! Models of one schema file.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::Model;

/// `Root`.
///
/// At most 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Root", schema = schemas::ROOT, maximum = "7", key_part)]
pub struct Root(i64);

mod schemas {
    /// The schema of `Root`.
    pub(super) const ROOT: &str = r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "schema:///day.schema.json",
      "type": "integer",
      "maximum": 7
    }"#;
}
