"""Events, keys and channels of the schemas, as pydantic models.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import channels
from ._runtime import (
    BYTES_MAX,
    Date,
    Decimal,
    DecodeError,
    EncodeError,
    Event,
    Model,
    SchemaError,
    Timestamp,
    UnknownChannel,
    Uuid,
)
from .channels import decode, decode_type, encode
from .models import AnyEvent, Reading, ReadingGustsItem, ReadingSky, StationId

__all__ = [
    "AnyEvent",
    "BYTES_MAX",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Event",
    "Model",
    "Reading",
    "ReadingGustsItem",
    "ReadingSky",
    "SchemaError",
    "StationId",
    "Timestamp",
    "UnknownChannel",
    "Uuid",
    "channels",
    "decode",
    "decode_type",
    "encode",
]
