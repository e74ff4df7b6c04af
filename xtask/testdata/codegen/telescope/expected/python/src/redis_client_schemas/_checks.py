"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

SLEW_EVENT: runtime.Object = runtime.Object(
    "SlewEvent",
    (
        runtime.Member("event_type", "event_type", runtime.Constant("scope.slew")),
        runtime.Member("axis", "axis", runtime.Named(lambda: SLEW_EVENT_AXIS)),
        runtime.Member("scope", "scope", runtime.Named(lambda: SCOPE)),
        runtime.Member("to", "to", runtime.DecimalText(pattern=patterns.SLEW_EVENT_TO)),
        runtime.Member("at", "at", runtime.Time(utc="+00:00")),
    ),
    is_open=True,
)

SLEW_EVENT_AXIS: runtime.Texts = runtime.Texts(
    "SlewEventAxis",
    (
        "ra", "dec",
    ),
)

PARK_EVENT: runtime.Object = runtime.Object(
    "ParkEvent",
    (
        runtime.Member("event_type", "event_type", runtime.Constant("scope.park \"now\"")),
    ),
    is_open=False,
)

EVENT_TYPE: runtime.Object = runtime.Object(
    "EventType",
    (
        runtime.Member("scope", "scope", runtime.Named(lambda: SCOPE)),
        runtime.Member("event_type", "event_type", runtime.Constant("scope.error")),
        runtime.Member("code", "code", runtime.Integer(-3, 3, step="3")),
    ),
    is_open=True,
)

SCOPE: runtime.Check = runtime.Text(longest=16, pattern=patterns.SCOPE)
