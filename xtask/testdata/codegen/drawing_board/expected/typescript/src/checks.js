/**
 * What values of the schemas are held to.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as patterns from "./patterns.js";
import * as runtime from "./runtime.js";

/** @type {runtime.Check} */
export const Drawing = runtime.object(
  "Drawing",
  [
    ["shapes", runtime.list(runtime.named(() => Shape))],
    ["cover", runtime.nullable(runtime.named(() => Shape))],
    ["width", runtime.named(() => Length)],
    ["layers", runtime.map(runtime.named(() => Layer)), "optional"],
    ["formula", runtime.named(() => Expression), "optional"],
    ["outline", runtime.nullable(runtime.named(() => Outline)), "unset"],
    ["note", runtime.nullable(runtime.named(() => DrawingNote)), "unset"],
    ["grid", runtime.named(() => DrawingGrid), "optional"],
    ["source", runtime.named(() => DrawingSource), "optional"],
    ["scale", runtime.named(() => DrawingScale), "optional"],
    ["made", runtime.named(() => DrawingMade), "optional"],
    ["loose", runtime.named(() => DrawingLoose), "optional"],
    ["word", runtime.named(() => DrawingWord), "optional"],
    ["code", runtime.named(() => DrawingCode), "optional"],
    ["label", runtime.named(() => DrawingLabel), "optional"],
  ],
  false,
);

/** @type {runtime.Check} */
export const DrawingNote = runtime.union(
  "DrawingNote",
  [
    [runtime.named(() => DrawingNoteInteger)],
    [runtime.named(() => DrawingNoteText)],
    [runtime.list(runtime.text())],
  ],
);

/** @type {runtime.Check} */
export const DrawingNoteInteger = runtime.integer(3, 9007199254740991);

/** @type {runtime.Check} */
export const DrawingNoteText = runtime.text({ shortest: 2 });

/** @type {runtime.Check} */
export const DrawingGrid = runtime.union(
  "DrawingGrid",
  [
    [runtime.named(() => Fine)],
    [runtime.named(() => Coarse)],
  ],
);

/** @type {runtime.Check} */
export const Fine = runtime.number({ maximum: 1.0 });

/** @type {runtime.Check} */
export const Coarse = runtime.number({ minimum: 10.0 });

/** @type {runtime.Check} */
export const DrawingSource = runtime.union(
  "DrawingSource",
  [
    [runtime.named(() => Person)],
    [runtime.named(() => Place)],
  ],
);

/** @type {runtime.Check} */
export const DrawingScale = runtime.union(
  "DrawingScale",
  [
    [runtime.named(() => DrawingScaleChoice1)],
    [runtime.named(() => DrawingScaleChoice2)],
  ],
  { exactlyOne: true },
);

/** @type {runtime.Check} */
export const DrawingScaleChoice1 = runtime.object(
  "DrawingScaleChoice1",
  [
    ["of", runtime.integer(-9007199254740991, 9007199254740991)],
    ["to", runtime.anything()],
  ],
  true,
  { maps: [[runtime.anything()]] },
);

/** @type {runtime.Check} */
export const DrawingScaleChoice2 = runtime.object(
  "DrawingScaleChoice2",
  [
    ["of", runtime.integer(-9007199254740991, 9007199254740991)],
    ["about", runtime.anything()],
  ],
  true,
  { maps: [[runtime.anything()]] },
);

/** @type {runtime.Check} */
export const DrawingMade = runtime.object(
  "DrawingMade",
  [
    ["by", runtime.constant(null)],
    ["version", runtime.constant(1.5)],
    ["draft", runtime.constant(true)],
    ["year", runtime.constant(2025)],
  ],
  true,
);

/** @type {runtime.Check} */
export const DrawingLoose = runtime.union(
  "DrawingLoose",
  [
    [runtime.named(() => Strict)],
    [runtime.named(() => DrawingLooseObject)],
  ],
);

/** @type {runtime.Check} */
export const Strict = runtime.object(
  "Strict",
  [
    ["kind", runtime.constant("a")],
  ],
  false,
);

/** @type {runtime.Check} */
export const DrawingLooseObject = runtime.map(runtime.anything(), { most: 2 });

/** @type {runtime.Check} */
export const DrawingWord = runtime.union(
  "DrawingWord",
  [
    [runtime.constant("none")],
    [runtime.text()],
    [runtime.named(() => DrawingWordChoice4)],
    [runtime.day()],
    [runtime.day()],
    [runtime.named(() => DrawingWordText)],
  ],
);

/** @type {runtime.Check} */
export const DrawingWordChoice4 = runtime.texts("DrawingWordChoice4", [
  "b", "a",
]);

/** @type {runtime.Check} */
export const DrawingWordText = runtime.union(
  "DrawingWordText",
  [
    [runtime.named(() => DrawingWordTextText)],
    [runtime.named(() => DrawingWordTextText2)],
  ],
  { exactlyOne: true },
);

/** @type {runtime.Check} */
export const DrawingWordTextText = runtime.text({ shortest: 9 });

/** @type {runtime.Check} */
export const DrawingWordTextText2 = runtime.text({ pattern: patterns.drawingWordTextChoice2 });

/** @type {runtime.Check} */
export const DrawingCode = runtime.alternatives("DrawingCode", ["none"], [runtime.text(), runtime.named(() => DrawingCodeChoice4), runtime.named(() => DrawingCodeText)]);

/** @type {runtime.Check} */
export const DrawingCodeChoice4 = runtime.texts("DrawingCodeChoice4", [
  "b", "a",
]);

/** @type {runtime.Check} */
export const DrawingCodeText = runtime.text({ longest: 1 });

/** @type {runtime.Check} */
export const DrawingLabel = runtime.union(
  "DrawingLabel",
  [
    [runtime.named(() => DrawingLabelText)],
    [runtime.named(() => DrawingLabelText2)],
  ],
  { exactlyOne: true },
);

/** @type {runtime.Check} */
export const DrawingLabelText = runtime.text({ shortest: 2 });

/** @type {runtime.Check} */
export const DrawingLabelText2 = runtime.text({ longest: 4 });

/** @type {runtime.Check} */
export const Shape = runtime.union(
  "Shape",
  [
    [runtime.named(() => ShapeCircle), runtime.constant("circle")],
    [runtime.named(() => ShapeSquare), runtime.constant("square")],
    [runtime.named(() => Group), runtime.constant("group")],
  ],
  { tag: "kind" },
);

/** @type {runtime.Check} */
export const ShapeCircle = runtime.object(
  "ShapeCircle",
  [
    ["kind", runtime.constant("circle")],
    ["radius", runtime.number({ above: 0.0 })],
    ["layer", runtime.text()],
  ],
  false,
);

/** @type {runtime.Check} */
export const ShapeSquare = runtime.object(
  "ShapeSquare",
  [
    ["kind", runtime.constant("square")],
    ["side", runtime.number()],
    ["turned", runtime.boolean(), "optional"],
    ["layer", runtime.text()],
  ],
  false,
);

/** @type {runtime.Check} */
export const Group = runtime.object(
  "Group",
  [
    ["kind", runtime.constant("group")],
    ["members", runtime.list(Shape)],
    ["layer", runtime.text()],
  ],
  false,
);

/** @type {runtime.Check} */
export const Person = runtime.object(
  "Person",
  [
    ["name", runtime.text()],
    ["home", runtime.named(() => PersonHome), "optional"],
  ],
  true,
  { maps: [[runtime.anything()]] },
);

/** @type {runtime.Check} */
export const PersonHome = runtime.object(
  "PersonHome",
  [
    ["town", runtime.text(), "optional"],
  ],
  true,
  { maps: [[runtime.anything()]] },
);

/** @type {runtime.Check} */
export const Place = runtime.object(
  "Place",
  [
    ["town", runtime.text(), "optional"],
    ["home", runtime.named(() => PlaceHome), "optional"],
  ],
  true,
  { maps: [[runtime.anything()]] },
);

/** @type {runtime.Check} */
export const PlaceHome = runtime.object(
  "PlaceHome",
  [
    ["street", runtime.text(), "optional"],
  ],
  true,
  { maps: [[runtime.anything()]] },
);

/** @type {runtime.Check} */
export const Length = runtime.union(
  "Length",
  [
    [runtime.constant("auto")],
    [runtime.named(() => LengthInteger)],
    [runtime.named(() => LengthObject)],
    [runtime.named(() => LengthNumber)],
  ],
);

/** @type {runtime.Check} */
export const LengthNumber = runtime.number({ minimum: 0.0 });

/** @type {runtime.Check} */
export const LengthInteger = runtime.integer(-9007199254740991, -1);

/** @type {runtime.Check} */
export const LengthObject = runtime.object(
  "LengthObject",
  [
    ["value", runtime.number()],
    ["unit", runtime.named(() => LengthObjectUnit)],
  ],
  true,
);

/** @type {runtime.Check} */
export const LengthObjectUnit = runtime.texts("LengthObjectUnit", [
  "mm", "in",
]);

/** @type {runtime.Check} */
export const Layer = runtime.union(
  "Layer",
  [
    [runtime.named(() => Tint)],
    [runtime.named(() => Texture)],
  ],
  { exactlyOne: true },
);

/** @type {runtime.Check} */
export const Tint = runtime.object(
  "Tint",
  [
    ["opacity", runtime.number(), "optional"],
    ["colour", runtime.text(), "optional"],
  ],
  false,
);

/** @type {runtime.Check} */
export const Texture = runtime.object(
  "Texture",
  [
    ["opacity", runtime.number(), "optional"],
    ["file", runtime.text(), "optional"],
  ],
  false,
);

/** @type {runtime.Check} */
export const Outline = runtime.named(() => OutlineObject);

/** @type {runtime.Check} */
export const OutlineObject = runtime.object(
  "OutlineObject",
  [
    ["name", runtime.text()],
    ["inner", runtime.nullable(Outline)],
    ["next", runtime.nullable(Outline), "unset"],
  ],
  true,
);

/** @type {runtime.Check} */
export const Expression = runtime.union(
  "Expression",
  [
    [runtime.list(runtime.named(() => Expression))],
    [runtime.named(() => ExpressionMinus), runtime.constant("minus")],
    [runtime.named(() => ExpressionPlus), runtime.constant("plus")],
    [runtime.number()],
  ],
  { tag: "op" },
);

/** @type {runtime.Check} */
export const ExpressionMinus = runtime.object(
  "ExpressionMinus",
  [
    ["op", runtime.constant("minus")],
    ["of", Expression],
  ],
  true,
);

/** @type {runtime.Check} */
export const ExpressionPlus = runtime.object(
  "ExpressionPlus",
  [
    ["op", runtime.constant("plus")],
    ["left", Expression],
    ["right", Expression],
  ],
  true,
);
