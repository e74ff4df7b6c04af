"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

READING: runtime.Object = runtime.Object(
    "Reading",
    (
        runtime.Member("event_type", "event_type", runtime.Constant("weather.reading")),
        runtime.Member("version", "version", runtime.Constant(2)),
        runtime.Member("station", "station", runtime.Named(lambda: STATION_ID)),
        runtime.Member("taken_at", "taken_at", runtime.Time()),
        runtime.Member("celsius", "celsius", runtime.Number(minimum=-90.5, below=70.0, step="0.5")),
        runtime.Member("humidity", "humidity", runtime.Nullable(runtime.Integer(0, 100))),
        runtime.Member("gusts", "gusts", runtime.List(runtime.Named(lambda: READING_GUSTS_ITEM), longest=3)),
        runtime.Member("sky", "sky", runtime.Nullable(runtime.Named(lambda: READING_SKY))),
        runtime.Member("battery_ok", "battery_ok", runtime.Boolean(), runtime.OPTIONAL),
        runtime.Member("remark", "remark", runtime.Text(shortest=1, longest=8), runtime.OPTIONAL),
        runtime.Member("tags", "tags", runtime.List(runtime.Text(), shortest=1, unique=True), runtime.OPTIONAL),
    ),
    is_open=True,
)

READING_GUSTS_ITEM: runtime.Check = runtime.Number(minimum=0.0)

READING_SKY: runtime.Texts = runtime.Texts(
    "ReadingSky",
    (
        "clear", "overcast", "<10% cloud",
    ),
)

STATION_ID: runtime.Check = runtime.Text(pattern=patterns.STATION_ID)
