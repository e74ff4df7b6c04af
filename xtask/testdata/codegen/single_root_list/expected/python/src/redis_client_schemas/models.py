"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from . import _checks as checks


Root: TypeAlias = Annotated["list[RootItem]", checks.ROOT_]
"""`Root`

At least 1 item.
"""


RootItem: TypeAlias = Annotated["str", checks.ROOT_ITEM]
"""`Root item`

Matches `^a`.
"""
