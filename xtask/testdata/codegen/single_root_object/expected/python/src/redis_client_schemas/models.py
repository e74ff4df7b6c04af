"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


@bind(checks.PARCEL, schemas.PARCEL)
class Parcel(Model):
    """`Parcel`"""

    id: Annotated[Id, checks.PARCEL["id"]]
    """`id`"""

    root: Annotated[RootType | None, checks.PARCEL["root"]] = None
    """`root`

    May be absent, not null.
    """


Id: TypeAlias = Annotated["str", checks.ID]
"""`id`

Matches `^[0-9]+$`.
"""


RootType: TypeAlias = Annotated["int", checks.ROOT_TYPE]
"""`root`

At most 9.
"""


Root = Parcel
"""What the schema file describes."""


# A field may be of a class that is defined further down.
Parcel.model_rebuild()
