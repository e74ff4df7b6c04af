//! Models of one schema file.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::Model;

/// `Root`.
///
/// At least 1 item.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Root", schema = schemas::ROOT, min_items = 1)]
pub struct Root(Vec<RootItem>);

/// `Root item`.
///
/// Matches `^a`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "RootItem", schema = schemas::ROOT_ITEM, pattern = patterns::ROOT_ITEM)]
pub struct RootItem(String);

mod patterns {
    use ::redis_client::__private::{Pattern, Tables};

    /// `^a`.
    pub(super) static ROOT_ITEM: Pattern = Pattern::new(Tables {
        source: "^a",
        ascii: &[
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ],
        ranges: &[],
        classes: 2,
        transitions: &[0, 0, 0, 2, 2, 2],
        accepting: &[0x4],
        start: 1,
        alphabet_ascii: 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_ffff,
        alphabet_non_ascii: true,
    });
}

mod schemas {
    /// `schema:///words.schema.json`
    macro_rules! words_schema {
        () => {
            r#"{
      "$id": "schema:///words.schema.json",
      "type": "array",
      "items": {"type": "string", "pattern": "^a"},
      "minItems": 1
    }"#
        };
    }

    /// The schema of `Root`.
    pub(super) const ROOT: &str = r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "schema:///words.schema.json",
      "type": "array",
      "items": {"type": "string", "pattern": "^a"},
      "minItems": 1
    }"#;

    /// The schema of `RootItem`.
    pub(super) const ROOT_ITEM: &str = concat!(
        r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$ref": "schema:///words.schema.json#/items",
      "$defs": {
        "schema:///words.schema.json": "#,
        words_schema!(),
        r#"
      }
    }"#,
    );
}
