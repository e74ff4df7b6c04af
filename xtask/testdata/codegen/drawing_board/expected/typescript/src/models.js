/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Drawing = runtime.type(checks.Drawing);

export const DrawingNote = runtime.type(checks.DrawingNote);

export const DrawingNoteInteger = runtime.type(checks.DrawingNoteInteger);

export const DrawingNoteText = runtime.type(checks.DrawingNoteText);

export const DrawingGrid = runtime.type(checks.DrawingGrid);

export const Fine = runtime.type(checks.Fine);

export const Coarse = runtime.type(checks.Coarse);

export const DrawingSource = runtime.type(checks.DrawingSource);

export const DrawingScale = runtime.type(checks.DrawingScale);

export const DrawingScaleChoice1 = runtime.type(checks.DrawingScaleChoice1);

export const DrawingScaleChoice2 = runtime.type(checks.DrawingScaleChoice2);

export const DrawingLabel = runtime.type(checks.DrawingLabel);

export const DrawingLabelText = runtime.type(checks.DrawingLabelText);

export const DrawingLabelText2 = runtime.type(checks.DrawingLabelText2);

export const Shape = runtime.type(checks.Shape);

export const ShapeCircle = runtime.type(checks.ShapeCircle);

export const ShapeSquare = runtime.type(checks.ShapeSquare);

export const Group = runtime.type(checks.Group);

export const Person = runtime.type(checks.Person);

export const PersonHome = runtime.type(checks.PersonHome);

export const Place = runtime.type(checks.Place);

export const PlaceHome = runtime.type(checks.PlaceHome);

export const Length = runtime.type(checks.Length);

export const LengthNumber = runtime.type(checks.LengthNumber);

export const LengthInteger = runtime.type(checks.LengthInteger);

export const LengthObject = runtime.type(checks.LengthObject);

export const LengthObjectUnit = runtime.type(checks.LengthObjectUnit);

export const Layer = runtime.type(checks.Layer);

export const Tint = runtime.type(checks.Tint);

export const Texture = runtime.type(checks.Texture);

export const Expression = runtime.type(checks.Expression);

export const ExpressionMinus = runtime.type(checks.ExpressionMinus);

export const ExpressionPlus = runtime.type(checks.ExpressionPlus);
