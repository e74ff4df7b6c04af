"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

KILOMETRES: runtime.Check = runtime.Number(minimum=0.0)

PLATE: runtime.Check = runtime.Text(shortest=2, pattern=patterns.PLATE)

SHORT_PLATE: runtime.Check = runtime.Text(shortest=2, longest=5, pattern=patterns.SHORT_PLATE)

SLASH_AND_TILDE: runtime.Texts = runtime.Texts(
    "SlashAndTilde",
    (
        "a/b", "c~d",
    ),
)

EMBEDDED: runtime.Object = runtime.Object(
    "Embedded",
    (
        runtime.Member("amount", "amount", runtime.Named(lambda: LITRES)),
    ),
    is_open=True,
)

LITRES: runtime.Check = runtime.Number(minimum=0.0, maximum=2000.0)

TRIP: runtime.Object = runtime.Object(
    "Trip",
    (
        runtime.Member("distance", "distance", KILOMETRES),
        runtime.Member("limit", "limit", runtime.Number(minimum=0.0, maximum=500.0), runtime.OPTIONAL),
        runtime.Member("plate", "plate", PLATE),
        runtime.Member("short", "short", SHORT_PLATE, runtime.OPTIONAL),
        runtime.Member("odd", "odd", SLASH_AND_TILDE, runtime.OPTIONAL),
        runtime.Member("fuel", "fuel", EMBEDDED, runtime.OPTIONAL),
        runtime.Member("litres", "litres", LITRES, runtime.OPTIONAL),
        runtime.Member("driver", "driver", runtime.Named(lambda: DRIVER), runtime.OPTIONAL),
    ),
    is_open=True,
)

DRIVER: runtime.Object = runtime.Object(
    "Driver",
    (
        runtime.Member("name", "name", runtime.Named(lambda: NAME)),
    ),
    is_open=True,
)

NAME: runtime.Check = runtime.Text(shortest=1)
