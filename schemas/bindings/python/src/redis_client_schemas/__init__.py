"""Events, keys and channels of the schemas, as pydantic models.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import channels, keys
from ._runtime import (
    BYTES_MAX,
    Date,
    Decimal,
    DecodeError,
    EncodeError,
    Event,
    InvalidKey,
    Key,
    Model,
    SchemaError,
    Timestamp,
    UnknownChannel,
    Uuid,
)
from .channels import decode, decode_type, encode
from .keys import (
    CircuitBreakerKey,
    FeaturesKey,
    ModelVersionKey,
    OrphanExposureKey,
    PriceKey,
    QuarantineKey,
    RedisKeys,
    ReduceOnlyLockKey,
)
from .models import (
    Action,
    AnyEvent,
    BreakerId,
    NonNegativeDecimal,
    OrderEvent,
    PositionEvent,
    PriceUpdateEvent,
    Quote,
    SignalEvent,
    StrategyId,
    StrategyName,
    StrategyScope,
    Symbol,
)

__all__ = [
    "Action",
    "AnyEvent",
    "BYTES_MAX",
    "BreakerId",
    "CircuitBreakerKey",
    "Date",
    "Decimal",
    "DecodeError",
    "EncodeError",
    "Event",
    "FeaturesKey",
    "InvalidKey",
    "Key",
    "Model",
    "ModelVersionKey",
    "NonNegativeDecimal",
    "OrderEvent",
    "OrphanExposureKey",
    "PositionEvent",
    "PriceKey",
    "PriceUpdateEvent",
    "QuarantineKey",
    "Quote",
    "RedisKeys",
    "ReduceOnlyLockKey",
    "SchemaError",
    "SignalEvent",
    "StrategyId",
    "StrategyName",
    "StrategyScope",
    "Symbol",
    "Timestamp",
    "UnknownChannel",
    "Uuid",
    "channels",
    "decode",
    "decode_type",
    "encode",
    "keys",
]
