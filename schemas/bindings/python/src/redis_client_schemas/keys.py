"""Redis keys, and the values they hold.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import Self

from . import _checks as checks
from . import _runtime as runtime
from ._runtime import Date, Key, Part, ValueKey
from .models import BreakerId, FencedProducer, Quote, StrategyId, StrategyName, StrategyScope, Symbol


class FeaturesKey(ValueKey[dict[str, float]]):
    """The model features of an instrument on a day.

    `features:{symbol}:{date}`, lives 3600 s. Such as `features:AAPL:2025-01-17`. Example:
    `features:AAPL:2025-01-17`.
    """

    TEMPLATE: ClassVar[str] = "features:{symbol}:{date}"
    TTL: ClassVar[int | None] = 3600
    PIECES = (
        "features:",
        Part("symbol", "symbol", checks.SYMBOL),
        ":",
        Part("date", "date", runtime.Day()),
    )
    VALUE = runtime.Features()

    symbol: Symbol
    """The instrument."""

    date: Date
    """The trading day.

    Example: `"2025-01-17"`.
    """

    def __new__(cls, symbol: Symbol, date: Date) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"symbol": symbol, "date": date})

    @classmethod
    def scan_pattern(cls, *, symbol: Symbol | None = None, date: Date | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"symbol": symbol, "date": date})


class PriceKey(ValueKey[Quote]):
    """The last quote of an instrument.

    `price:{symbol}`, lives 300 s. Such as `price:BRK.B`. Example: `price:BRK.B`.
    """

    TEMPLATE: ClassVar[str] = "price:{symbol}"
    TTL: ClassVar[int | None] = 300
    PIECES = (
        "price:",
        Part("symbol", "symbol", checks.SYMBOL),
    )
    VALUE = checks.QUOTE

    symbol: Symbol
    """The instrument."""

    def __new__(cls, symbol: Symbol) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"symbol": symbol})

    @classmethod
    def scan_pattern(cls, *, symbol: Symbol | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"symbol": symbol})


class CircuitBreakerKey(Key):
    """The state of a circuit breaker.

    `cb:{breaker_id}`, never expires by itself. Such as `cb:global`. Example: `cb:global`.
    """

    TEMPLATE: ClassVar[str] = "cb:{breaker_id}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "cb:",
        Part("breaker_id", "breaker_id", checks.BREAKER_ID),
    )

    breaker_id: BreakerId
    """The breaker."""

    def __new__(cls, breaker_id: BreakerId) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"breaker_id": breaker_id})

    @classmethod
    def scan_pattern(cls, *, breaker_id: BreakerId | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"breaker_id": breaker_id})


class ModelVersionKey(Key):
    """The version of the model that a strategy runs.

    `model:version:{strategy_name}`, never expires by itself. Such as `model:version:alpha_baseline`.
    Example: `model:version:alpha_baseline`.
    """

    TEMPLATE: ClassVar[str] = "model:version:{strategy_name}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "model:version:",
        Part("strategy_name", "strategy_name", checks.STRATEGY_NAME),
    )

    strategy_name: StrategyName
    """The strategy."""

    def __new__(cls, strategy_name: StrategyName) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"strategy_name": strategy_name})

    @classmethod
    def scan_pattern(cls, *, strategy_name: StrategyName | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"strategy_name": strategy_name})


class QuarantineKey(Key):
    """An instrument that a strategy, or every strategy, must not trade.

    `quarantine:{strategy_id}:{symbol}`, never expires by itself. Such as `quarantine:*:AAPL`. Example:
    `quarantine:*:AAPL`.
    """

    TEMPLATE: ClassVar[str] = "quarantine:{strategy_id}:{symbol}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "quarantine:",
        Part("strategy_id", "strategy_id", checks.STRATEGY_SCOPE),
        ":",
        Part("symbol", "symbol", checks.SYMBOL),
    )

    strategy_id: StrategyScope
    """Whom it binds."""

    symbol: Symbol
    """The instrument."""

    def __new__(cls, strategy_id: StrategyScope, symbol: Symbol) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"strategy_id": strategy_id, "symbol": symbol})

    @classmethod
    def scan_pattern(cls, *, strategy_id: StrategyScope | None = None, symbol: Symbol | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"strategy_id": strategy_id, "symbol": symbol})


class OrphanExposureKey(Key):
    """A position that no order of the strategy explains.

    `orphan_exposure:{strategy_id}:{symbol}`, never expires by itself. Such as
    `orphan_exposure:alpha_baseline:AAPL`. Example: `orphan_exposure:alpha_baseline:AAPL`.
    """

    TEMPLATE: ClassVar[str] = "orphan_exposure:{strategy_id}:{symbol}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "orphan_exposure:",
        Part("strategy_id", "strategy_id", checks.STRATEGY_ID),
        ":",
        Part("symbol", "symbol", checks.SYMBOL),
    )

    strategy_id: StrategyId
    """The strategy."""

    symbol: Symbol
    """The instrument."""

    def __new__(cls, strategy_id: StrategyId, symbol: Symbol) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"strategy_id": strategy_id, "symbol": symbol})

    @classmethod
    def scan_pattern(cls, *, strategy_id: StrategyId | None = None, symbol: Symbol | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"strategy_id": strategy_id, "symbol": symbol})


class ReduceOnlyLockKey(Key):
    """Taken while positions in an instrument may only be reduced.

    `reduce_only_lock:{symbol}`, never expires by itself. Such as `reduce_only_lock:AAPL`. A lock: that it
    exists is all it says. Example: `reduce_only_lock:AAPL`.
    """

    TEMPLATE: ClassVar[str] = "reduce_only_lock:{symbol}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "reduce_only_lock:",
        Part("symbol", "symbol", checks.SYMBOL),
    )

    symbol: Symbol
    """The instrument."""

    def __new__(cls, symbol: Symbol) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"symbol": symbol})

    @classmethod
    def scan_pattern(cls, *, symbol: Symbol | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"symbol": symbol})


class FenceKey(Key):
    """Keeps a publisher from publishing an event twice: who owns the buffer (`owner`: epoch and nonce) and
    what it published last (`last`: epoch and sequence), as two fields of a hash. The publisher's own;
    deleting it costs that protection.

    `fence:{producer_id}`, never expires by itself. Such as `fence:0f8fad5bd9cb469fa16570867728950e`.
    Example: `fence:0f8fad5bd9cb469fa16570867728950e`.
    """

    TEMPLATE: ClassVar[str] = "fence:{producer_id}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "fence:",
        Part("producer_id", "producer_id", checks.FENCED_PRODUCER),
    )

    producer_id: FencedProducer
    """The buffer's directory."""

    def __new__(cls, producer_id: FencedProducer) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"producer_id": producer_id})

    @classmethod
    def scan_pattern(cls, *, producer_id: FencedProducer | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"producer_id": producer_id})


class RedisKeys:
    """Every Redis key of the schemas, by name."""

    features = FeaturesKey
    price = PriceKey
    circuit_breaker = CircuitBreakerKey
    model_version = ModelVersionKey
    quarantine = QuarantineKey
    orphan_exposure = OrphanExposureKey
    reduce_only_lock = ReduceOnlyLockKey
    fence = FenceKey
