"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


@bind(checks.TABLE, schemas.TABLE)
class Table(Model):
    """`Table`"""

    counts: Annotated[dict[str, int] | None, checks.TABLE["counts"]] = None
    """`counts`

    1 to 2 members. May be absent, not null.
    """

    labels: Annotated[dict[str, Any] | None, checks.TABLE["labels"]] = None
    """`labels`

    Names match `^(?=[a-z]+$)(?=[^]{0,3}$)`. May be absent, not null.
    """

    flags: Annotated[dict[str, bool] | None, checks.TABLE["flags"]] = None
    """`flags`

    Names match `^(?:x|a"b)$`. May be absent, not null.
    """

    open: Annotated[dict[str, Any] | None, checks.TABLE["open"]] = None
    """`open`

    May be absent, not null.
    """

    named: Annotated[Named | None, checks.TABLE["named"]] = None
    """`named`

    May be absent, not null.
    """

    empty: Annotated[dict[str, Any] | None, checks.TABLE["empty"]] = None
    """`empty`

    At most 0 members. May be absent, not null.
    """


Named: TypeAlias = Annotated["dict[str, NamedValue]", checks.NAMED]
"""`named`

Names match
`^(?=[^]*(?:^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3})$))(?=[^]{2,}$)`.
"""


NamedValue: TypeAlias = Annotated["str", checks.NAMED_VALUE]
"""`named value`

At least 1 code point.
"""


# A field may be of a class that is defined further down.
Table.model_rebuild()
