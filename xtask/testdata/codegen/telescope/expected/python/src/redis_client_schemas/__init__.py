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
from .models import AnyEvent, EventType, ParkEvent, Scope, SlewEvent, SlewEventAxis

__all__ = [
    "AnyEvent",
    "BYTES_MAX",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Event",
    "EventType",
    "Model",
    "ParkEvent",
    "SchemaError",
    "Scope",
    "SlewEvent",
    "SlewEventAxis",
    "Timestamp",
    "UnknownChannel",
    "Uuid",
    "channels",
    "decode",
    "decode_type",
    "encode",
]
