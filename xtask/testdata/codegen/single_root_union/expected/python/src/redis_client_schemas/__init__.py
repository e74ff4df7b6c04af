"""Events, keys and channels of the schemas, as pydantic models.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import BYTES_MAX, Date, Decimal, DecodeError, EncodeError, Model, SchemaError, Timestamp, Uuid
from .models import Root, Root2, RootValue

__all__ = [
    "BYTES_MAX",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Model",
    "Root",
    "Root2",
    "RootValue",
    "SchemaError",
    "Timestamp",
    "Uuid",
]
