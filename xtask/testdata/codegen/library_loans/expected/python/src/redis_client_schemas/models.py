"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Date, Model, bind


@bind(checks.LOAN, schemas.LOAN)
class Loan(Model, extra="forbid"):
    """`Loan`"""

    type: Annotated[str, checks.LOAN["type"]]
    """`type`"""

    self_2: Annotated[int | None, checks.LOAN["self_2"]] = None
    """`self`

    May be absent, not null.
    """

    self_: Annotated[int | None, checks.LOAN["self_"]] = None
    """`self_`

    May be absent, not null.
    """

    due_date_2: Annotated[Date | None, checks.LOAN["due_date_2"]] = None
    """`due date`

    May be absent, not null.
    """

    due_date_3: Annotated[Date | None, checks.LOAN["due_date_3"]] = None
    """`due-date`

    May be absent, not null.
    """

    due_date: Annotated[Date, checks.LOAN["due_date"]]
    """`due_date`"""

    n_2nd_reader: Annotated[str | None, checks.LOAN["n_2nd_reader"]]
    """`2nd reader`"""

    gru00f6u00dfe: Annotated[int | None, checks.LOAN["gru00f6u00dfe"]] = None
    """`größe`

    May be absent, not null.
    """

    u65e5u672c: Annotated[str | None, checks.LOAN["u65e5u672c"]] = None
    """`日本`

    May be absent, not null.
    """

    empty: Annotated[bool | None, checks.LOAN["empty"]] = None
    """`""`

    May be absent, not null.
    """

    ref: Annotated[String | None, checks.LOAN["ref"]] = None
    """`$ref`

    May be absent, not null.
    """

    a_b_c: Annotated[int | None, checks.LOAN["a_b_c"]] = None
    """`a"b\\c`

    May be absent, not null.
    """

    gen: Annotated[LoanGen | None, checks.LOAN["gen"]] = None
    """`gen`

    May be absent, not null.
    """

    returned: Annotated[bool | None, checks.LOAN["returned"]] = None
    """`returned`

    Default: `null`.
    """


@bind(checks.LOAN_GEN)
class LoanGen(StrEnum):
    """`Loan gen`"""

    PLUS = "+"
    MINUS = "-"
    N_1 = "+1"
    N_1_2 = "-1"
    TYPE = "type"
    SELF = "Self"
    SELF2 = "self"
    EMPTY = ""


String: TypeAlias = Annotated["str", checks.STRING]
"""`String`

At most 3 code points.
"""


Vec2: TypeAlias = Annotated["list[String]", checks.VEC2]
"""`vec`

At most 2 items.
"""


Vec: TypeAlias = Annotated["int", checks.VEC]
"""`Vec`

At most 10.
"""


Loan2: TypeAlias = Annotated["str", checks.LOAN2]
"""`loan`

At least 2 code points.
"""


# A field may be of a class that is defined further down.
Loan.model_rebuild()
