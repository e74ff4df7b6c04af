"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


@bind(checks.DEVICE, schemas.DEVICE)
class Device(Model, extra="forbid"):
    """Built from parts: everything in `allOf` holds at once."""

    speed: Annotated[int, checks.DEVICE["speed"]]
    """A range in steps.

    At least 10, at most 30, a multiple of 10.
    """

    ports: Annotated[int | None, checks.DEVICE["ports"]] = None
    """`ports`

    At least 1, at most 3. May be absent, which is not null.
    """

    generation: Annotated[Literal[2], checks.DEVICE["generation"]] = 2
    """`generation`"""

    slots: Annotated[int | None, checks.DEVICE["slots"]] = None
    """`slots`

    At least 1, at most 8. May be absent, not null.
    """

    contact: Annotated[Contact | None, checks.DEVICE["contact"]] = None
    """`contact`

    May be absent, not null.
    """

    uptime: Annotated[str | None, checks.DEVICE["uptime"]] = None
    """`uptime`

    Of the format `duration`. May be absent, not null.
    """

    extra: Annotated[Any, checks.DEVICE["extra"]] = None
    """Anything at all.

    May be absent, which is not null.
    """

    list_: Annotated[list[Any] | None, checks.DEVICE["list_"]] = None
    """`list`

    At most 2 items. May be absent, not null.
    """

    reserved: Annotated[None, checks.DEVICE["reserved"]] = None
    """`reserved`

    May be absent, which is not null.
    """

    address: Annotated[AddressedAddress, checks.DEVICE["address"]]
    """`address`"""

    rack: Annotated[str, checks.DEVICE["rack"]]
    """`rack`

    2 to 4 code points.
    """

    owner: Annotated[str | None, checks.DEVICE["owner"]] = None
    """`owner`

    May be absent, not null.
    """


AddressedAddress: TypeAlias = Annotated["str", checks.ADDRESSED_ADDRESS]
"""`addressed address`"""


Contact: TypeAlias = Annotated["str", checks.CONTACT]
"""`contact`

At most 20 code points. Of the format `email`.
"""


V4: TypeAlias = Annotated["str", checks.V4]
"""`v4`

Of the format `ipv4`.
"""


V6: TypeAlias = Annotated["str", checks.V6]
"""`v6`

Of the format `ipv6`.
"""


@bind(checks.OPEN, schemas.OPEN)
class Open(Model):
    """`open`"""

    any: Annotated[Any, checks.OPEN["any"]]
    """`any`"""


# A field may be of a class that is defined further down.
Device.model_rebuild()
Open.model_rebuild()
