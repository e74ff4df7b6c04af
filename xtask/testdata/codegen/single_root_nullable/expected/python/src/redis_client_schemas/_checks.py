"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

ROOT_VALUE: runtime.Check = runtime.Text(longest=2)

ROOT_: runtime.Check = runtime.Nullable(ROOT_VALUE)

ROOT = ROOT_
