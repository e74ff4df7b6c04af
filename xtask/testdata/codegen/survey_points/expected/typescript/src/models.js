/**
 * Models of the schemas.
 *
 * Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
 */

import * as checks from "./checks.js";
import * as runtime from "./runtime.js";

export { BYTES_MAX, DecodeError, EncodeError, InvalidKey, SchemaError, UnknownChannel } from "./runtime.js";

export const Survey = runtime.type(checks.Survey);

export const SurveyReading = runtime.type(checks.SurveyReading);

export const SurveyReadingItem3 = runtime.type(checks.SurveyReadingItem3);

export const SurveyReadingItem = runtime.type(checks.SurveyReadingItem);

export const SurveyLog = runtime.type(checks.SurveyLog);

export const SurveyFlags = runtime.type(checks.SurveyFlags);

export const SurveyShort = runtime.type(checks.SurveyShort);

export const SurveyLong = runtime.type(checks.SurveyLong);

export const SurveyEither = runtime.type(checks.SurveyEither);

export const SurveyEitherObject = runtime.type(checks.SurveyEitherObject);

export const Point = runtime.type(checks.Point);

export const Tree = runtime.type(checks.Tree);
