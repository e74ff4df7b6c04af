"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Decimal, Event, Timestamp, bind


@bind(checks.SLEW_EVENT, schemas.SLEW_EVENT)
class SlewEvent(Event):
    """`SlewEvent`

    Published on `scope.{scope}.slew.{axis}`.
    """

    CHANNEL: ClassVar[str] = "scope.{scope}.slew.{axis}"
    EVENT_TYPE: ClassVar[str] = "scope.slew"
    CHANNEL_PIECES = ("scope.", ("scope",), ".slew.", ("axis",))

    event_type: Annotated[Literal["scope.slew"], checks.SLEW_EVENT["event_type"]] = "scope.slew"
    """`event_type`"""

    axis: Annotated[SlewEventAxis, checks.SLEW_EVENT["axis"]]
    """`axis`"""

    scope: Annotated[Scope, checks.SLEW_EVENT["scope"]]
    """`scope`"""

    to: Annotated[Decimal, checks.SLEW_EVENT["to"]]
    """`to`

    Matches `^-?[0-9]{1,3}(\\.[0-9]+)?$`.
    """

    at: Annotated[Timestamp, checks.SLEW_EVENT["at"]]
    """`at`

    UTC is written `+00:00`.
    """


@bind(checks.SLEW_EVENT_AXIS)
class SlewEventAxis(StrEnum):
    """`SlewEvent axis`"""

    RA = "ra"
    DEC = "dec"


@bind(checks.PARK_EVENT, schemas.PARK_EVENT)
class ParkEvent(Event, extra="forbid"):
    """`ParkEvent`

    Published on `scope.park`.
    """

    CHANNEL: ClassVar[str] = "scope.park"
    EVENT_TYPE: ClassVar[str] = "scope.park \"now\""
    CHANNEL_PIECES = ("scope.park",)
    MAX_AGE: ClassVar[int | None] = 600
    EXPIRED: ClassVar[str] = "publish"

    event_type: Annotated[Literal["scope.park \"now\""], checks.PARK_EVENT["event_type"]] = "scope.park \"now\""
    """`event_type`"""


@bind(checks.EVENT_TYPE, schemas.EVENT_TYPE)
class EventType(Event):
    """`event`

    Published on `scope.{scope}.error`.
    """

    CHANNEL: ClassVar[str] = "scope.{scope}.error"
    EVENT_TYPE: ClassVar[str] = "scope.error"
    CHANNEL_PIECES = ("scope.", ("scope",), ".error")

    scope: Annotated[Scope, checks.EVENT_TYPE["scope"]]
    """`scope`"""

    event_type: Annotated[Literal["scope.error"], checks.EVENT_TYPE["event_type"]] = "scope.error"
    """`event_type`"""

    code: Annotated[int, checks.EVENT_TYPE["code"]]
    """`code`

    At least -3, at most 3, a multiple of 3.
    """


Scope: TypeAlias = Annotated["str", checks.SCOPE]
"""`scope`

At most 16 code points. Matches `^\\p{Ll}[\\p{Ll}\\d]*$`.
"""


AnyEvent: TypeAlias = "SlewEvent | ParkEvent | EventType"
"""Any event of the schemas."""


# A field may be of a class that is defined further down.
SlewEvent.model_rebuild()
ParkEvent.model_rebuild()
EventType.model_rebuild()
