"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

ROOT_: runtime.Check = runtime.Nullable(runtime.Named(lambda: ROOT_VALUE))

ROOT_VALUE: runtime.Check = runtime.Text(longest=2)

ROOT = ROOT_
