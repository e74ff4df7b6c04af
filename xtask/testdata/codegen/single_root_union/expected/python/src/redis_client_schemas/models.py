"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


RootValue: TypeAlias = Annotated["int | Root2", checks.ROOT_VALUE]
"""`Root value`"""


Root: TypeAlias = Annotated["RootValue | None", checks.ROOT_]
"""`Root`"""


@bind(checks.ROOT2, schemas.ROOT2)
class Root2(Model):
    """`Root`"""

    inner: Annotated[RootValue | None, checks.ROOT2["inner"]] = None
    """`inner`

    May be absent, which is not null.
    """


# A field may be of a class that is defined further down.
Root2.model_rebuild()
