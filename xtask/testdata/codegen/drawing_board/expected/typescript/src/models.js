/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Drawing = runtime.type(checks.Drawing, schemas.Drawing);

export const DrawingNote = runtime.type(checks.DrawingNote, schemas.DrawingNote);

export const DrawingNoteInteger = runtime.type(checks.DrawingNoteInteger, schemas.DrawingNoteInteger);

export const DrawingNoteText = runtime.type(checks.DrawingNoteText, schemas.DrawingNoteText);

export const DrawingGrid = runtime.type(checks.DrawingGrid, schemas.DrawingGrid);

export const Fine = runtime.type(checks.Fine, schemas.Fine);

export const Coarse = runtime.type(checks.Coarse, schemas.Coarse);

export const DrawingSource = runtime.type(checks.DrawingSource, schemas.DrawingSource);

export const DrawingScale = runtime.type(checks.DrawingScale, schemas.DrawingScale);

export const DrawingScaleChoice1 = runtime.type(checks.DrawingScaleChoice1, schemas.DrawingScaleChoice1);

export const DrawingScaleChoice2 = runtime.type(checks.DrawingScaleChoice2, schemas.DrawingScaleChoice2);

export const DrawingMade = runtime.type(checks.DrawingMade, schemas.DrawingMade);

export const DrawingLoose = runtime.type(checks.DrawingLoose, schemas.DrawingLoose);

export const Strict = runtime.type(checks.Strict, schemas.Strict);

export const DrawingLooseObject = runtime.type(checks.DrawingLooseObject, schemas.DrawingLooseObject);

export const DrawingWord = runtime.type(checks.DrawingWord, schemas.DrawingWord);

export const DrawingWordChoice4 = runtime.type(checks.DrawingWordChoice4, schemas.DrawingWordChoice4);

export const DrawingWordText = runtime.type(checks.DrawingWordText, schemas.DrawingWordText);

export const DrawingWordTextText = runtime.type(checks.DrawingWordTextText, schemas.DrawingWordTextText);

export const DrawingWordTextText2 = runtime.type(checks.DrawingWordTextText2, schemas.DrawingWordTextText2);

export const DrawingCode = runtime.type(checks.DrawingCode, schemas.DrawingCode);

export const DrawingCodeChoice4 = runtime.type(checks.DrawingCodeChoice4, schemas.DrawingCodeChoice4);

export const DrawingCodeText = runtime.type(checks.DrawingCodeText, schemas.DrawingCodeText);

export const DrawingLabel = runtime.type(checks.DrawingLabel, schemas.DrawingLabel);

export const DrawingLabelText = runtime.type(checks.DrawingLabelText, schemas.DrawingLabelText);

export const DrawingLabelText2 = runtime.type(checks.DrawingLabelText2, schemas.DrawingLabelText2);

export const Shape = runtime.type(checks.Shape, schemas.Shape);

export const ShapeCircle = runtime.type(checks.ShapeCircle, schemas.ShapeCircle);

export const ShapeSquare = runtime.type(checks.ShapeSquare, schemas.ShapeSquare);

export const Group = runtime.type(checks.Group, schemas.Group);

export const Person = runtime.type(checks.Person, schemas.Person);

export const PersonHome = runtime.type(checks.PersonHome, schemas.PersonHome);

export const Place = runtime.type(checks.Place, schemas.Place);

export const PlaceHome = runtime.type(checks.PlaceHome, schemas.PlaceHome);

export const Length = runtime.type(checks.Length, schemas.Length);

export const LengthNumber = runtime.type(checks.LengthNumber, schemas.LengthNumber);

export const LengthInteger = runtime.type(checks.LengthInteger, schemas.LengthInteger);

export const LengthObject = runtime.type(checks.LengthObject, schemas.LengthObject);

export const LengthObjectUnit = runtime.type(checks.LengthObjectUnit, schemas.LengthObjectUnit);

export const Layer = runtime.type(checks.Layer, schemas.Layer);

export const Tint = runtime.type(checks.Tint, schemas.Tint);

export const Texture = runtime.type(checks.Texture, schemas.Texture);

export const Outline = runtime.type(checks.Outline, schemas.Outline);

export const OutlineObject = runtime.type(checks.OutlineObject, schemas.OutlineObject);

export const Expression = runtime.type(checks.Expression, schemas.Expression);

export const ExpressionMinus = runtime.type(checks.ExpressionMinus, schemas.ExpressionMinus);

export const ExpressionPlus = runtime.type(checks.ExpressionPlus, schemas.ExpressionPlus);
