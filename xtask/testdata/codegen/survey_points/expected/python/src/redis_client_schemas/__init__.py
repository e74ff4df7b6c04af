"""Events, keys and channels of the schemas, as pydantic models.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import BYTES_MAX, Date, Decimal, DecodeError, EncodeError, Model, SchemaError, Timestamp, Uuid
from .models import (
    Point,
    Survey,
    SurveyEither,
    SurveyEitherObject,
    SurveyFlags,
    SurveyLog,
    SurveyLong,
    SurveyReading,
    SurveyReadingItem,
    SurveyReadingItem3,
    SurveyShort,
    Tree,
)

__all__ = [
    "BYTES_MAX",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Model",
    "Point",
    "SchemaError",
    "Survey",
    "SurveyEither",
    "SurveyEitherObject",
    "SurveyFlags",
    "SurveyLog",
    "SurveyLong",
    "SurveyReading",
    "SurveyReadingItem",
    "SurveyReadingItem3",
    "SurveyShort",
    "Timestamp",
    "Tree",
    "Uuid",
]
