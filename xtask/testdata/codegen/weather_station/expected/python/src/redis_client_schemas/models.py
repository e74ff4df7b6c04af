"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Event, Timestamp, bind


@bind(checks.READING, schemas.READING)
class Reading(Event):
    """What a station has measured; see [the manual] or https://weather.example/manual.

    Published on `weather.{station}.reading`.
    """

    CHANNEL: ClassVar[str] = "weather.{station}.reading"
    EVENT_TYPE: ClassVar[str] = "weather.reading"
    CHANNEL_PIECES = ("weather.", ("station",), ".reading")
    MAX_AGE: ClassVar[int | None] = 30
    EXPIRED: ClassVar[str] = "dead-letter"

    event_type: Annotated[Literal["weather.reading"], checks.READING["event_type"]] = "weather.reading"
    """`event_type`"""

    version: Annotated[Literal[2], checks.READING["version"]] = 2
    """`version`"""

    station: Annotated[StationId, checks.READING["station"]]
    """`station`"""

    taken_at: Annotated[Timestamp, checks.READING["taken_at"]]
    """`taken_at`"""

    celsius: Annotated[float, checks.READING["celsius"]]
    """`celsius`

    At least -90.5, less than 70, a multiple of 0.5.
    """

    humidity: Annotated[int | None, checks.READING["humidity"]]
    """`humidity`

    At most 100.
    """

    gusts: Annotated[list[ReadingGustsItem], checks.READING["gusts"]]
    """Knots, latest first.

    At most 3 items.
    """

    sky: Annotated[ReadingSky | None, checks.READING["sky"]]
    """`null` at night."""

    battery_ok: Annotated[bool | None, checks.READING["battery_ok"]] = None
    """`battery_ok`

    May be absent, not null. Default: `true`.
    """

    remark: Annotated[str | None, checks.READING["remark"]] = None
    """`remark`

    1 to 8 code points. May be absent, not null.
    """

    tags: Annotated[list[str] | None, checks.READING["tags"]] = None
    """`tags`

    At least 1 item. All items differ. May be absent, not null.
    """


ReadingGustsItem: TypeAlias = Annotated["float", checks.READING_GUSTS_ITEM]
"""`Reading gusts item`

At least 0.
"""


@bind(checks.READING_SKY)
class ReadingSky(StrEnum):
    """`null` at night."""

    CLEAR = "clear"
    OVERCAST = "overcast"
    N_10_CLOUD = "<10% cloud"


StationId: TypeAlias = Annotated["str", checks.STATION_ID]
"""Station ID

Matches `^[A-Z]{4}$`. Example: `"EDDF"`.
"""


AnyEvent: TypeAlias = "Reading"
"""Any event of the schemas."""


# A field may be of a class that is defined further down.
Reading.model_rebuild()
