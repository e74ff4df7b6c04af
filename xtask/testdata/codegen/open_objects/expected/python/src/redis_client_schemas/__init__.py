"""Events, keys and channels of the schemas, as pydantic models.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from ._runtime import BYTES_MAX, Date, Decimal, DecodeError, EncodeError, Model, SchemaError, Timestamp, Uuid
from .models import (
    Anything,
    ClosedScan,
    Coded,
    Evaluated,
    Label,
    LabelValue,
    Parts,
    PartsValue,
    Scan,
    ScanKgValue,
    ScanMatchingWAndKgValue,
    ScanWValue,
    Tags,
    Void,
    Without,
)

__all__ = [
    "Anything",
    "BYTES_MAX",
    "ClosedScan",
    "Coded",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Evaluated",
    "Label",
    "LabelValue",
    "Model",
    "Parts",
    "PartsValue",
    "Scan",
    "ScanKgValue",
    "ScanMatchingWAndKgValue",
    "ScanWValue",
    "SchemaError",
    "Tags",
    "Timestamp",
    "Uuid",
    "Void",
    "Without",
]
