//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///loan.schema.json`
macro_rules! loan_schema {
    () => {
        r##"{
  "$id": "schema:///loan.schema.json",
  "title": "Loan",
  "type": "object",
  "additionalProperties": false,
  "properties": {"type": {"type": "string"}, "self": {"type": "integer"}, "self_": {"type": "integer"}, "due date": {"type": "string", "format": "date"}, "due-date": {"type": "string", "format": "date"}, "due_date": {"type": "string", "format": "date"}, "2nd reader": {"type": ["string", "null"]}, "größe": {"type": "integer", "minimum": 0}, "日本": {"type": "string"}, "": {"type": "boolean"}, "$ref": {"$ref": "#/$defs/String"}, "a\"b\\c": {"type": "integer"}, "gen": {"enum": ["+", "-", "+1", "-1", "type", "Self", "self", ""]}, "returned": {"type": ["boolean", "null"], "default": null}},
  "required": ["type", "2nd reader", "due_date"],
  "$defs": {
    "String": {"type": "string", "maxLength": 3},
    "vec": {"type": "array", "items": {"$ref": "#/$defs/String"}, "maxItems": 2},
    "Vec": {"type": "integer", "maximum": 10},
    "loan": {"type": "string", "minLength": 2}
  }
}"##
    };
}

/// The schema of `Loan`.
pub(super) const LOAN: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "schema:///loan.schema.json",
  "title": "Loan",
  "type": "object",
  "additionalProperties": false,
  "properties": {"type": {"type": "string"}, "self": {"type": "integer"}, "self_": {"type": "integer"}, "due date": {"type": "string", "format": "date"}, "due-date": {"type": "string", "format": "date"}, "due_date": {"type": "string", "format": "date"}, "2nd reader": {"type": ["string", "null"]}, "größe": {"type": "integer", "minimum": 0}, "日本": {"type": "string"}, "": {"type": "boolean"}, "$ref": {"$ref": "#/$defs/String"}, "a\"b\\c": {"type": "integer"}, "gen": {"enum": ["+", "-", "+1", "-1", "type", "Self", "self", ""]}, "returned": {"type": ["boolean", "null"], "default": null}},
  "required": ["type", "2nd reader", "due_date"],
  "$defs": {
    "String": {"type": "string", "maxLength": 3},
    "vec": {"type": "array", "items": {"$ref": "#/$defs/String"}, "maxItems": 2},
    "Vec": {"type": "integer", "maximum": 10},
    "loan": {"type": "string", "minLength": 2}
  }
}"##;

/// The schema of `LoanGen`.
pub(super) const LOAN_GEN: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///loan.schema.json#/properties/gen",
  "$defs": {
    "schema:///loan.schema.json": "#,
    loan_schema!(),
    r#"
  }
}"#,
);

/// The schema of `StringType`.
pub(super) const STRING_TYPE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///loan.schema.json#/$defs/String",
  "$defs": {
    "schema:///loan.schema.json": "#,
    loan_schema!(),
    r#"
  }
}"#,
);

/// The schema of `VecType`.
pub(super) const VEC_TYPE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///loan.schema.json#/$defs/vec",
  "$defs": {
    "schema:///loan.schema.json": "#,
    loan_schema!(),
    r#"
  }
}"#,
);

/// The schema of `VecType2`.
pub(super) const VEC_TYPE2: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///loan.schema.json#/$defs/Vec",
  "$defs": {
    "schema:///loan.schema.json": "#,
    loan_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Loan2`.
pub(super) const LOAN2: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///loan.schema.json#/$defs/loan",
  "$defs": {
    "schema:///loan.schema.json": "#,
    loan_schema!(),
    r#"
  }
}"#,
);
