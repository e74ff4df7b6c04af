"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Date, Model, bind


@bind(checks.DRAWING, schemas.DRAWING)
class Drawing(Model, extra="forbid"):
    """A drawing: what is on it, and how it is laid out."""

    shapes: Annotated[list[Shape], checks.DRAWING["shapes"]]
    """`shapes`"""

    cover: Annotated[Shape | None, checks.DRAWING["cover"]]
    """`cover`"""

    width: Annotated[Length, checks.DRAWING["width"]]
    """`width`"""

    layers: Annotated[dict[str, Layer] | None, checks.DRAWING["layers"]] = None
    """`layers`

    May be absent, not null.
    """

    formula: Annotated[Expression | None, checks.DRAWING["formula"]] = None
    """`formula`

    May be absent, not null.
    """

    outline: Annotated[Outline | None, checks.DRAWING["outline"]] = None
    """`outline`

    May be absent, which is not null.
    """

    note: Annotated[DrawingNote | None, checks.DRAWING["note"]] = None
    """`note`

    May be absent, which is not null.
    """

    grid: Annotated[DrawingGrid | None, checks.DRAWING["grid"]] = None
    """How fine the grid is.

    May be absent, not null.
    """

    source: Annotated[DrawingSource | None, checks.DRAWING["source"]] = None
    """Where it comes from, by whichever facts are known.

    May be absent, not null.
    """

    scale: Annotated[DrawingScale | None, checks.DRAWING["scale"]] = None
    """`scale`

    May be absent, not null.
    """

    made: Annotated[DrawingMade | None, checks.DRAWING["made"]] = None
    """`made`

    May be absent, not null.
    """

    loose: Annotated[DrawingLoose | None, checks.DRAWING["loose"]] = None
    """A constant that is not there makes it another kind.

    May be absent, not null.
    """

    word: Annotated[DrawingWord | None, checks.DRAWING["word"]] = None
    """Texts that swallow each other.

    May be absent, not null.
    """

    code: Annotated[DrawingCode | None, checks.DRAWING["code"]] = None
    """`code`

    May be absent, not null.
    """

    label: Annotated[DrawingLabel | None, checks.DRAWING["label"]] = None
    """`label`

    May be absent, not null.
    """


DrawingNote: TypeAlias = Annotated["DrawingNoteInteger | DrawingNoteText | list[str]", checks.DRAWING_NOTE]
"""`Drawing note`"""


DrawingNoteInteger: TypeAlias = Annotated["int", checks.DRAWING_NOTE_INTEGER]
"""`Drawing note Integer`

At least 3.
"""


DrawingNoteText: TypeAlias = Annotated["str", checks.DRAWING_NOTE_TEXT]
"""`Drawing note Text`

At least 2 code points.
"""


DrawingGrid: TypeAlias = Annotated["Fine | Coarse", checks.DRAWING_GRID]
"""How fine the grid is."""


Fine: TypeAlias = Annotated["float", checks.FINE]
"""`Fine`

At most 1.
"""


Coarse: TypeAlias = Annotated["float", checks.COARSE]
"""`Coarse`

At least 10.
"""


DrawingSource: TypeAlias = Annotated["Person | Place", checks.DRAWING_SOURCE]
"""Where it comes from, by whichever facts are known."""


DrawingScale: TypeAlias = Annotated["DrawingScaleChoice1 | DrawingScaleChoice2", checks.DRAWING_SCALE]
"""`Drawing scale`"""


@bind(checks.DRAWING_SCALE_CHOICE1, schemas.DRAWING_SCALE_CHOICE1)
class DrawingScaleChoice1(Model, extra="forbid"):
    """`Drawing scale choice 1`"""

    of: Annotated[int, checks.DRAWING_SCALE_CHOICE1["of"]]
    """`of`"""

    to: Annotated[Any, checks.DRAWING_SCALE_CHOICE1["to"]]
    """`to`"""

    additional: Annotated[dict[str, Any], checks.DRAWING_SCALE_CHOICE1["additional"]] = {}
    """Other members by name."""


@bind(checks.DRAWING_SCALE_CHOICE2, schemas.DRAWING_SCALE_CHOICE2)
class DrawingScaleChoice2(Model, extra="forbid"):
    """`Drawing scale choice 2`"""

    of: Annotated[int, checks.DRAWING_SCALE_CHOICE2["of"]]
    """`of`"""

    about: Annotated[Any, checks.DRAWING_SCALE_CHOICE2["about"]]
    """`about`"""

    additional: Annotated[dict[str, Any], checks.DRAWING_SCALE_CHOICE2["additional"]] = {}
    """Other members by name."""


@bind(checks.DRAWING_MADE, schemas.DRAWING_MADE)
class DrawingMade(Model):
    """`Drawing made`"""

    by: Annotated[Literal[None], checks.DRAWING_MADE["by"]] = None
    """`by`"""

    version: Annotated[float, checks.DRAWING_MADE["version"]] = 1.5
    """`version`"""

    draft: Annotated[Literal[True], checks.DRAWING_MADE["draft"]] = True
    """`draft`"""

    year: Annotated[Literal[2025], checks.DRAWING_MADE["year"]] = 2025
    """`year`"""


DrawingLoose: TypeAlias = Annotated["Strict | DrawingLooseObject", checks.DRAWING_LOOSE]
"""A constant that is not there makes it another kind."""


@bind(checks.STRICT, schemas.STRICT)
class Strict(Model, extra="forbid"):
    """`Strict`"""

    kind: Annotated[Literal["a"], checks.STRICT["kind"]] = "a"
    """`kind`"""


DrawingLooseObject: TypeAlias = Annotated["dict[str, Any]", checks.DRAWING_LOOSE_OBJECT]
"""`Drawing loose Object`

At most 2 members.
"""


DrawingWord: TypeAlias = Annotated["Literal[\"none\"] | str | DrawingWordChoice4 | Date | DrawingWordText", checks.DRAWING_WORD]
"""Texts that swallow each other."""


@bind(checks.DRAWING_WORD_CHOICE4)
class DrawingWordChoice4(StrEnum):
    """`Drawing word choice 4`"""

    B = "b"
    A = "a"


DrawingWordText: TypeAlias = Annotated["DrawingWordTextText | DrawingWordTextText2", checks.DRAWING_WORD_TEXT]
"""`Drawing word Text`"""


DrawingWordTextText: TypeAlias = Annotated["str", checks.DRAWING_WORD_TEXT_TEXT]
"""`Drawing word Text Text`

At least 9 code points.
"""


DrawingWordTextText2: TypeAlias = Annotated["str", checks.DRAWING_WORD_TEXT_TEXT2]
"""`Drawing word Text Text`

Matches `^[ab]*$`.
"""


DrawingCode: TypeAlias = Annotated["DrawingCodeChoice4 | str", checks.DRAWING_CODE]
"""`Drawing code`"""


@bind(checks.DRAWING_CODE_CHOICE4)
class DrawingCodeChoice4(StrEnum):
    """`Drawing code choice 4`"""

    B = "b"
    A = "a"


DrawingCodeText: TypeAlias = Annotated["str", checks.DRAWING_CODE_TEXT]
"""`Drawing code Text`

At most 1 code point.
"""


DrawingLabel: TypeAlias = Annotated["DrawingLabelText | DrawingLabelText2", checks.DRAWING_LABEL]
"""`Drawing label`"""


DrawingLabelText: TypeAlias = Annotated["str", checks.DRAWING_LABEL_TEXT]
"""`Drawing label Text`

At least 2 code points.
"""


DrawingLabelText2: TypeAlias = Annotated["str", checks.DRAWING_LABEL_TEXT2]
"""`Drawing label Text`

At most 4 code points.
"""


Shape: TypeAlias = Annotated["ShapeCircle | ShapeSquare | Group", checks.SHAPE]
"""Something drawn, of one kind."""


@bind(checks.SHAPE_CIRCLE, schemas.SHAPE_CIRCLE)
class ShapeCircle(Model, extra="forbid"):
    """All points as far from the centre."""

    kind: Annotated[Literal["circle"], checks.SHAPE_CIRCLE["kind"]] = "circle"
    """`kind`"""

    radius: Annotated[float, checks.SHAPE_CIRCLE["radius"]]
    """`radius`

    More than 0.
    """

    layer: Annotated[str, checks.SHAPE_CIRCLE["layer"]]
    """`layer`"""


@bind(checks.SHAPE_SQUARE, schemas.SHAPE_SQUARE)
class ShapeSquare(Model, extra="forbid"):
    """`shape square`"""

    kind: Annotated[Literal["square"], checks.SHAPE_SQUARE["kind"]] = "square"
    """`kind`"""

    side: Annotated[float, checks.SHAPE_SQUARE["side"]]
    """`side`"""

    turned: Annotated[bool | None, checks.SHAPE_SQUARE["turned"]] = None
    """`turned`

    May be absent, not null. Default: `false`.
    """

    layer: Annotated[str, checks.SHAPE_SQUARE["layer"]]
    """`layer`"""


@bind(checks.GROUP, schemas.GROUP)
class Group(Model, extra="forbid"):
    """`Group`"""

    kind: Annotated[Literal["group"], checks.GROUP["kind"]] = "group"
    """`kind`"""

    members: Annotated[list[Shape], checks.GROUP["members"]]
    """`members`"""

    layer: Annotated[str, checks.GROUP["layer"]]
    """`layer`"""


@bind(checks.PERSON, schemas.PERSON)
class Person(Model, extra="forbid"):
    """`person`"""

    name: Annotated[str, checks.PERSON["name"]]
    """`name`"""

    home: Annotated[PersonHome | None, checks.PERSON["home"]] = None
    """`home`

    May be absent, not null.
    """

    additional: Annotated[dict[str, Any], checks.PERSON["additional"]] = {}
    """Other members by name."""


@bind(checks.PERSON_HOME, schemas.PERSON_HOME)
class PersonHome(Model, extra="forbid"):
    """`person home`"""

    town: Annotated[str | None, checks.PERSON_HOME["town"]] = None
    """`town`

    May be absent, not null.
    """

    additional: Annotated[dict[str, Any], checks.PERSON_HOME["additional"]] = {}
    """Other members by name."""


@bind(checks.PLACE, schemas.PLACE)
class Place(Model, extra="forbid"):
    """`place`"""

    town: Annotated[str | None, checks.PLACE["town"]] = None
    """`town`

    May be absent, not null.
    """

    home: Annotated[PlaceHome | None, checks.PLACE["home"]] = None
    """`home`

    May be absent, not null.
    """

    additional: Annotated[dict[str, Any], checks.PLACE["additional"]] = {}
    """Other members by name."""


@bind(checks.PLACE_HOME, schemas.PLACE_HOME)
class PlaceHome(Model, extra="forbid"):
    """`place home`"""

    street: Annotated[str | None, checks.PLACE_HOME["street"]] = None
    """`street`

    May be absent, not null.
    """

    additional: Annotated[dict[str, Any], checks.PLACE_HOME["additional"]] = {}
    """Other members by name."""


Length: TypeAlias = Annotated["Literal[\"auto\"] | LengthInteger | LengthObject | LengthNumber", checks.LENGTH]
"""A length: chosen by itself, in points, or with its unit.

Examples: `"auto"`, `12.5`.
"""


LengthNumber: TypeAlias = Annotated["float", checks.LENGTH_NUMBER]
"""`length Number`

At least 0.
"""


LengthInteger: TypeAlias = Annotated["int", checks.LENGTH_INTEGER]
"""Below zero it is counted from the right.

At most -1.
"""


@bind(checks.LENGTH_OBJECT, schemas.LENGTH_OBJECT)
class LengthObject(Model):
    """`length Object`"""

    value: Annotated[float, checks.LENGTH_OBJECT["value"]]
    """`value`"""

    unit: Annotated[LengthObjectUnit, checks.LENGTH_OBJECT["unit"]]
    """`unit`"""


@bind(checks.LENGTH_OBJECT_UNIT)
class LengthObjectUnit(StrEnum):
    """`length Object unit`"""

    MM = "mm"
    IN = "in"


Layer: TypeAlias = Annotated["Tint | Texture", checks.LAYER]
"""`Layer`"""


@bind(checks.TINT, schemas.TINT)
class Tint(Model, extra="forbid"):
    """`tint`"""

    opacity: Annotated[float | None, checks.TINT["opacity"]] = None
    """`opacity`

    May be absent, not null.
    """

    colour: Annotated[str | None, checks.TINT["colour"]] = None
    """`colour`

    May be absent, not null.
    """


@bind(checks.TEXTURE, schemas.TEXTURE)
class Texture(Model, extra="forbid"):
    """`texture`"""

    opacity: Annotated[float | None, checks.TEXTURE["opacity"]] = None
    """`opacity`

    May be absent, not null.
    """

    file: Annotated[str | None, checks.TEXTURE["file"]] = None
    """`file`

    May be absent, not null.
    """


Outline: TypeAlias = Annotated["OutlineObject", checks.OUTLINE]
"""`outline`"""


@bind(checks.OUTLINE_OBJECT, schemas.OUTLINE_OBJECT)
class OutlineObject(Model):
    """`outline Object`"""

    name: Annotated[str, checks.OUTLINE_OBJECT["name"]]
    """`name`"""

    inner: Annotated[Outline | None, checks.OUTLINE_OBJECT["inner"]]
    """`inner`"""

    next: Annotated[Outline | None, checks.OUTLINE_OBJECT["next"]] = None
    """`next`

    May be absent, which is not null.
    """


Expression: TypeAlias = Annotated["list[Expression] | ExpressionMinus | ExpressionPlus | float", checks.EXPRESSION]
"""`expression`"""


@bind(checks.EXPRESSION_MINUS, schemas.EXPRESSION_MINUS)
class ExpressionMinus(Model):
    """`expression minus`"""

    op: Annotated[Literal["minus"], checks.EXPRESSION_MINUS["op"]] = "minus"
    """`op`"""

    of: Annotated[Expression, checks.EXPRESSION_MINUS["of"]]
    """`of`"""


@bind(checks.EXPRESSION_PLUS, schemas.EXPRESSION_PLUS)
class ExpressionPlus(Model):
    """`expression plus`"""

    op: Annotated[Literal["plus"], checks.EXPRESSION_PLUS["op"]] = "plus"
    """`op`"""

    left: Annotated[Expression, checks.EXPRESSION_PLUS["left"]]
    """`left`"""

    right: Annotated[Expression, checks.EXPRESSION_PLUS["right"]]
    """`right`"""


# A field may be of a class that is defined further down.
Drawing.model_rebuild()
DrawingScaleChoice1.model_rebuild()
DrawingScaleChoice2.model_rebuild()
DrawingMade.model_rebuild()
Strict.model_rebuild()
ShapeCircle.model_rebuild()
ShapeSquare.model_rebuild()
Group.model_rebuild()
Person.model_rebuild()
PersonHome.model_rebuild()
Place.model_rebuild()
PlaceHome.model_rebuild()
LengthObject.model_rebuild()
Tint.model_rebuild()
Texture.model_rebuild()
OutlineObject.model_rebuild()
ExpressionMinus.model_rebuild()
ExpressionPlus.model_rebuild()
