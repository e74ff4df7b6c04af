"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


@bind(checks.ALPHABET, schemas.ALPHABET)
class Alphabet(Model):
    """Types called as code that is written by machines likes to call its own. It ends with ""\"\""""

    a: Annotated[A | None, checks.ALPHABET["a"]] = None
    """`a`

    May be absent, not null.
    """

    b: Annotated[list[A] | None, checks.ALPHABET["b"]] = None
    """`b`

    May be absent, not null.
    """

    d: Annotated[D | None, checks.ALPHABET["d"]] = None
    """`d`

    May be absent, not null.
    """

    s: Annotated[S | None, checks.ALPHABET["s"]] = None
    """`s`

    May be absent, not null.
    """

    e: Annotated[E | None, checks.ALPHABET["e"]] = None
    """`e`

    May be absent, not null.
    """

    m: Annotated[M | None, checks.ALPHABET["m"]] = None
    """`m`

    May be absent, not null.
    """

    members: Annotated[Members | None, checks.ALPHABET["members"]] = None
    """`members`

    May be absent, not null.
    """

    text: Annotated[Text | None, checks.ALPHABET["text"]] = None
    """`text`

    May be absent, not null.
    """

    elements: Annotated[Elements | None, checks.ALPHABET["elements"]] = None
    """`elements`

    May be absent, not null.
    """

    warning: Annotated[WarningType | None, checks.ALPHABET["warning"]] = None
    """`warning`

    May be absent, not null.
    """


@bind(checks.A, schemas.A)
class A(Model):
    """\""""

    d: Annotated[D, checks.A["d"]]
    """`d`"""


D: TypeAlias = Annotated["str", checks.D]
"""""\"

At least 1 code point.
"""


@bind(checks.S)
class S(StrEnum):
    """a \\\""""

    T = "t"
    U = "u"


E: TypeAlias = Annotated["A | D", checks.E]
"""`E`"""


M: TypeAlias = Annotated["dict[str, M]", checks.M]
"""A map of itself."""


@bind(checks.MEMBERS, schemas.MEMBERS)
class Members(Model, extra="forbid"):
    """`Members`"""

    s: Annotated[S | None, checks.MEMBERS["s"]] = None
    """`s`

    May be absent, not null.
    """

    additional: Annotated[dict[str, Elements], checks.MEMBERS["additional"]] = {}
    """Other members by name."""


@bind(checks.TEXT)
class Text(StrEnum):
    """`Text`"""

    MEMBERS = "members"
    ELEMENTS = "elements"


Elements: TypeAlias = Annotated["tuple[Text, *tuple[A, ...]]", checks.ELEMENTS]
"""`Elements`"""


@bind(checks.WARNING_TYPE, schemas.WARNING_TYPE)
class WarningType(Model):
    """Python has a class of this name."""

    code: Annotated[int, checks.WARNING_TYPE["code"]]
    """`code`"""


# A field may be of a class that is defined further down.
Alphabet.model_rebuild()
A.model_rebuild()
Members.model_rebuild()
WarningType.model_rebuild()
