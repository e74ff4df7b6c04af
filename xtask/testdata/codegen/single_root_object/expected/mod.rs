//! Models of one schema file.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::Model;

/// `Parcel`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Parcel", schema = schemas::PARCEL, unknown = "ignore")]
pub struct Parcel {
    /// `id`.
    pub id: Id,
    /// `root`.
    #[model(optional)]
    pub root: Option<RootType>,
}

/// `id`.
///
/// Matches `^[0-9]+$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Id", schema = schemas::ID, pattern = patterns::ID, key_part)]
pub struct Id(String);

/// `root`.
///
/// At most 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "RootType", schema = schemas::ROOT_TYPE, maximum = "9", key_part)]
pub struct RootType(i64);

/// What the schema file describes.
pub type Root = Parcel;

mod patterns {
    use ::redis_client::__private::{Pattern, Tables};

    /// `^[0-9]+$`.
    pub(super) static ID: Pattern = Pattern::new(Tables {
        source: "^[0-9]+$",
        ascii: &[
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        ],
        ranges: &[],
        classes: 2,
        transitions: &[0, 0, 0, 2, 0, 2],
        accepting: &[0x4],
        start: 1,
        alphabet_ascii: 0x03ff_0000_0000_0000,
        alphabet_non_ascii: false,
    });
}

mod schemas {
    /// `schema:///parcel.schema.json`
    macro_rules! parcel_schema {
        () => {
            r##"{
      "$id": "schema:///parcel.schema.json",
      "title": "Parcel",
      "type": "object",
      "properties": {"id": {"$ref": "#/$defs/id"}, "root": {"$ref": "#/$defs/root"}},
      "required": ["id"],
      "$defs": {
        "id": {"type": "string", "pattern": "^[0-9]+$"},
        "root": {"type": "integer", "maximum": 9}
      }
    }"##
        };
    }

    /// The schema of `Parcel`.
    pub(super) const PARCEL: &str = r##"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "schema:///parcel.schema.json",
      "title": "Parcel",
      "type": "object",
      "properties": {"id": {"$ref": "#/$defs/id"}, "root": {"$ref": "#/$defs/root"}},
      "required": ["id"],
      "$defs": {
        "id": {"type": "string", "pattern": "^[0-9]+$"},
        "root": {"type": "integer", "maximum": 9}
      }
    }"##;

    /// The schema of `Id`.
    pub(super) const ID: &str = concat!(
        r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$ref": "schema:///parcel.schema.json#/$defs/id",
      "$defs": {
        "schema:///parcel.schema.json": "#,
        parcel_schema!(),
        r#"
      }
    }"#,
    );

    /// The schema of `RootType`.
    pub(super) const ROOT_TYPE: &str = concat!(
        r#"{
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$ref": "schema:///parcel.schema.json#/$defs/root",
      "$defs": {
        "schema:///parcel.schema.json": "#,
        parcel_schema!(),
        r#"
      }
    }"#,
    );
}
