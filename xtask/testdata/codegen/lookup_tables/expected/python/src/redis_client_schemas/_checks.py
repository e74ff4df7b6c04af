"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

TABLE: runtime.Object = runtime.Object(
    "Table",
    (
        runtime.Member("counts", "counts", runtime.Map(runtime.Integer(-9223372036854775808, 9223372036854775807), fewest=1, most=2), runtime.OPTIONAL),
        runtime.Member("labels", "labels", runtime.Map(runtime.Anything(), names=patterns.TABLE_LABELS), runtime.OPTIONAL),
        runtime.Member("flags", "flags", runtime.Map(runtime.Boolean(), names=patterns.TABLE_FLAGS), runtime.OPTIONAL),
        runtime.Member("open", "open", runtime.Map(runtime.Anything()), runtime.OPTIONAL),
        runtime.Member("named", "named", runtime.Named(lambda: NAMED), runtime.OPTIONAL),
        runtime.Member("empty", "empty", runtime.Map(runtime.Anything(), most=0), runtime.OPTIONAL),
    ),
    is_open=True,
)

NAMED: runtime.Check = runtime.Map(runtime.Named(lambda: NAMED_VALUE), names=patterns.NAMED)

NAMED_VALUE: runtime.Check = runtime.Text(shortest=1)
