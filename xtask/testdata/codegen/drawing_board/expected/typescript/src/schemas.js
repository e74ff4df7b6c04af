/**
 * The schemas of the types, with all they refer to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import { schema } from "./runtime.js";

/** @type {{ readonly [id: string]: string }} */
const documents = {
  "schema:///drawing.schema.json": `{
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
}`,
};

export const Drawing = schema(documents, "schema:///drawing.schema.json", null, []);

export const DrawingNote = schema(documents, "schema:///drawing.schema.json", "/properties/note", []);

export const DrawingNoteInteger = schema(documents, "schema:///drawing.schema.json", "/properties/note", []);

export const DrawingNoteText = schema(documents, "schema:///drawing.schema.json", "/properties/note", []);

export const DrawingGrid = schema(documents, "schema:///drawing.schema.json", "/properties/grid", []);

export const Fine = schema(documents, "schema:///drawing.schema.json", "/properties/grid/oneOf/0", []);

export const Coarse = schema(documents, "schema:///drawing.schema.json", "/properties/grid/oneOf/1", []);

export const DrawingSource = schema(documents, "schema:///drawing.schema.json", "/properties/source", []);

export const DrawingScale = schema(documents, "schema:///drawing.schema.json", "/properties/scale", []);

export const DrawingScaleChoice1 = schema(documents, "schema:///drawing.schema.json", "/properties/scale/oneOf/0", []);

export const DrawingScaleChoice2 = schema(documents, "schema:///drawing.schema.json", "/properties/scale/oneOf/1", []);

export const DrawingMade = schema(documents, "schema:///drawing.schema.json", "/properties/made", []);

export const DrawingLoose = schema(documents, "schema:///drawing.schema.json", "/properties/loose", []);

export const Strict = schema(documents, "schema:///drawing.schema.json", "/properties/loose/anyOf/0", []);

export const DrawingLooseObject = schema(documents, "schema:///drawing.schema.json", "/properties/loose/anyOf/1", []);

export const DrawingWord = schema(documents, "schema:///drawing.schema.json", "/properties/word", []);

export const DrawingWordChoice4 = schema(documents, "schema:///drawing.schema.json", "/properties/word/anyOf/3", []);

export const DrawingWordText = schema(documents, "schema:///drawing.schema.json", "/properties/word/anyOf/6", []);

export const DrawingWordTextText = schema(documents, "schema:///drawing.schema.json", "/properties/word/anyOf/6/oneOf/0", []);

export const DrawingWordTextText2 = schema(documents, "schema:///drawing.schema.json", "/properties/word/anyOf/6/oneOf/1", []);

export const DrawingCode = schema(documents, "schema:///drawing.schema.json", "/properties/code", []);

export const DrawingCodeChoice4 = schema(documents, "schema:///drawing.schema.json", "/properties/code/anyOf/3", []);

export const DrawingCodeText = schema(documents, "schema:///drawing.schema.json", "/properties/code/anyOf/4", []);

export const DrawingLabel = schema(documents, "schema:///drawing.schema.json", "/properties/label", []);

export const DrawingLabelText = schema(documents, "schema:///drawing.schema.json", "/properties/label/oneOf/0", []);

export const DrawingLabelText2 = schema(documents, "schema:///drawing.schema.json", "/properties/label/oneOf/1", []);

export const Shape = schema(documents, "schema:///drawing.schema.json", "/$defs/shape", []);

export const ShapeCircle = schema(documents, "schema:///drawing.schema.json", "/$defs/shape/oneOf/0", []);

export const ShapeSquare = schema(documents, "schema:///drawing.schema.json", "/$defs/shape/oneOf/1", []);

export const Group = schema(documents, "schema:///drawing.schema.json", "/$defs/shape/oneOf/2", []);

export const Person = schema(documents, "schema:///drawing.schema.json", "/$defs/person", []);

export const PersonHome = schema(documents, "schema:///drawing.schema.json", "/$defs/person/properties/home", []);

export const Place = schema(documents, "schema:///drawing.schema.json", "/$defs/place", []);

export const PlaceHome = schema(documents, "schema:///drawing.schema.json", "/$defs/place/properties/home", []);

export const Length = schema(documents, "schema:///drawing.schema.json", "/$defs/length", []);

export const LengthNumber = schema(documents, "schema:///drawing.schema.json", "/$defs/length/anyOf/1", []);

export const LengthInteger = schema(documents, "schema:///drawing.schema.json", "/$defs/length/anyOf/2", []);

export const LengthObject = schema(documents, "schema:///drawing.schema.json", "/$defs/length/anyOf/3", []);

export const LengthObjectUnit = schema(documents, "schema:///drawing.schema.json", "/$defs/length/anyOf/3/properties/unit", []);

export const Layer = schema(documents, "schema:///drawing.schema.json", "/$defs/layer", []);

export const Tint = schema(documents, "schema:///drawing.schema.json", "/$defs/tint", []);

export const Texture = schema(documents, "schema:///drawing.schema.json", "/$defs/texture", []);

export const Outline = schema(documents, "schema:///drawing.schema.json", "/$defs/outline", []);

export const OutlineObject = schema(documents, "schema:///drawing.schema.json", "/$defs/outline/oneOf/1", []);

export const Expression = schema(documents, "schema:///drawing.schema.json", "/$defs/expression", []);

export const ExpressionMinus = schema(documents, "schema:///drawing.schema.json", "/$defs/expression/anyOf/2", []);

export const ExpressionPlus = schema(documents, "schema:///drawing.schema.json", "/$defs/expression/anyOf/3", []);
