"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Date, Decimal, Event, Model, Timestamp, Uuid, bind


Symbol: TypeAlias = Annotated["str", checks.SYMBOL]
"""An instrument as the desk writes it: letters, digits and the marks that exchanges use. Never a colon, a glob
character or white space, so that it is safe in keys and channels.

At most 64 code points. Matches `^[A-Za-z0-9!#$%&+./=@^_~-]+$`. Examples: `"AAPL"`, `"BRK.B"`, `"RDS-A"`,
`"BTC/USD"`, `"ES=F"`, `"^GSPC"`.
"""


StrategyId: TypeAlias = Annotated["str", checks.STRATEGY_ID]
"""A strategy. Any text without white space, control characters, colons and the glob characters `*?[]\\`.

At most 128 code points. Matches `^[^\\s\\p{White_Space}\\p{Cc}:*?\\[\\]\\\\]+$`. Examples: `"alpha_baseline"`,
`"mean-reversion.v2"`.
"""


NonNegativeDecimal: TypeAlias = Annotated["Decimal", checks.NON_NEGATIVE_DECIMAL]
"""A decimal number of zero or more, as text.

Matches `^[0-9]`. Examples: `"150.250"`, `"0"`.
"""


@bind(checks.ORDER_EVENT, schemas.ORDER_EVENT)
class OrderEvent(Event):
    """A run has sent its orders, and the broker has answered.

    Published on `orders.executed`.
    """

    CHANNEL: ClassVar[str] = "orders.executed"
    EVENT_TYPE: ClassVar[str] = "orders.executed"
    CHANNEL_PIECES = ("orders.executed",)

    event_type: Annotated[Literal["orders.executed"], checks.ORDER_EVENT["event_type"]] = "orders.executed"
    """`event_type`"""

    timestamp: Annotated[Timestamp, checks.ORDER_EVENT["timestamp"]]
    """When the last answer came in."""

    run_id: Annotated[Uuid, checks.ORDER_EVENT["run_id"]]
    """The run that sent the orders.

    Example: `"94608f57-3eac-456e-9ab8-1311f9ed4e5d"`.
    """

    strategy_id: Annotated[StrategyId, checks.ORDER_EVENT["strategy_id"]]
    """The strategy on whose behalf they were sent."""

    num_orders: Annotated[int, checks.ORDER_EVENT["num_orders"]]
    """How many orders were sent."""

    num_accepted: Annotated[int, checks.ORDER_EVENT["num_accepted"]]
    """How many of them the broker accepted."""

    num_rejected: Annotated[int, checks.ORDER_EVENT["num_rejected"]]
    """How many of them the broker rejected."""


@bind(checks.POSITION_EVENT, schemas.POSITION_EVENT)
class PositionEvent(Event):
    """A position has changed.

    Published on `positions.updated`.
    """

    CHANNEL: ClassVar[str] = "positions.updated"
    EVENT_TYPE: ClassVar[str] = "positions.updated"
    CHANNEL_PIECES = ("positions.updated",)

    event_type: Annotated[Literal["positions.updated"], checks.POSITION_EVENT["event_type"]] = "positions.updated"
    """`event_type`"""

    timestamp: Annotated[Timestamp, checks.POSITION_EVENT["timestamp"]]
    """When the position changed."""

    symbol: Annotated[Symbol, checks.POSITION_EVENT["symbol"]]
    """The instrument held."""

    action: Annotated[Action, checks.POSITION_EVENT["action"]]
    """What changed it."""

    qty_change: Annotated[int, checks.POSITION_EVENT["qty_change"]]
    """By how much it changed; negative when it was reduced.

    Examples: `100`, `-250`.
    """

    new_qty: Annotated[int, checks.POSITION_EVENT["new_qty"]]
    """What is held now; negative when short.

    Examples: `100`, `0`, `-250`.
    """

    price: Annotated[Decimal, checks.POSITION_EVENT["price"]]
    """The price of the change, per unit; spreads can trade below zero."""

    strategy_id: Annotated[StrategyId, checks.POSITION_EVENT["strategy_id"]]
    """The strategy that holds the position."""


@bind(checks.ACTION)
class Action(StrEnum):
    """What changes a position.

    Example: `"buy"`.
    """

    BUY = "buy"
    SELL = "sell"
    FILL = "fill"
    PARTIAL_FILL = "partial_fill"


@bind(checks.PRICE_UPDATE_EVENT, schemas.PRICE_UPDATE_EVENT)
class PriceUpdateEvent(Event):
    """A price has moved. Each instrument has a channel of its own.

    Published on `price.updated.{symbol}`.
    """

    CHANNEL: ClassVar[str] = "price.updated.{symbol}"
    EVENT_TYPE: ClassVar[str] = "price.updated"
    CHANNEL_PIECES = ("price.updated.", ("symbol",))

    event_type: Annotated[Literal["price.updated"], checks.PRICE_UPDATE_EVENT["event_type"]] = "price.updated"
    """`event_type`"""

    symbol: Annotated[Symbol, checks.PRICE_UPDATE_EVENT["symbol"]]
    """The instrument, also the last part of the channel."""

    price: Annotated[NonNegativeDecimal, checks.PRICE_UPDATE_EVENT["price"]]
    """The last price."""

    timestamp: Annotated[Timestamp, checks.PRICE_UPDATE_EVENT["timestamp"]]
    """When the price was quoted.

    UTC is written `+00:00`.
    """

    bid: Annotated[Decimal | None, checks.PRICE_UPDATE_EVENT["bid"]]
    """The best bid, if the feed has one.

    Examples: `"187.43"`, `null`.
    """

    ask: Annotated[Decimal | None, checks.PRICE_UPDATE_EVENT["ask"]]
    """The best offer, if the feed has one.

    Examples: `"187.45"`, `null`.
    """

    bid_price: Annotated[Decimal | None, checks.PRICE_UPDATE_EVENT["bid_price"]]
    """The best bid as the exchange prints it, if it does.

    Examples: `"187.430"`, `null`.
    """

    ask_price: Annotated[Decimal | None, checks.PRICE_UPDATE_EVENT["ask_price"]]
    """The best offer as the exchange prints it, if it does.

    Examples: `"187.450"`, `null`.
    """

    bid_size: Annotated[int | None, checks.PRICE_UPDATE_EVENT["bid_size"]]
    """How much is bid for, if known.

    Examples: `300`, `null`.
    """

    ask_size: Annotated[int | None, checks.PRICE_UPDATE_EVENT["ask_size"]]
    """How much is offered, if known.

    Examples: `200`, `null`.
    """

    exchange: Annotated[str | None, checks.PRICE_UPDATE_EVENT["exchange"]]
    """Where it was quoted, if known.

    Examples: `"XNAS"`, `null`.
    """

    volume: Annotated[int | None, checks.PRICE_UPDATE_EVENT["volume"]]
    """How much has traded today, if known.

    Examples: `48211907`, `null`.
    """


@bind(checks.SIGNAL_EVENT, schemas.SIGNAL_EVENT)
class SignalEvent(Event):
    """A strategy has generated its signals for a day.

    Published on `signals.generated`.
    """

    CHANNEL: ClassVar[str] = "signals.generated"
    EVENT_TYPE: ClassVar[str] = "signals.generated"
    CHANNEL_PIECES = ("signals.generated",)

    event_type: Annotated[Literal["signals.generated"], checks.SIGNAL_EVENT["event_type"]] = "signals.generated"
    """`event_type`"""

    timestamp: Annotated[Timestamp, checks.SIGNAL_EVENT["timestamp"]]
    """When the signals were generated."""

    strategy_id: Annotated[StrategyId, checks.SIGNAL_EVENT["strategy_id"]]
    """The strategy that generated them."""

    symbols: Annotated[list[Symbol], checks.SIGNAL_EVENT["symbols"]]
    """The instruments that have a signal, in the strategy's order.

    At least 1 item. Example: `["AAPL", "BRK.B"]`.
    """

    num_signals: Annotated[int, checks.SIGNAL_EVENT["num_signals"]]
    """How many signals there are."""

    as_of_date: Annotated[Date, checks.SIGNAL_EVENT["as_of_date"]]
    """The trading day whose data the signals rest on.

    Example: `"2025-01-17"`.
    """


@bind(checks.QUOTE, schemas.QUOTE)
class Quote(Model):
    """The last quote of an instrument, as the key `price` holds it."""

    symbol: Annotated[Symbol, checks.QUOTE["symbol"]]
    """The instrument."""

    bid: Annotated[Decimal, checks.QUOTE["bid"]]
    """The best bid."""

    ask: Annotated[Decimal, checks.QUOTE["ask"]]
    """The best offer."""

    mid: Annotated[Decimal, checks.QUOTE["mid"]]
    """The middle of both."""

    bid_size: Annotated[int | None, checks.QUOTE["bid_size"]] = None
    """How much is bid for; 0 when absent.

    May be absent, not null. Default: `0`.
    """

    ask_size: Annotated[int | None, checks.QUOTE["ask_size"]] = None
    """How much is offered; 0 when absent.

    May be absent, not null. Default: `0`.
    """

    timestamp: Annotated[Timestamp, checks.QUOTE["timestamp"]]
    """When it was quoted."""

    exchange: Annotated[str | None, checks.QUOTE["exchange"]] = None
    """Where it was quoted, if known.

    Default: `null`. Examples: `"XNAS"`, `null`.
    """


FencedProducer: TypeAlias = Annotated["str", checks.FENCED_PRODUCER]
"""The random id of a buffer's directory: 128 bits in lower-case hexadecimal digits.

Matches `^[0-9a-f]{32}$`. Example: `"0f8fad5bd9cb469fa16570867728950e"`.
"""


BreakerId: TypeAlias = Annotated["str", checks.BREAKER_ID]
"""A circuit breaker: `global`, or what it watches.

At most 128 code points. Matches `^[A-Za-z0-9._/-]+$`. Example: `"global"`.
"""


StrategyName: TypeAlias = Annotated["str", checks.STRATEGY_NAME]
"""A strategy by the name its models are filed under.

At most 128 code points. Matches `^[A-Za-z0-9._-]+$`. Example: `"alpha_baseline"`.
"""


StrategyScope: TypeAlias = Annotated["str", checks.STRATEGY_SCOPE]
"""One strategy, or all of them.

Examples: `"*"`, `"alpha_baseline"`.
"""


AnyEvent: TypeAlias = "OrderEvent | PositionEvent | PriceUpdateEvent | SignalEvent"
"""Any event of the schemas."""


# A field may be of a class that is defined further down.
OrderEvent.model_rebuild()
PositionEvent.model_rebuild()
PriceUpdateEvent.model_rebuild()
SignalEvent.model_rebuild()
Quote.model_rebuild()
