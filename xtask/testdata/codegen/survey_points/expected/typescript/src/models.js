/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";
import * as schemas from "./schemas.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Survey = runtime.type(checks.Survey, schemas.Survey);

export const SurveyReading = runtime.type(checks.SurveyReading, schemas.SurveyReading);

export const SurveyReadingItem3 = runtime.type(checks.SurveyReadingItem3, schemas.SurveyReadingItem3);

export const SurveyReadingItem = runtime.type(checks.SurveyReadingItem, schemas.SurveyReadingItem);

export const SurveyLog = runtime.type(checks.SurveyLog, schemas.SurveyLog);

export const SurveyFlags = runtime.type(checks.SurveyFlags, schemas.SurveyFlags);

export const SurveyShort = runtime.type(checks.SurveyShort, schemas.SurveyShort);

export const SurveyLong = runtime.type(checks.SurveyLong, schemas.SurveyLong);

export const SurveyEither = runtime.type(checks.SurveyEither, schemas.SurveyEither);

export const SurveyEitherObject = runtime.type(checks.SurveyEitherObject, schemas.SurveyEitherObject);

export const Point = runtime.type(checks.Point, schemas.Point);

export const Tree = runtime.type(checks.Tree, schemas.Tree);
