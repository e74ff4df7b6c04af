"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

ROOT_VALUE: runtime.Check = runtime.Union(
    "RootValue",
    (
        runtime.Branch(runtime.Integer(-9223372036854775808, 9223372036854775807)),
        runtime.Branch(runtime.Named(lambda: ROOT2)),
    ),
)

ROOT_: runtime.Check = runtime.Nullable(ROOT_VALUE)

ROOT2: runtime.Object = runtime.Object(
    "Root2",
    (
        runtime.Member("inner", "inner", runtime.Nullable(ROOT_VALUE), runtime.UNSET),
    ),
    is_open=True,
)

ROOT = ROOT_
