"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

ROOT_: runtime.Check = runtime.List(runtime.Named(lambda: ROOT_ITEM), shortest=1)

ROOT_ITEM: runtime.Check = runtime.Text(pattern=patterns.ROOT_ITEM)

ROOT = ROOT_
