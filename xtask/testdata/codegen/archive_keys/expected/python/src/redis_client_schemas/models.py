"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


ScanPage: TypeAlias = Annotated["int", checks.SCAN_PAGE]
"""`Scan page`

At least 1.
"""


@bind(checks.SCAN_KIND)
class ScanKind(StrEnum):
    """`Scan kind`"""

    FRONT = "front"
    BACK = "back"


MoveSelf: TypeAlias = Annotated["str", checks.MOVE_SELF]
"""`move self`

Matches `^[a-c]{1,3}$`.
"""


@bind(checks.PAGE, schemas.PAGE)
class Page(Model, extra="forbid"):
    """`page`"""

    text: Annotated[str, checks.PAGE["text"]]
    """`text`"""


Reader: TypeAlias = Annotated["str", checks.READER]
"""`reader`

Matches `^[^:/*?\\[\\]\\\\\\s\\p{Cc}]+$`.
"""


ReaderOrAll: TypeAlias = Annotated["str", checks.READER_OR_ALL]
"""`reader_or_all`"""


# A field may be of a class that is defined further down.
Page.model_rebuild()
