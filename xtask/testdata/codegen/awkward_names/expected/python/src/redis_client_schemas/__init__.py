"""Events, keys and channels of the schemas, as pydantic models.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import BYTES_MAX, Date, Decimal, DecodeError, EncodeError, Model, SchemaError, Timestamp, Uuid
from .models import A, Alphabet, D, E, Elements, M, Members, S, Text, WarningType

__all__ = [
    "A",
    "Alphabet",
    "BYTES_MAX",
    "D",
    "Date",
    "Decimal",
    "DecodeError",
    "E",
    "Elements",
    "EncodeError",
    "M",
    "Members",
    "Model",
    "S",
    "SchemaError",
    "Text",
    "Timestamp",
    "Uuid",
    "WarningType",
]
