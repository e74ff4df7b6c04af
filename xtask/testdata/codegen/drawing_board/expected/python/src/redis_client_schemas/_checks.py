"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

DRAWING: runtime.Object = runtime.Object(
    "Drawing",
    (
        runtime.Member("shapes", "shapes", runtime.List(runtime.Named(lambda: SHAPE))),
        runtime.Member("cover", "cover", runtime.Nullable(runtime.Named(lambda: SHAPE))),
        runtime.Member("width", "width", runtime.Named(lambda: LENGTH)),
        runtime.Member("layers", "layers", runtime.Map(runtime.Named(lambda: LAYER)), runtime.OPTIONAL),
        runtime.Member("formula", "formula", runtime.Named(lambda: EXPRESSION), runtime.OPTIONAL),
        runtime.Member("outline", "outline", runtime.Nullable(runtime.Named(lambda: OUTLINE)), runtime.UNSET),
        runtime.Member("note", "note", runtime.Nullable(runtime.Named(lambda: DRAWING_NOTE)), runtime.UNSET),
        runtime.Member("grid", "grid", runtime.Named(lambda: DRAWING_GRID), runtime.OPTIONAL),
        runtime.Member("source", "source", runtime.Named(lambda: DRAWING_SOURCE), runtime.OPTIONAL),
        runtime.Member("scale", "scale", runtime.Named(lambda: DRAWING_SCALE), runtime.OPTIONAL),
        runtime.Member("made", "made", runtime.Named(lambda: DRAWING_MADE), runtime.OPTIONAL),
        runtime.Member("loose", "loose", runtime.Named(lambda: DRAWING_LOOSE), runtime.OPTIONAL),
        runtime.Member("word", "word", runtime.Named(lambda: DRAWING_WORD), runtime.OPTIONAL),
        runtime.Member("code", "code", runtime.Named(lambda: DRAWING_CODE), runtime.OPTIONAL),
        runtime.Member("label", "label", runtime.Named(lambda: DRAWING_LABEL), runtime.OPTIONAL),
    ),
    is_open=False,
)

DRAWING_NOTE: runtime.Check = runtime.Union(
    "DrawingNote",
    (
        runtime.Branch(runtime.Named(lambda: DRAWING_NOTE_INTEGER)),
        runtime.Branch(runtime.Named(lambda: DRAWING_NOTE_TEXT)),
        runtime.Branch(runtime.List(runtime.Text())),
    ),
)

DRAWING_NOTE_INTEGER: runtime.Check = runtime.Integer(3, 18446744073709551615)

DRAWING_NOTE_TEXT: runtime.Check = runtime.Text(shortest=2)

DRAWING_GRID: runtime.Check = runtime.Union(
    "DrawingGrid",
    (
        runtime.Branch(runtime.Named(lambda: FINE)),
        runtime.Branch(runtime.Named(lambda: COARSE)),
    ),
)

FINE: runtime.Check = runtime.Number(maximum=1.0)

COARSE: runtime.Check = runtime.Number(minimum=10.0)

DRAWING_SOURCE: runtime.Check = runtime.Union(
    "DrawingSource",
    (
        runtime.Branch(runtime.Named(lambda: PERSON)),
        runtime.Branch(runtime.Named(lambda: PLACE)),
    ),
)

DRAWING_SCALE: runtime.Check = runtime.Union(
    "DrawingScale",
    (
        runtime.Branch(runtime.Named(lambda: DRAWING_SCALE_CHOICE1)),
        runtime.Branch(runtime.Named(lambda: DRAWING_SCALE_CHOICE2)),
    ),
    exactly_one=True,
)

DRAWING_SCALE_CHOICE1: runtime.Object = runtime.Object(
    "DrawingScaleChoice1",
    (
        runtime.Member("of", "of", runtime.Integer(-9223372036854775808, 9223372036854775807)),
        runtime.Member("to", "to", runtime.Anything()),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Anything()),
    ),
)

DRAWING_SCALE_CHOICE2: runtime.Object = runtime.Object(
    "DrawingScaleChoice2",
    (
        runtime.Member("of", "of", runtime.Integer(-9223372036854775808, 9223372036854775807)),
        runtime.Member("about", "about", runtime.Anything()),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Anything()),
    ),
)

DRAWING_MADE: runtime.Object = runtime.Object(
    "DrawingMade",
    (
        runtime.Member("by", "by", runtime.Constant(None)),
        runtime.Member("version", "version", runtime.Constant(1.5)),
        runtime.Member("draft", "draft", runtime.Constant(True)),
        runtime.Member("year", "year", runtime.Constant(2025)),
    ),
    is_open=True,
)

DRAWING_LOOSE: runtime.Check = runtime.Union(
    "DrawingLoose",
    (
        runtime.Branch(runtime.Named(lambda: STRICT)),
        runtime.Branch(runtime.Named(lambda: DRAWING_LOOSE_OBJECT)),
    ),
)

STRICT: runtime.Object = runtime.Object(
    "Strict",
    (
        runtime.Member("kind", "kind", runtime.Constant("a")),
    ),
    is_open=False,
)

DRAWING_LOOSE_OBJECT: runtime.Check = runtime.Map(runtime.Anything(), most=2)

DRAWING_WORD: runtime.Check = runtime.Union(
    "DrawingWord",
    (
        runtime.Branch(runtime.Constant("none")),
        runtime.Branch(runtime.Text()),
        runtime.Branch(runtime.Named(lambda: DRAWING_WORD_CHOICE4)),
        runtime.Branch(runtime.Day()),
        runtime.Branch(runtime.Day()),
        runtime.Branch(runtime.Named(lambda: DRAWING_WORD_TEXT)),
    ),
)

DRAWING_WORD_CHOICE4: runtime.Texts = runtime.Texts(
    "DrawingWordChoice4",
    (
        "b", "a",
    ),
)

DRAWING_WORD_TEXT: runtime.Check = runtime.Union(
    "DrawingWordText",
    (
        runtime.Branch(runtime.Named(lambda: DRAWING_WORD_TEXT_TEXT)),
        runtime.Branch(runtime.Named(lambda: DRAWING_WORD_TEXT_TEXT2)),
    ),
    exactly_one=True,
)

DRAWING_WORD_TEXT_TEXT: runtime.Check = runtime.Text(shortest=9)

DRAWING_WORD_TEXT_TEXT2: runtime.Check = runtime.Text(pattern=patterns.DRAWING_WORD_TEXT_CHOICE_2)

DRAWING_CODE: runtime.Check = runtime.Alternatives(
    "DrawingCode",
    frozenset((
        "none",
    )),
    (
        runtime.Text(), runtime.Named(lambda: DRAWING_CODE_CHOICE4), runtime.Named(lambda: DRAWING_CODE_TEXT),
    ),
)

DRAWING_CODE_CHOICE4: runtime.Texts = runtime.Texts(
    "DrawingCodeChoice4",
    (
        "b", "a",
    ),
)

DRAWING_CODE_TEXT: runtime.Check = runtime.Text(longest=1)

DRAWING_LABEL: runtime.Check = runtime.Union(
    "DrawingLabel",
    (
        runtime.Branch(runtime.Named(lambda: DRAWING_LABEL_TEXT)),
        runtime.Branch(runtime.Named(lambda: DRAWING_LABEL_TEXT2)),
    ),
    exactly_one=True,
)

DRAWING_LABEL_TEXT: runtime.Check = runtime.Text(shortest=2)

DRAWING_LABEL_TEXT2: runtime.Check = runtime.Text(longest=4)

SHAPE: runtime.Check = runtime.Union(
    "Shape",
    (
        runtime.Branch(runtime.Named(lambda: SHAPE_CIRCLE), tag=runtime.Constant("circle")),
        runtime.Branch(runtime.Named(lambda: SHAPE_SQUARE), tag=runtime.Constant("square")),
        runtime.Branch(runtime.Named(lambda: GROUP), tag=runtime.Constant("group")),
    ),
    tag="kind",
)

SHAPE_CIRCLE: runtime.Object = runtime.Object(
    "ShapeCircle",
    (
        runtime.Member("kind", "kind", runtime.Constant("circle")),
        runtime.Member("radius", "radius", runtime.Number(above=0.0)),
        runtime.Member("layer", "layer", runtime.Text()),
    ),
    is_open=False,
)

SHAPE_SQUARE: runtime.Object = runtime.Object(
    "ShapeSquare",
    (
        runtime.Member("kind", "kind", runtime.Constant("square")),
        runtime.Member("side", "side", runtime.Number()),
        runtime.Member("turned", "turned", runtime.Boolean(), runtime.OPTIONAL),
        runtime.Member("layer", "layer", runtime.Text()),
    ),
    is_open=False,
)

GROUP: runtime.Object = runtime.Object(
    "Group",
    (
        runtime.Member("kind", "kind", runtime.Constant("group")),
        runtime.Member("members", "members", runtime.List(SHAPE)),
        runtime.Member("layer", "layer", runtime.Text()),
    ),
    is_open=False,
)

PERSON: runtime.Object = runtime.Object(
    "Person",
    (
        runtime.Member("name", "name", runtime.Text()),
        runtime.Member("home", "home", runtime.Named(lambda: PERSON_HOME), runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Anything()),
    ),
)

PERSON_HOME: runtime.Object = runtime.Object(
    "PersonHome",
    (
        runtime.Member("town", "town", runtime.Text(), runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Anything()),
    ),
)

PLACE: runtime.Object = runtime.Object(
    "Place",
    (
        runtime.Member("town", "town", runtime.Text(), runtime.OPTIONAL),
        runtime.Member("home", "home", runtime.Named(lambda: PLACE_HOME), runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Anything()),
    ),
)

PLACE_HOME: runtime.Object = runtime.Object(
    "PlaceHome",
    (
        runtime.Member("street", "street", runtime.Text(), runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Anything()),
    ),
)

LENGTH: runtime.Check = runtime.Union(
    "Length",
    (
        runtime.Branch(runtime.Constant("auto")),
        runtime.Branch(runtime.Named(lambda: LENGTH_INTEGER)),
        runtime.Branch(runtime.Named(lambda: LENGTH_OBJECT)),
        runtime.Branch(runtime.Named(lambda: LENGTH_NUMBER)),
    ),
)

LENGTH_NUMBER: runtime.Check = runtime.Number(minimum=0.0)

LENGTH_INTEGER: runtime.Check = runtime.Integer(-9223372036854775808, -1)

LENGTH_OBJECT: runtime.Object = runtime.Object(
    "LengthObject",
    (
        runtime.Member("value", "value", runtime.Number()),
        runtime.Member("unit", "unit", runtime.Named(lambda: LENGTH_OBJECT_UNIT)),
    ),
    is_open=True,
)

LENGTH_OBJECT_UNIT: runtime.Texts = runtime.Texts(
    "LengthObjectUnit",
    (
        "mm", "in",
    ),
)

LAYER: runtime.Check = runtime.Union(
    "Layer",
    (
        runtime.Branch(runtime.Named(lambda: TINT)),
        runtime.Branch(runtime.Named(lambda: TEXTURE)),
    ),
    exactly_one=True,
)

TINT: runtime.Object = runtime.Object(
    "Tint",
    (
        runtime.Member("opacity", "opacity", runtime.Number(), runtime.OPTIONAL),
        runtime.Member("colour", "colour", runtime.Text(), runtime.OPTIONAL),
    ),
    is_open=False,
)

TEXTURE: runtime.Object = runtime.Object(
    "Texture",
    (
        runtime.Member("opacity", "opacity", runtime.Number(), runtime.OPTIONAL),
        runtime.Member("file", "file", runtime.Text(), runtime.OPTIONAL),
    ),
    is_open=False,
)

OUTLINE: runtime.Check = runtime.Named(lambda: OUTLINE_OBJECT)

OUTLINE_OBJECT: runtime.Object = runtime.Object(
    "OutlineObject",
    (
        runtime.Member("name", "name", runtime.Text()),
        runtime.Member("inner", "inner", runtime.Nullable(OUTLINE)),
        runtime.Member("next", "next", runtime.Nullable(OUTLINE), runtime.UNSET),
    ),
    is_open=True,
)

EXPRESSION: runtime.Check = runtime.Union(
    "Expression",
    (
        runtime.Branch(runtime.List(runtime.Named(lambda: EXPRESSION))),
        runtime.Branch(runtime.Named(lambda: EXPRESSION_MINUS), tag=runtime.Constant("minus")),
        runtime.Branch(runtime.Named(lambda: EXPRESSION_PLUS), tag=runtime.Constant("plus")),
        runtime.Branch(runtime.Number()),
    ),
    tag="op",
)

EXPRESSION_MINUS: runtime.Object = runtime.Object(
    "ExpressionMinus",
    (
        runtime.Member("op", "op", runtime.Constant("minus")),
        runtime.Member("of", "of", EXPRESSION),
    ),
    is_open=True,
)

EXPRESSION_PLUS: runtime.Object = runtime.Object(
    "ExpressionPlus",
    (
        runtime.Member("op", "op", runtime.Constant("plus")),
        runtime.Member("left", "left", EXPRESSION),
        runtime.Member("right", "right", EXPRESSION),
    ),
    is_open=True,
)
