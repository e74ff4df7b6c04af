"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

SURVEY: runtime.Object = runtime.Object(
    "Survey",
    (
        runtime.Member("origin", "origin", runtime.Named(lambda: POINT)),
        runtime.Member("line", "line", runtime.List(runtime.Named(lambda: POINT), unique=True), runtime.OPTIONAL),
        runtime.Member("reading", "reading", runtime.Nullable(runtime.Named(lambda: SURVEY_READING)), runtime.UNSET),
        runtime.Member("log", "log", runtime.Named(lambda: SURVEY_LOG), runtime.OPTIONAL),
        runtime.Member("flags", "flags", runtime.Named(lambda: SURVEY_FLAGS), runtime.OPTIONAL),
        runtime.Member("empty", "empty", runtime.List(runtime.Anything(), longest=0), runtime.OPTIONAL),
        runtime.Member("short", "short", runtime.Named(lambda: SURVEY_SHORT), runtime.OPTIONAL),
        runtime.Member("long", "long", runtime.Named(lambda: SURVEY_LONG), runtime.OPTIONAL),
        runtime.Member("anything", "anything", runtime.List(runtime.Anything(), unique=True), runtime.OPTIONAL),
        runtime.Member("tree", "tree", runtime.Named(lambda: TREE), runtime.OPTIONAL),
        runtime.Member("either", "either", runtime.Named(lambda: SURVEY_EITHER), runtime.OPTIONAL),
    ),
    is_open=False,
)

SURVEY_READING: runtime.Check = runtime.Tuple(
    "SurveyReading",
    (
        runtime.Time(),
        runtime.Nullable(runtime.Number()),
        runtime.Named(lambda: SURVEY_READING_ITEM3),
    ),
    required=2,
    rest=runtime.Named(lambda: SURVEY_READING_ITEM),
    longest=5,
)

SURVEY_READING_ITEM3: runtime.Texts = runtime.Texts(
    "SurveyReadingItem3",
    (
        "good", "poor",
    ),
)

SURVEY_READING_ITEM: runtime.Check = runtime.Text(shortest=1)

SURVEY_LOG: runtime.Check = runtime.Tuple(
    "SurveyLog",
    (
        runtime.Boolean(),
        runtime.Boolean(),
    ),
    required=0,
    rest=runtime.Anything(),
    unique=True,
)

SURVEY_FLAGS: runtime.Check = runtime.Tuple(
    "SurveyFlags",
    (
        runtime.Integer(-9223372036854775808, 9223372036854775807),
        runtime.Number(),
    ),
    required=0,
    unique=True,
)

SURVEY_SHORT: runtime.Check = runtime.Tuple(
    "SurveyShort",
    (
        runtime.Integer(-9223372036854775808, 9223372036854775807),
    ),
    required=0,
)

SURVEY_LONG: runtime.Check = runtime.Tuple(
    "SurveyLong",
    (
        runtime.Integer(-9223372036854775808, 9223372036854775807),
    ),
    required=1,
    rest=runtime.Integer(-9223372036854775808, 9223372036854775807),
    shortest=3,
)

SURVEY_EITHER: runtime.Check = runtime.Union(
    "SurveyEither",
    (
        runtime.Branch(runtime.Named(lambda: POINT)),
        runtime.Branch(runtime.Text()),
        runtime.Branch(runtime.Named(lambda: SURVEY_EITHER_OBJECT)),
    ),
)

SURVEY_EITHER_OBJECT: runtime.Check = runtime.Map(runtime.Anything(), most=2)

POINT: runtime.Check = runtime.Tuple(
    "Point",
    (
        runtime.Number(),
        runtime.Number(),
        runtime.Number(),
    ),
    required=2,
)

TREE: runtime.Check = runtime.Tuple(
    "Tree",
    (
        runtime.Text(),
        runtime.Named(lambda: TREE),
        runtime.Nullable(runtime.Named(lambda: TREE)),
    ),
    required=1,
)
