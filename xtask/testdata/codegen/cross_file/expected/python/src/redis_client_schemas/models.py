"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


Kilometres: TypeAlias = Annotated["float", checks.KILOMETRES]
"""`kilometres`

At least 0.
"""


Plate: TypeAlias = Annotated["str", checks.PLATE]
"""`plate`

At least 2 code points. Matches `^[A-Z0-9-]+$`.
"""


ShortPlate: TypeAlias = Annotated["str", checks.SHORT_PLATE]
"""`short_plate`

2 to 5 code points. Matches `^[A-Z] and ^[A-Z0-9-]+$`.
"""


@bind(checks.SLASH_AND_TILDE)
class SlashAndTilde(StrEnum):
    """`slash/and~tilde`"""

    A_B = "a/b"
    C_D = "c~d"


@bind(checks.EMBEDDED, schemas.EMBEDDED)
class Embedded(Model):
    """`embedded`"""

    amount: Annotated[Litres, checks.EMBEDDED["amount"]]
    """`amount`"""


Litres: TypeAlias = Annotated["float", checks.LITRES]
"""`litres`

At least 0, at most 2000.
"""


@bind(checks.TRIP, schemas.TRIP)
class Trip(Model):
    """`Trip`"""

    distance: Annotated[Kilometres, checks.TRIP["distance"]]
    """`distance`"""

    limit: Annotated[float | None, checks.TRIP["limit"]] = None
    """`limit`

    At least 0, at most 500. May be absent, not null.
    """

    plate: Annotated[Plate, checks.TRIP["plate"]]
    """`plate`"""

    short: Annotated[ShortPlate | None, checks.TRIP["short"]] = None
    """`short`

    May be absent, not null.
    """

    odd: Annotated[SlashAndTilde | None, checks.TRIP["odd"]] = None
    """`odd`

    May be absent, not null.
    """

    fuel: Annotated[Embedded | None, checks.TRIP["fuel"]] = None
    """`fuel`

    May be absent, not null.
    """

    litres: Annotated[Litres | None, checks.TRIP["litres"]] = None
    """`litres`

    May be absent, not null.
    """

    driver: Annotated[Driver | None, checks.TRIP["driver"]] = None
    """`driver`

    May be absent, not null.
    """


@bind(checks.DRIVER, schemas.DRIVER)
class Driver(Model):
    """`Driver`"""

    name: Annotated[Name, checks.DRIVER["name"]]
    """`name`"""


Name: TypeAlias = Annotated["str", checks.NAME]
"""`name`

At least 1 code point.
"""


# A field may be of a class that is defined further down.
Embedded.model_rebuild()
Trip.model_rebuild()
Driver.model_rebuild()
