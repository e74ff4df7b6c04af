"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


@bind(checks.SWITCH, schemas.SWITCH)
class Switch(Model, extra="forbid"):
    """Members that are one of a list, of whatever kind."""

    always_on: Annotated[bool | None, checks.SWITCH["always_on"]] = None
    """`always_on`

    Always `true`. May be absent, not null.
    """

    never: Annotated[bool | None, checks.SWITCH["never"]] = None
    """`never`

    Always `false`. May be absent, which is not null.
    """

    either: Annotated[bool | None, checks.SWITCH["either"]] = None
    """`either`

    May be absent, not null.
    """

    level: Annotated[int | None, checks.SWITCH["level"]] = None
    """`level`

    One of `1`, `2`, `4`, `8`. May be absent, not null.
    """

    gain: Annotated[float | None, checks.SWITCH["gain"]] = None
    """`gain`

    One of `0.5`, `-1`, `3`. May be absent, which is not null.
    """

    wide: Annotated[int | None, checks.SWITCH["wide"]] = None
    """`wide`

    At least 9007199254740991, at most 9007199254740991. May be absent, not null.
    """

    edge: Annotated[float, checks.SWITCH["edge"]] = 7.5
    """`edge`"""

    mixed: Annotated[Any, checks.SWITCH["mixed"]] = None
    """A word, a number or nothing.

    One of `"auto"`, `0`, `1.5`, `null`, `[]`, `{"a":[true]}`. May be absent, which is not null.
    """

    pair: Annotated[Any, checks.SWITCH["pair"]]
    """`pair`

    Always `[1,{"b":null,"a":"x"}]`.
    """

    scalar: Annotated[Any, checks.SWITCH["scalar"]] = None
    """`scalar`

    One of `"auto"`, `true`. May be absent, which is not null.
    """

    at: Annotated[str | None, checks.SWITCH["at"]] = None
    """`at`

    Of the format `time`. May be absent, not null.
    """

    host: Annotated[str | None, checks.SWITCH["host"]] = None
    """`host`

    Of the format `hostname`. May be absent, not null.
    """

    times: Annotated[list[SwitchTimesItem] | None, checks.SWITCH["times"]] = None
    """`times`

    May be absent, not null.
    """


SwitchTimesItem: TypeAlias = Annotated["str", checks.SWITCH_TIMES_ITEM]
"""`switch times item`

Of the format `time`. At most 14 code points.
"""


Whatever: TypeAlias = Annotated["Any", checks.WHATEVER]
"""A value of any type; each rule binds the values of its own type.

2 to 4 code points. 1 to 3 items. At most 2 members. All items differ. At least -5, less than 1000.5, a
multiple of 0.5. Matches `^[a-z]`. Names match `^[^]{0,3}$`.
"""


@bind(checks.LOOSE, schemas.LOOSE)
class Loose(Model, extra="forbid"):
    """`loose`"""

    a: Annotated[Any, checks.LOOSE["a"]] = None
    """`a`

    At least 2 items. May be absent, which is not null.
    """

    b: Annotated[Any, checks.LOOSE["b"]] = None
    """`b`

    Of the format `ipv4`. May be absent, which is not null.
    """

    c: Annotated[Any, checks.LOOSE["c"]] = None
    """`c`

    At most 9007199254740991. May be absent, which is not null.
    """

    d: Annotated[Any, checks.LOOSE["d"]] = None
    """`d`

    Of the format `time`. May be absent, which is not null.
    """

    matching_m: Annotated[dict[str, LooseMValue], checks.LOOSE["matching_m"]] = {}
    """Other members, their names matching `^m`."""

    additional: Annotated[dict[str, LooseValue], checks.LOOSE["additional"]] = {}
    """Other members by name."""


LooseMValue: TypeAlias = Annotated["Any", checks.LOOSE_M_VALUE]
"""`loose ^m value`

At least 1 code point.
"""


LooseValue: TypeAlias = Annotated["bool | str", checks.LOOSE_VALUE]
"""`loose value`"""


Holds: TypeAlias = Annotated["bool | str | list[str] | HoldsObject | HoldsNumber", checks.HOLDS]
"""No type, and rules about what values hold."""


HoldsNumber: TypeAlias = Annotated["float", checks.HOLDS_NUMBER]
"""No type, and rules about what values hold.

At least 3.
"""


@bind(checks.HOLDS_OBJECT, schemas.HOLDS_OBJECT)
class HoldsObject(Model):
    """No type, and rules about what values hold."""

    a: Annotated[int, checks.HOLDS_OBJECT["a"]]
    """`a`"""

    again: Annotated[Holds | None, checks.HOLDS_OBJECT["again"]] = None
    """`again`

    May be absent, which is not null.
    """


Differing: TypeAlias = Annotated["list[Any]", checks.DIFFERING]
"""`differing`

All items differ.
"""


# A field may be of a class that is defined further down.
Switch.model_rebuild()
Loose.model_rebuild()
HoldsObject.model_rebuild()
