//! The schema of each type, with all it refers to.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

/// `schema:///drawing.schema.json`
macro_rules! drawing_schema {
    () => {
        r##"{
  "$id": "schema:///drawing.schema.json",
  "title": "Drawing",
  "description": "A drawing: what is on it, and how it is laid out.",
  "type": "object",
  "properties": {"shapes": {"type": "array", "items": {"$ref": "#/$defs/shape"}}, "cover": {"anyOf": [{"$ref": "#/$defs/shape"}, {"type": "null"}]}, "width": {"$ref": "#/$defs/length"}, "layers": {"type": "object", "additionalProperties": {"$ref": "#/$defs/layer"}}, "formula": {"$ref": "#/$defs/expression"}, "outline": {"$ref": "#/$defs/outline"}, "note": {"type": ["integer", "string", "array", "null"], "minLength": 2, "minimum": 3, "items": {"type": "string"}}, "grid": {"description": "How fine the grid is.", "type": "number", "oneOf": [{"title": "Fine", "maximum": 1}, {"title": "Coarse", "minimum": 10}]}, "source": {"description": "Where it comes from, by whichever facts are known.", "anyOf": [{"$ref": "#/$defs/person"}, {"$ref": "#/$defs/place"}]}, "scale": {"type": "object", "properties": {"of": {"type": "integer"}}, "oneOf": [{"required": ["of", "to"]}, {"required": ["of", "about"]}]}, "made": {"type": "object", "properties": {"by": {"const": null}, "version": {"const": 1.5}, "draft": {"const": true}, "year": {"const": 2025}}, "required": ["by", "version", "draft", "year"]}, "loose": {"description": "A constant that is not there makes it another kind.", "anyOf": [{"title": "Strict", "type": "object", "properties": {"kind": {"const": "a"}}, "required": ["kind"], "additionalProperties": false}, {"type": "object", "maxProperties": 2}]}, "word": {"description": "Texts that swallow each other.", "anyOf": [{"const": "none"}, {"const": "none"}, {"type": "string"}, {"enum": ["b", "a"]}, {"type": "string", "format": "date"}, {"type": "string", "format": "date"}, {"type": "string", "oneOf": [{"minLength": 9}, {"pattern": "^[ab]*$"}]}]}, "code": {"anyOf": [{"const": "none"}, {"const": "none"}, {"type": "string"}, {"enum": ["b", "a"]}, {"type": "string", "maxLength": 1}]}, "label": {"type": "string", "oneOf": [{"minLength": 2}, {"maxLength": 4}]}},
  "required": ["shapes", "cover", "width"],
  "additionalProperties": false,
  "$defs": {
    "shape": {"description": "Something drawn, of one kind.", "type": "object", "properties": {"layer": {"type": "string"}, "kind": {"description": "Which shape it is.", "enum": ["circle", "square", "group"]}}, "required": ["layer", "kind"], "oneOf": [{"description": "All points as far from the centre.", "properties": {"kind": {"const": "circle"}, "radius": {"type": "number", "exclusiveMinimum": 0}}, "required": ["kind", "radius"]}, {"properties": {"kind": {"const": "square"}, "side": {"type": "number"}, "turned": {"type": "boolean", "default": false}}, "required": ["kind", "side"]}, {"title": "Group", "properties": {"kind": {"const": "group"}, "members": {"type": "array", "items": {"$ref": "#/$defs/shape"}}}, "required": ["kind", "members"]}], "unevaluatedProperties": false},
    "person": {"type": "object", "properties": {"name": {"type": "string"}, "home": {"type": "object", "properties": {"town": {"type": "string"}}}}, "required": ["name"]},
    "place": {"type": "object", "properties": {"town": {"type": "string"}, "home": {"type": "object", "properties": {"street": {"type": "string"}}}}},
    "length": {"description": "A length: chosen by itself, in points, or with its unit.", "anyOf": [{"const": "auto", "description": "As wide as it needs to be."}, {"type": "number", "minimum": 0}, {"type": "integer", "maximum": -1, "description": "Below zero it is counted from the right."}, {"type": "object", "properties": {"value": {"type": "number"}, "unit": {"enum": ["mm", "in"]}}, "required": ["value", "unit"]}], "examples": ["auto", 12.5, {"value": 3, "unit": "mm"}]},
    "layer": {"title": "Layer", "oneOf": [{"$ref": "#/$defs/tint"}, {"$ref": "#/$defs/texture"}]},
    "tint": {"type": "object", "properties": {"opacity": {"type": "number"}, "colour": {"type": "string"}}, "additionalProperties": false},
    "texture": {"type": "object", "properties": {"opacity": {"type": "number"}, "file": {"type": "string"}}, "additionalProperties": false},
    "outline": {"oneOf": [{"type": "null"}, {"type": "object", "properties": {"name": {"type": "string"}, "inner": {"$ref": "#/$defs/outline"}, "next": {"$ref": "#/$defs/outline"}}, "required": ["name", "inner"]}]},
    "expression": {"anyOf": [{"type": "number"}, {"type": "array", "items": {"$ref": "#/$defs/expression"}}, {"type": "object", "properties": {"op": {"const": "minus"}, "of": {"$ref": "#/$defs/expression"}}, "required": ["op", "of"]}, {"type": "object", "properties": {"op": {"const": "plus"}, "left": {"$ref": "#/$defs/expression"}, "right": {"$ref": "#/$defs/expression"}}, "required": ["op", "left", "right"]}]}
  }
}"##
    };
}

/// The schema of `Drawing`.
pub(super) const DRAWING: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "schema:///drawing.schema.json",
  "title": "Drawing",
  "description": "A drawing: what is on it, and how it is laid out.",
  "type": "object",
  "properties": {"shapes": {"type": "array", "items": {"$ref": "#/$defs/shape"}}, "cover": {"anyOf": [{"$ref": "#/$defs/shape"}, {"type": "null"}]}, "width": {"$ref": "#/$defs/length"}, "layers": {"type": "object", "additionalProperties": {"$ref": "#/$defs/layer"}}, "formula": {"$ref": "#/$defs/expression"}, "outline": {"$ref": "#/$defs/outline"}, "note": {"type": ["integer", "string", "array", "null"], "minLength": 2, "minimum": 3, "items": {"type": "string"}}, "grid": {"description": "How fine the grid is.", "type": "number", "oneOf": [{"title": "Fine", "maximum": 1}, {"title": "Coarse", "minimum": 10}]}, "source": {"description": "Where it comes from, by whichever facts are known.", "anyOf": [{"$ref": "#/$defs/person"}, {"$ref": "#/$defs/place"}]}, "scale": {"type": "object", "properties": {"of": {"type": "integer"}}, "oneOf": [{"required": ["of", "to"]}, {"required": ["of", "about"]}]}, "made": {"type": "object", "properties": {"by": {"const": null}, "version": {"const": 1.5}, "draft": {"const": true}, "year": {"const": 2025}}, "required": ["by", "version", "draft", "year"]}, "loose": {"description": "A constant that is not there makes it another kind.", "anyOf": [{"title": "Strict", "type": "object", "properties": {"kind": {"const": "a"}}, "required": ["kind"], "additionalProperties": false}, {"type": "object", "maxProperties": 2}]}, "word": {"description": "Texts that swallow each other.", "anyOf": [{"const": "none"}, {"const": "none"}, {"type": "string"}, {"enum": ["b", "a"]}, {"type": "string", "format": "date"}, {"type": "string", "format": "date"}, {"type": "string", "oneOf": [{"minLength": 9}, {"pattern": "^[ab]*$"}]}]}, "code": {"anyOf": [{"const": "none"}, {"const": "none"}, {"type": "string"}, {"enum": ["b", "a"]}, {"type": "string", "maxLength": 1}]}, "label": {"type": "string", "oneOf": [{"minLength": 2}, {"maxLength": 4}]}},
  "required": ["shapes", "cover", "width"],
  "additionalProperties": false,
  "$defs": {
    "shape": {"description": "Something drawn, of one kind.", "type": "object", "properties": {"layer": {"type": "string"}, "kind": {"description": "Which shape it is.", "enum": ["circle", "square", "group"]}}, "required": ["layer", "kind"], "oneOf": [{"description": "All points as far from the centre.", "properties": {"kind": {"const": "circle"}, "radius": {"type": "number", "exclusiveMinimum": 0}}, "required": ["kind", "radius"]}, {"properties": {"kind": {"const": "square"}, "side": {"type": "number"}, "turned": {"type": "boolean", "default": false}}, "required": ["kind", "side"]}, {"title": "Group", "properties": {"kind": {"const": "group"}, "members": {"type": "array", "items": {"$ref": "#/$defs/shape"}}}, "required": ["kind", "members"]}], "unevaluatedProperties": false},
    "person": {"type": "object", "properties": {"name": {"type": "string"}, "home": {"type": "object", "properties": {"town": {"type": "string"}}}}, "required": ["name"]},
    "place": {"type": "object", "properties": {"town": {"type": "string"}, "home": {"type": "object", "properties": {"street": {"type": "string"}}}}},
    "length": {"description": "A length: chosen by itself, in points, or with its unit.", "anyOf": [{"const": "auto", "description": "As wide as it needs to be."}, {"type": "number", "minimum": 0}, {"type": "integer", "maximum": -1, "description": "Below zero it is counted from the right."}, {"type": "object", "properties": {"value": {"type": "number"}, "unit": {"enum": ["mm", "in"]}}, "required": ["value", "unit"]}], "examples": ["auto", 12.5, {"value": 3, "unit": "mm"}]},
    "layer": {"title": "Layer", "oneOf": [{"$ref": "#/$defs/tint"}, {"$ref": "#/$defs/texture"}]},
    "tint": {"type": "object", "properties": {"opacity": {"type": "number"}, "colour": {"type": "string"}}, "additionalProperties": false},
    "texture": {"type": "object", "properties": {"opacity": {"type": "number"}, "file": {"type": "string"}}, "additionalProperties": false},
    "outline": {"oneOf": [{"type": "null"}, {"type": "object", "properties": {"name": {"type": "string"}, "inner": {"$ref": "#/$defs/outline"}, "next": {"$ref": "#/$defs/outline"}}, "required": ["name", "inner"]}]},
    "expression": {"anyOf": [{"type": "number"}, {"type": "array", "items": {"$ref": "#/$defs/expression"}}, {"type": "object", "properties": {"op": {"const": "minus"}, "of": {"$ref": "#/$defs/expression"}}, "required": ["op", "of"]}, {"type": "object", "properties": {"op": {"const": "plus"}, "left": {"$ref": "#/$defs/expression"}, "right": {"$ref": "#/$defs/expression"}}, "required": ["op", "left", "right"]}]}
  }
}"##;

/// The schema of `DrawingNote`.
pub(super) const DRAWING_NOTE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/note",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingNoteInteger`.
pub(super) const DRAWING_NOTE_INTEGER: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/note",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingNoteText`.
pub(super) const DRAWING_NOTE_TEXT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/note",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingGrid`.
pub(super) const DRAWING_GRID: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/grid",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Fine`.
pub(super) const FINE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/grid/oneOf/0",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Coarse`.
pub(super) const COARSE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/grid/oneOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingSource`.
pub(super) const DRAWING_SOURCE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/source",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingScale`.
pub(super) const DRAWING_SCALE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/scale",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingScaleChoice1`.
pub(super) const DRAWING_SCALE_CHOICE1: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/scale/oneOf/0",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingScaleChoice2`.
pub(super) const DRAWING_SCALE_CHOICE2: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/scale/oneOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingMade`.
pub(super) const DRAWING_MADE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/made",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingLoose`.
pub(super) const DRAWING_LOOSE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/loose",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Strict`.
pub(super) const STRICT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/loose/anyOf/0",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingLooseObject`.
pub(super) const DRAWING_LOOSE_OBJECT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/loose/anyOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingWord`.
pub(super) const DRAWING_WORD: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/word",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingWordChoice4`.
pub(super) const DRAWING_WORD_CHOICE4: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/word/anyOf/3",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingWordText`.
pub(super) const DRAWING_WORD_TEXT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/word/anyOf/6",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingWordTextText`.
pub(super) const DRAWING_WORD_TEXT_TEXT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/word/anyOf/6/oneOf/0",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingWordTextText2`.
pub(super) const DRAWING_WORD_TEXT_TEXT2: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/word/anyOf/6/oneOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingCode`.
pub(super) const DRAWING_CODE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/code",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingCodeChoice4`.
pub(super) const DRAWING_CODE_CHOICE4: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/code/anyOf/3",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingCodeText`.
pub(super) const DRAWING_CODE_TEXT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/code/anyOf/4",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingLabel`.
pub(super) const DRAWING_LABEL: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/label",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingLabelText`.
pub(super) const DRAWING_LABEL_TEXT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/label/oneOf/0",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `DrawingLabelText2`.
pub(super) const DRAWING_LABEL_TEXT2: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/properties/label/oneOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Shape`.
pub(super) const SHAPE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/shape",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ShapeCircle`.
pub(super) const SHAPE_CIRCLE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/shape/oneOf/0",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ShapeSquare`.
pub(super) const SHAPE_SQUARE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/shape/oneOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Group`.
pub(super) const GROUP: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/shape/oneOf/2",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Person`.
pub(super) const PERSON: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/person",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `PersonHome`.
pub(super) const PERSON_HOME: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/person/properties/home",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Place`.
pub(super) const PLACE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/place",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `PlaceHome`.
pub(super) const PLACE_HOME: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/place/properties/home",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Length`.
pub(super) const LENGTH: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/length",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `LengthNumber`.
pub(super) const LENGTH_NUMBER: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/length/anyOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `LengthInteger`.
pub(super) const LENGTH_INTEGER: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/length/anyOf/2",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `LengthObject`.
pub(super) const LENGTH_OBJECT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/length/anyOf/3",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `LengthObjectUnit`.
pub(super) const LENGTH_OBJECT_UNIT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/length/anyOf/3/properties/unit",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Layer`.
pub(super) const LAYER: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/layer",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Tint`.
pub(super) const TINT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/tint",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Texture`.
pub(super) const TEXTURE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/texture",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Outline`.
pub(super) const OUTLINE: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/outline",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `OutlineObject`.
pub(super) const OUTLINE_OBJECT: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/outline/oneOf/1",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `Expression`.
pub(super) const EXPRESSION: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/expression",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ExpressionMinus`.
pub(super) const EXPRESSION_MINUS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/expression/anyOf/2",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);

/// The schema of `ExpressionPlus`.
pub(super) const EXPRESSION_PLUS: &str = concat!(
    r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$ref": "schema:///drawing.schema.json#/$defs/expression/anyOf/3",
  "$defs": {
    "schema:///drawing.schema.json": "#,
    drawing_schema!(),
    r#"
  }
}"#,
);
