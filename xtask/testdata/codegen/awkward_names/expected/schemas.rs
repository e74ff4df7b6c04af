//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///alphabet.schema.json`
macro_rules! alphabet_schema {
    () => {
        r##"{
  "$id": "schema:///alphabet.schema.json",
  "title": "Alphabet",
  "description": "Types called as code that is written by machines likes to call its own. It ends with \"\"\"\"",
  "type": "object",
  "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"type": "array", "items": {"$ref": "#/$defs/a"}}, "d": {"$ref": "#/$defs/d"}, "s": {"$ref": "#/$defs/s"}, "e": {"$ref": "#/$defs/e"}, "m": {"$ref": "#/$defs/m"}, "members": {"$ref": "#/$defs/members"}, "text": {"$ref": "#/$defs/text"}, "elements": {"$ref": "#/$defs/elements"}, "warning": {"$ref": "#/$defs/warning"}},
  "$defs": {
    "a": {"title": "A", "description": "\"", "type": "object", "properties": {"d": {"$ref": "#/$defs/d"}}, "required": ["d"]},
    "d": {"title": "D", "description": "\"\"\"", "type": "string", "minLength": 1},
    "s": {"title": "S", "description": "a \\\"", "enum": ["t", "u"]},
    "e": {"title": "E", "oneOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/d"}]},
    "m": {"title": "M", "description": "A map of itself.", "type": "object", "additionalProperties": {"$ref": "#/$defs/m"}},
    "members": {"title": "Members", "type": "object", "properties": {"s": {"$ref": "#/$defs/s"}}, "additionalProperties": {"$ref": "#/$defs/elements"}},
    "text": {"title": "Text", "enum": ["members", "elements"]},
    "elements": {"title": "Elements", "type": "array", "prefixItems": [{"$ref": "#/$defs/text"}], "items": {"$ref": "#/$defs/a"}, "minItems": 1},
    "warning": {"title": "Warning", "description": "Python has a class of this name.", "type": "object", "properties": {"code": {"type": "integer"}}, "required": ["code"]}
  }
}"##
    };
}

/// The schema of `Alphabet`.
pub(super) const ALPHABET: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "schema:///alphabet.schema.json",
  "title": "Alphabet",
  "description": "Types called as code that is written by machines likes to call its own. It ends with \"\"\"\"",
  "type": "object",
  "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"type": "array", "items": {"$ref": "#/$defs/a"}}, "d": {"$ref": "#/$defs/d"}, "s": {"$ref": "#/$defs/s"}, "e": {"$ref": "#/$defs/e"}, "m": {"$ref": "#/$defs/m"}, "members": {"$ref": "#/$defs/members"}, "text": {"$ref": "#/$defs/text"}, "elements": {"$ref": "#/$defs/elements"}, "warning": {"$ref": "#/$defs/warning"}},
  "$defs": {
    "a": {"title": "A", "description": "\"", "type": "object", "properties": {"d": {"$ref": "#/$defs/d"}}, "required": ["d"]},
    "d": {"title": "D", "description": "\"\"\"", "type": "string", "minLength": 1},
    "s": {"title": "S", "description": "a \\\"", "enum": ["t", "u"]},
    "e": {"title": "E", "oneOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/d"}]},
    "m": {"title": "M", "description": "A map of itself.", "type": "object", "additionalProperties": {"$ref": "#/$defs/m"}},
    "members": {"title": "Members", "type": "object", "properties": {"s": {"$ref": "#/$defs/s"}}, "additionalProperties": {"$ref": "#/$defs/elements"}},
    "text": {"title": "Text", "enum": ["members", "elements"]},
    "elements": {"title": "Elements", "type": "array", "prefixItems": [{"$ref": "#/$defs/text"}], "items": {"$ref": "#/$defs/a"}, "minItems": 1},
    "warning": {"title": "Warning", "description": "Python has a class of this name.", "type": "object", "properties": {"code": {"type": "integer"}}, "required": ["code"]}
  }
}"##;

/// The schema of `A`.
pub(super) const A: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/a",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `D`.
pub(super) const D: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/d",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `S`.
pub(super) const S: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/s",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `E`.
pub(super) const E: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/e",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `M`.
pub(super) const M: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/m",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Members`.
pub(super) const MEMBERS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/members",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Text`.
pub(super) const TEXT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/text",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Elements`.
pub(super) const ELEMENTS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/elements",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Warning`.
pub(super) const WARNING: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///alphabet.schema.json#/$defs/warning",
  "$defs": {
    "schema:///alphabet.schema.json": "#,
    alphabet_schema!(),
    r#"
  }
}"#,
);
