"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

SYMBOL: runtime.Check = runtime.Text(longest=64, pattern=patterns.SYMBOL)

STRATEGY_ID: runtime.Check = runtime.Text(longest=128, pattern=patterns.STRATEGY_ID)

NON_NEGATIVE_DECIMAL: runtime.Check = runtime.DecimalText(pattern=patterns.NON_NEGATIVE_DECIMAL)

ORDER_EVENT: runtime.Object = runtime.Object(
    "OrderEvent",
    (
        runtime.Member("event_type", "event_type", runtime.Constant("orders.executed")),
        runtime.Member("timestamp", "timestamp", runtime.Time()),
        runtime.Member("run_id", "run_id", runtime.Identifier()),
        runtime.Member("strategy_id", "strategy_id", STRATEGY_ID),
        runtime.Member("num_orders", "num_orders", runtime.Integer(0, 18446744073709551615)),
        runtime.Member("num_accepted", "num_accepted", runtime.Integer(0, 18446744073709551615)),
        runtime.Member("num_rejected", "num_rejected", runtime.Integer(0, 18446744073709551615)),
    ),
    is_open=True,
)

POSITION_EVENT: runtime.Object = runtime.Object(
    "PositionEvent",
    (
        runtime.Member("event_type", "event_type", runtime.Constant("positions.updated")),
        runtime.Member("timestamp", "timestamp", runtime.Time()),
        runtime.Member("symbol", "symbol", SYMBOL),
        runtime.Member("action", "action", runtime.Named(lambda: ACTION)),
        runtime.Member("qty_change", "qty_change", runtime.Integer(-9223372036854775808, 9223372036854775807)),
        runtime.Member("new_qty", "new_qty", runtime.Integer(-9223372036854775808, 9223372036854775807)),
        runtime.Member("price", "price", runtime.DecimalText()),
        runtime.Member("strategy_id", "strategy_id", STRATEGY_ID),
    ),
    is_open=True,
)

ACTION: runtime.Texts = runtime.Texts(
    "Action",
    (
        "buy", "sell", "fill", "partial_fill",
    ),
)

PRICE_UPDATE_EVENT: runtime.Object = runtime.Object(
    "PriceUpdateEvent",
    (
        runtime.Member("event_type", "event_type", runtime.Constant("price.updated")),
        runtime.Member("symbol", "symbol", SYMBOL),
        runtime.Member("price", "price", NON_NEGATIVE_DECIMAL),
        runtime.Member("timestamp", "timestamp", runtime.Time(utc="+00:00")),
        runtime.Member("bid", "bid", runtime.Nullable(runtime.DecimalText())),
        runtime.Member("ask", "ask", runtime.Nullable(runtime.DecimalText())),
        runtime.Member("bid_price", "bid_price", runtime.Nullable(runtime.DecimalText())),
        runtime.Member("ask_price", "ask_price", runtime.Nullable(runtime.DecimalText())),
        runtime.Member("bid_size", "bid_size", runtime.Nullable(runtime.Integer(-9223372036854775808, 9223372036854775807))),
        runtime.Member("ask_size", "ask_size", runtime.Nullable(runtime.Integer(-9223372036854775808, 9223372036854775807))),
        runtime.Member("exchange", "exchange", runtime.Nullable(runtime.Text())),
        runtime.Member("volume", "volume", runtime.Nullable(runtime.Integer(-9223372036854775808, 9223372036854775807))),
    ),
    is_open=True,
)

SIGNAL_EVENT: runtime.Object = runtime.Object(
    "SignalEvent",
    (
        runtime.Member("event_type", "event_type", runtime.Constant("signals.generated")),
        runtime.Member("timestamp", "timestamp", runtime.Time()),
        runtime.Member("strategy_id", "strategy_id", STRATEGY_ID),
        runtime.Member("symbols", "symbols", runtime.List(SYMBOL, shortest=1)),
        runtime.Member("num_signals", "num_signals", runtime.Integer(0, 18446744073709551615)),
        runtime.Member("as_of_date", "as_of_date", runtime.Day()),
    ),
    is_open=True,
)

QUOTE: runtime.Object = runtime.Object(
    "Quote",
    (
        runtime.Member("symbol", "symbol", SYMBOL),
        runtime.Member("bid", "bid", runtime.DecimalText()),
        runtime.Member("ask", "ask", runtime.DecimalText()),
        runtime.Member("mid", "mid", runtime.DecimalText()),
        runtime.Member("bid_size", "bid_size", runtime.Integer(0, 18446744073709551615), runtime.OPTIONAL),
        runtime.Member("ask_size", "ask_size", runtime.Integer(0, 18446744073709551615), runtime.OPTIONAL),
        runtime.Member("timestamp", "timestamp", runtime.Time()),
        runtime.Member("exchange", "exchange", runtime.Nullable(runtime.Text()), runtime.DEFAULT_NULL),
    ),
    is_open=True,
)

FENCED_PRODUCER: runtime.Check = runtime.Text(pattern=patterns.FENCED_PRODUCER)

BREAKER_ID: runtime.Check = runtime.Text(longest=128, pattern=patterns.BREAKER_ID)

STRATEGY_NAME: runtime.Check = runtime.Text(longest=128, pattern=patterns.STRATEGY_NAME)

STRATEGY_SCOPE: runtime.Check = runtime.Alternatives(
    "StrategyScope",
    frozenset((
        "*",
    )),
    (
        STRATEGY_ID,
    ),
)
