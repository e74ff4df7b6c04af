"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


Root2: TypeAlias = Annotated["int | Root3", checks.ROOT2]
"""`Root`"""


Root: TypeAlias = Annotated["Root2 | None", checks.ROOT_]
"""`Root`"""


@bind(checks.ROOT3, schemas.ROOT3)
class Root3(Model):
    """`Root`"""

    inner: Annotated[Root2 | None, checks.ROOT3["inner"]] = None
    """`inner`

    May be absent, which is not null.
    """


# A field may be of a class that is defined further down.
Root3.model_rebuild()
