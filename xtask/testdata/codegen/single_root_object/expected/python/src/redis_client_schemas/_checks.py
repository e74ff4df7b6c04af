"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

PARCEL: runtime.Object = runtime.Object(
    "Parcel",
    (
        runtime.Member("id", "id", runtime.Named(lambda: ID)),
        runtime.Member("root", "root", runtime.Named(lambda: ROOT_TYPE), runtime.OPTIONAL),
    ),
    is_open=True,
)

ID: runtime.Check = runtime.Text(pattern=patterns.ID)

ROOT_TYPE: runtime.Check = runtime.Integer(-9223372036854775808, 9)

ROOT = PARCEL
