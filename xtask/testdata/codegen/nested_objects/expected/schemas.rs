//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///recipe.schema.json`
macro_rules! recipe_schema {
    () => {
        r##"{
  "$id": "schema:///recipe.schema.json",
  "title": "Recipe",
  "description": "```\nnot a test\n```",
  "type": "object",
  "properties": {"name": {"type": "string"}, "yield": {"type": "object", "properties": {"amount": {"type": "integer", "minimum": 1}, "unit": {"enum": ["portions", "pieces"]}}, "required": ["amount"]}, "steps": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}, "minutes": {"type": "number", "exclusiveMinimum": 0}, "uses": {"type": "array", "items": {"type": ["string", "null"], "pattern": "^[a-z ]+$"}}}, "required": ["text"], "additionalProperties": false}}, "amounts": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}, "variants": {"type": "object", "additionalProperties": {"$ref": "#"}}, "based_on": {"$ref": "#"}, "tree": {"$ref": "#/$defs/node"}, "forest": {"$ref": "#/$defs/list"}},
  "required": ["name", "steps"],
  "$defs": {
    "node": {"type": "object", "properties": {"value": {"type": "integer"}, "left": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}, "right": {"$ref": "#/$defs/node"}}, "required": ["value", "left"]},
    "list": {"type": "array", "items": {"$ref": "#/$defs/list"}}
  }
}"##
    };
}

/// The schema of `Recipe`.
pub(super) const RECIPE: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "schema:///recipe.schema.json",
  "title": "Recipe",
  "description": "```\nnot a test\n```",
  "type": "object",
  "properties": {"name": {"type": "string"}, "yield": {"type": "object", "properties": {"amount": {"type": "integer", "minimum": 1}, "unit": {"enum": ["portions", "pieces"]}}, "required": ["amount"]}, "steps": {"type": "array", "items": {"type": "object", "properties": {"text": {"type": "string", "minLength": 1}, "minutes": {"type": "number", "exclusiveMinimum": 0}, "uses": {"type": "array", "items": {"type": ["string", "null"], "pattern": "^[a-z ]+$"}}}, "required": ["text"], "additionalProperties": false}}, "amounts": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}, "variants": {"type": "object", "additionalProperties": {"$ref": "#"}}, "based_on": {"$ref": "#"}, "tree": {"$ref": "#/$defs/node"}, "forest": {"$ref": "#/$defs/list"}},
  "required": ["name", "steps"],
  "$defs": {
    "node": {"type": "object", "properties": {"value": {"type": "integer"}, "left": {"anyOf": [{"$ref": "#/$defs/node"}, {"type": "null"}]}, "right": {"$ref": "#/$defs/node"}}, "required": ["value", "left"]},
    "list": {"type": "array", "items": {"$ref": "#/$defs/list"}}
  }
}"##;

/// The schema of `RecipeYield`.
pub(super) const RECIPE_YIELD: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///recipe.schema.json#/properties/yield",
  "$defs": {
    "schema:///recipe.schema.json": "#,
    recipe_schema!(),
    r#"
  }
}"#,
);

/// The schema of `RecipeYieldUnit`.
pub(super) const RECIPE_YIELD_UNIT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///recipe.schema.json#/properties/yield/properties/unit",
  "$defs": {
    "schema:///recipe.schema.json": "#,
    recipe_schema!(),
    r#"
  }
}"#,
);

/// The schema of `RecipeStepsItem`.
pub(super) const RECIPE_STEPS_ITEM: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///recipe.schema.json#/properties/steps/items",
  "$defs": {
    "schema:///recipe.schema.json": "#,
    recipe_schema!(),
    r#"
  }
}"#,
);

/// The schema of `RecipeStepsItemUsesItem`.
pub(super) const RECIPE_STEPS_ITEM_USES_ITEM: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///recipe.schema.json#/properties/steps/items/properties/uses/items",
  "$defs": {
    "schema:///recipe.schema.json": "#,
    recipe_schema!(),
    r#"
  }
}"#,
);

/// The schema of `RecipeAmountsValue`.
pub(super) const RECIPE_AMOUNTS_VALUE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///recipe.schema.json#/properties/amounts/additionalProperties",
  "$defs": {
    "schema:///recipe.schema.json": "#,
    recipe_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Node`.
pub(super) const NODE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///recipe.schema.json#/$defs/node",
  "$defs": {
    "schema:///recipe.schema.json": "#,
    recipe_schema!(),
    r#"
  }
}"#,
);

/// The schema of `List`.
pub(super) const LIST: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///recipe.schema.json#/$defs/list",
  "$defs": {
    "schema:///recipe.schema.json": "#,
    recipe_schema!(),
    r#"
  }
}"#,
);
