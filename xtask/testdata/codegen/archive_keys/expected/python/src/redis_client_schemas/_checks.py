"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

SCAN_PAGE: runtime.Check = runtime.Integer(1, 18446744073709551615)

SCAN_KIND: runtime.Texts = runtime.Texts(
    "ScanKind",
    (
        "front", "back",
    ),
)

MOVE_SELF: runtime.Check = runtime.Text(pattern=patterns.MOVE_SELF)

PAGE: runtime.Object = runtime.Object(
    "Page",
    (
        runtime.Member("text", "text", runtime.Text()),
    ),
    is_open=False,
)

READER: runtime.Check = runtime.Text(pattern=patterns.READER)

READER_OR_ALL: runtime.Check = runtime.Alternatives(
    "ReaderOrAll",
    frozenset((
        "*",
    )),
    (
        READER,
    ),
)
