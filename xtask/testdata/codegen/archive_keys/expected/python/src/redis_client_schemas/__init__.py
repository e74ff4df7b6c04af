"""Events, keys and channels of the schemas, as pydantic models.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import keys
from ._runtime import (
    BYTES_MAX,
    Date,
    Decimal,
    DecodeError,
    EncodeError,
    InvalidKey,
    Key,
    Model,
    SchemaError,
    Timestamp,
    Uuid,
)
from .keys import MoveKey, RedisKeys, Scan, ShelfKey, TypeKey
from .models import MoveSelf, Page, Reader, ReaderOrAll, ScanKind, ScanPage

__all__ = [
    "BYTES_MAX",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "InvalidKey",
    "Key",
    "Model",
    "MoveKey",
    "MoveSelf",
    "Page",
    "Reader",
    "ReaderOrAll",
    "RedisKeys",
    "Scan",
    "ScanKind",
    "ScanPage",
    "SchemaError",
    "ShelfKey",
    "Timestamp",
    "TypeKey",
    "Uuid",
    "keys",
]
