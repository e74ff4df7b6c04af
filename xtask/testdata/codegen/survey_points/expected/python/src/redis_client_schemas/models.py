"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, Timestamp, bind


@bind(checks.SURVEY, schemas.SURVEY)
class Survey(Model, extra="forbid"):
    """`Survey`"""

    origin: Annotated[Point, checks.SURVEY["origin"]]
    """`origin`"""

    line: Annotated[list[Point] | None, checks.SURVEY["line"]] = None
    """`line`

    All items differ. May be absent, not null.
    """

    reading: Annotated[SurveyReading | None, checks.SURVEY["reading"]] = None
    """When, what and how well.

    May be absent, which is not null.
    """

    log: Annotated[SurveyLog | None, checks.SURVEY["log"]] = None
    """`log`

    May be absent, not null.
    """

    flags: Annotated[SurveyFlags | None, checks.SURVEY["flags"]] = None
    """`flags`

    May be absent, not null.
    """

    empty: Annotated[list[Any] | None, checks.SURVEY["empty"]] = None
    """`empty`

    At most 0 items. May be absent, not null.
    """

    short: Annotated[SurveyShort | None, checks.SURVEY["short"]] = None
    """`short`

    May be absent, not null.
    """

    long: Annotated[SurveyLong | None, checks.SURVEY["long"]] = None
    """`long`

    May be absent, not null.
    """

    anything: Annotated[list[Any] | None, checks.SURVEY["anything"]] = None
    """`anything`

    All items differ. May be absent, not null.
    """

    tree: Annotated[Tree | None, checks.SURVEY["tree"]] = None
    """`tree`

    May be absent, not null.
    """

    either: Annotated[SurveyEither | None, checks.SURVEY["either"]] = None
    """`either`

    May be absent, not null.
    """


SurveyReading: TypeAlias = Annotated["tuple[Timestamp, float | None] | tuple[Timestamp, float | None, SurveyReadingItem3, *tuple[SurveyReadingItem, ...]]", checks.SURVEY_READING]
"""When, what and how well.

At most 5 items. Those behind the first 2 may be absent, from some place on.
"""


@bind(checks.SURVEY_READING_ITEM3)
class SurveyReadingItem3(StrEnum):
    """`Survey reading item 3`"""

    GOOD = "good"
    POOR = "poor"


SurveyReadingItem: TypeAlias = Annotated["str", checks.SURVEY_READING_ITEM]
"""`Survey reading item`

At least 1 code point.
"""


SurveyLog: TypeAlias = Annotated["tuple[()] | tuple[bool] | tuple[bool, bool, *tuple[Any, ...]]", checks.SURVEY_LOG]
"""`Survey log`

All of them may be absent, from some place on. All items differ.
"""


SurveyFlags: TypeAlias = Annotated["tuple[()] | tuple[int] | tuple[int, float]", checks.SURVEY_FLAGS]
"""`Survey flags`

All of them may be absent, from some place on. All items differ.
"""


SurveyShort: TypeAlias = Annotated["tuple[()] | tuple[int]", checks.SURVEY_SHORT]
"""`Survey short`

All of them may be absent, from some place on.
"""


SurveyLong: TypeAlias = Annotated["tuple[int, *tuple[int, ...]]", checks.SURVEY_LONG]
"""`Survey long`

At least 3 items.
"""


SurveyEither: TypeAlias = Annotated["Point | str | SurveyEitherObject", checks.SURVEY_EITHER]
"""`Survey either`"""


SurveyEitherObject: TypeAlias = Annotated["dict[str, Any]", checks.SURVEY_EITHER_OBJECT]
"""`Survey either Object`

At most 2 members.
"""


Point: TypeAlias = Annotated["tuple[float, float] | tuple[float, float, float]", checks.POINT]
"""Where something is: across, up and, where it is known, above the sea.

Those behind the first 2 may be absent, from some place on. Examples: `[1.5, -2]`, `[0, 0, 12.25]`.
"""


Tree: TypeAlias = Annotated["tuple[str] | tuple[str, Tree] | tuple[str, Tree, Tree | None]", checks.TREE]
"""A name, then what hangs on the left and on the right.

Those behind the first may be absent, from some place on.
"""


# A field may be of a class that is defined further down.
Survey.model_rebuild()
