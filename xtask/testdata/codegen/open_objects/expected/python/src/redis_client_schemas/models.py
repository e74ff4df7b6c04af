"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


@bind(checks.LABEL, schemas.LABEL)
class Label(Model, extra="forbid"):
    """What stands on a parcel; remarks of carriers are kept."""

    to: Annotated[str, checks.LABEL["to"]]
    """`to`

    At least 1 code point.
    """

    additional: Annotated[bool | None, checks.LABEL["additional"]] = None
    """A member that is called like the map.

    May be absent, not null.
    """

    additional_2: Annotated[dict[str, LabelValue | None], checks.LABEL["additional_2"]] = {}
    """Other members by name."""


LabelValue: TypeAlias = Annotated["str", checks.LABEL_VALUE]
"""`label value`

At most 20 code points.
"""


@bind(checks.ANYTHING, schemas.ANYTHING)
class Anything(Model, extra="forbid"):
    """Whatever else is there is kept as it is."""

    id: Annotated[int | None, checks.ANYTHING["id"]] = None
    """`id`

    May be absent, not null.
    """

    additional: Annotated[dict[str, Any], checks.ANYTHING["additional"]] = {}
    """Other members by name."""


@bind(checks.SCAN, schemas.SCAN)
class Scan(Model, extra="forbid"):
    """Members by pattern: a name that matches both patterns satisfies both."""

    w_kg: Annotated[float, checks.SCAN["w_kg"]]
    """`w_kg`

    At least 0, at most 1000.
    """

    x_self: Annotated[Scan | None, checks.SCAN["x_self"]] = None
    """`x_self`

    May be absent, not null.
    """

    matching_w_and_kg: Annotated[dict[str, ScanMatchingWAndKgValue], checks.SCAN["matching_w_and_kg"]] = {}
    """Other members, their names matching `^(?=w_)(?=[^]*(?:_kg$))`."""

    matching_w: Annotated[dict[str, ScanWValue], checks.SCAN["matching_w"]] = {}
    """Other members, their names matching `^(?=w_)(?![^]*(?:_kg$))`."""

    matching_kg: Annotated[dict[str, ScanKgValue], checks.SCAN["matching_kg"]] = {}
    """Other members, their names matching `^(?=[^]*(?:_kg$))(?!w_)(?!x_)(?!old_)`."""

    matching_x: Annotated[dict[str, Scan], checks.SCAN["matching_x"]] = {}
    """Other members, their names matching `^(?=x_)(?![^]*(?:_kg$))`."""

    additional: Annotated[dict[str, str], checks.SCAN["additional"]] = {}
    """Other members, their names matching `^(?!w_)(?![^]*(?:_kg$))(?!x_)(?!old_)`."""


ScanMatchingWAndKgValue: TypeAlias = Annotated["float", checks.SCAN_MATCHING_W_AND_KG_VALUE]
"""`scan matching ^w_ and _kg$ value`

At least 0, at most 1000.
"""


ScanWValue: TypeAlias = Annotated["float", checks.SCAN_W_VALUE]
"""`scan ^w_ value`

At least 0.
"""


ScanKgValue: TypeAlias = Annotated["float", checks.SCAN_KG_VALUE]
"""In kilograms.

At most 1000.
"""


@bind(checks.CLOSED_SCAN, schemas.CLOSED_SCAN)
class ClosedScan(Model, extra="forbid"):
    """`closed_scan`"""

    matching_a_z: Annotated[dict[str, int], checks.CLOSED_SCAN["matching_a_z"]] = {}
    """Other members, their names matching `^[a-z]+$`."""

    matching_0_9_2: Annotated[dict[str, bool], checks.CLOSED_SCAN["matching_0_9_2"]] = {}
    """Other members, their names matching `[0-9]{2,}`."""


@bind(checks.TAGS, schemas.TAGS)
class Tags(Model, extra="forbid"):
    """Only maps: their names say what they hold.

    1 to 3 members.
    """

    matching_n: Annotated[dict[str, int], checks.TAGS["matching_n"]] = {}
    """Other members, their names matching `^n_`."""

    matching_t: Annotated[dict[str, str], checks.TAGS["matching_t"]] = {}
    """Other members, their names matching `^t_`."""

    additional: Annotated[dict[str, Any], checks.TAGS["additional"]] = {}
    """Other members by name."""


@bind(checks.CODED, schemas.CODED)
class Coded(Model, extra="forbid"):
    """Every name is a code, declared or not; there are two or three.

    2 to 3 members.
    """

    aa: Annotated[int | None, checks.CODED["aa"]] = None
    """`AA`

    May be absent, not null.
    """

    bb: Annotated[int | None, checks.CODED["bb"]] = None
    """`BB`

    May be absent, which is not null.
    """

    additional: Annotated[dict[str, Any], checks.CODED["additional"]] = {}
    """Other members, their names matching `^[A-Z]{2}$`."""


@bind(checks.WITHOUT, schemas.WITHOUT)
class Without(Model, extra="forbid"):
    """`without`"""

    a: Annotated[int, checks.WITHOUT["a"]]
    """`a`"""

    additional: Annotated[dict[str, Any], checks.WITHOUT["additional"]] = {}
    """Other members, their names matching `^(?!b$)`."""


@bind(checks.PARTS, schemas.PARTS)
class Parts(Model, extra="forbid"):
    """Each part sees its own members only."""

    own: Annotated[int | None, checks.PARTS["own"]] = None
    """`own`

    At least 1, at most 10. May be absent, not null.
    """

    far: Annotated[Any, checks.PARTS["far"]] = None
    """`far`

    May be absent, which is not null.
    """

    other: Annotated[int, checks.PARTS["other"]]
    """`other`

    At least 1.
    """

    additional: Annotated[dict[str, PartsValue], checks.PARTS["additional"]] = {}
    """Other members by name."""


PartsValue: TypeAlias = Annotated["int", checks.PARTS_VALUE]
"""`parts value`

At least 1.
"""


@bind(checks.EVALUATED, schemas.EVALUATED)
class Evaluated(Model, extra="forbid"):
    """`evaluated`"""

    a: Annotated[str | None, checks.EVALUATED["a"]] = None
    """`a`

    May be absent, not null.
    """

    matching_p: Annotated[dict[str, int], checks.EVALUATED["matching_p"]] = {}
    """Other members, their names matching `^p`."""

    additional: Annotated[dict[str, bool], checks.EVALUATED["additional"]] = {}
    """Other members by name."""


@bind(checks.VOID, schemas.VOID)
class Void(Model, extra="forbid"):
    """`void`"""


# A field may be of a class that is defined further down.
Label.model_rebuild()
Anything.model_rebuild()
Scan.model_rebuild()
ClosedScan.model_rebuild()
Tags.model_rebuild()
Coded.model_rebuild()
Without.model_rebuild()
Parts.model_rebuild()
Evaluated.model_rebuild()
Void.model_rebuild()
