"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from . import _checks as checks


RootValue: TypeAlias = Annotated["str", checks.ROOT_VALUE]
"""`Root value`

At most 2 code points.
"""


Root: TypeAlias = Annotated["RootValue | None", checks.ROOT_]
"""`Root`"""
