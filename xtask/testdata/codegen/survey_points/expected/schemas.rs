//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///survey.schema.json`
macro_rules! survey_schema {
    () => {
        r##"{
  "$id": "schema:///survey.schema.json",
  "title": "Survey",
  "type": "object",
  "properties": {"origin": {"$ref": "#/$defs/point"}, "line": {"type": "array", "items": {"$ref": "#/$defs/point"}, "uniqueItems": true}, "reading": {"description": "When, what and how well.", "type": ["array", "null"], "prefixItems": [{"description": "When it was taken.", "type": "string", "format": "date-time"}, {"type": ["number", "null"], "description": "What was read."}, {"enum": ["good", "poor"]}], "items": {"type": "string", "minLength": 1}, "minItems": 2, "maxItems": 5}, "log": {"type": "array", "prefixItems": [{"type": "boolean"}, {"type": "boolean"}], "uniqueItems": true}, "flags": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "number"}], "items": false, "uniqueItems": true}, "empty": {"type": "array", "items": false}, "short": {"type": "array", "prefixItems": [{"type": "integer"}, false, {"type": "string"}]}, "long": {"type": "array", "prefixItems": [{"type": "integer"}], "items": {"type": "integer"}, "minItems": 3}, "anything": {"type": "array", "uniqueItems": true}, "tree": {"$ref": "#/$defs/tree"}, "either": {"anyOf": [{"$ref": "#/$defs/point"}, {"type": "string"}, {"type": "object", "maxProperties": 2}]}},
  "required": ["origin"],
  "additionalProperties": false,
  "$defs": {
    "point": {"title": "Point", "description": "Where something is: across, up and, where it is known, above the sea.", "type": "array", "prefixItems": [{"type": "number", "description": "Metres to the east."}, {"type": "number", "description": "Metres to the north."}, {"type": "number", "description": "Metres above the sea."}], "items": false, "minItems": 2, "examples": [[1.5, -2], [0, 0, 12.25]]},
    "tree": {"description": "A name, then what hangs on the left and on the right.", "type": "array", "prefixItems": [{"type": "string"}, {"$ref": "#/$defs/tree"}, {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]}], "items": false, "minItems": 1}
  }
}"##
    };
}

/// The schema of `Survey`.
pub(super) const SURVEY: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "schema:///survey.schema.json",
  "title": "Survey",
  "type": "object",
  "properties": {"origin": {"$ref": "#/$defs/point"}, "line": {"type": "array", "items": {"$ref": "#/$defs/point"}, "uniqueItems": true}, "reading": {"description": "When, what and how well.", "type": ["array", "null"], "prefixItems": [{"description": "When it was taken.", "type": "string", "format": "date-time"}, {"type": ["number", "null"], "description": "What was read."}, {"enum": ["good", "poor"]}], "items": {"type": "string", "minLength": 1}, "minItems": 2, "maxItems": 5}, "log": {"type": "array", "prefixItems": [{"type": "boolean"}, {"type": "boolean"}], "uniqueItems": true}, "flags": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "number"}], "items": false, "uniqueItems": true}, "empty": {"type": "array", "items": false}, "short": {"type": "array", "prefixItems": [{"type": "integer"}, false, {"type": "string"}]}, "long": {"type": "array", "prefixItems": [{"type": "integer"}], "items": {"type": "integer"}, "minItems": 3}, "anything": {"type": "array", "uniqueItems": true}, "tree": {"$ref": "#/$defs/tree"}, "either": {"anyOf": [{"$ref": "#/$defs/point"}, {"type": "string"}, {"type": "object", "maxProperties": 2}]}},
  "required": ["origin"],
  "additionalProperties": false,
  "$defs": {
    "point": {"title": "Point", "description": "Where something is: across, up and, where it is known, above the sea.", "type": "array", "prefixItems": [{"type": "number", "description": "Metres to the east."}, {"type": "number", "description": "Metres to the north."}, {"type": "number", "description": "Metres above the sea."}], "items": false, "minItems": 2, "examples": [[1.5, -2], [0, 0, 12.25]]},
    "tree": {"description": "A name, then what hangs on the left and on the right.", "type": "array", "prefixItems": [{"type": "string"}, {"$ref": "#/$defs/tree"}, {"anyOf": [{"$ref": "#/$defs/tree"}, {"type": "null"}]}], "items": false, "minItems": 1}
  }
}"##;

/// The schema of `SurveyReading`.
pub(super) const SURVEY_READING: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/reading",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyReadingItem3`.
pub(super) const SURVEY_READING_ITEM3: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/reading/prefixItems/2",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyReadingItem`.
pub(super) const SURVEY_READING_ITEM: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/reading/items",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyLog`.
pub(super) const SURVEY_LOG: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/log",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyFlags`.
pub(super) const SURVEY_FLAGS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/flags",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyShort`.
pub(super) const SURVEY_SHORT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/short",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyLong`.
pub(super) const SURVEY_LONG: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/long",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyEither`.
pub(super) const SURVEY_EITHER: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/either",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `SurveyEitherObject`.
pub(super) const SURVEY_EITHER_OBJECT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/properties/either/anyOf/2",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Point`.
pub(super) const POINT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/$defs/point",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Tree`.
pub(super) const TREE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///survey.schema.json#/$defs/tree",
  "$defs": {
    "schema:///survey.schema.json": "#,
    survey_schema!(),
    r#"
  }
}"#,
);
