"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

DEVICE: runtime.Object = runtime.Object(
    "Device",
    (
        runtime.Member("speed", "speed", runtime.Integer(10, 30, step="10")),
        runtime.Member("ports", "ports", runtime.Nullable(runtime.Integer(1, 3)), runtime.UNSET),
        runtime.Member("generation", "generation", runtime.Constant(2)),
        runtime.Member("slots", "slots", runtime.Integer(1, 8), runtime.OPTIONAL),
        runtime.Member("contact", "contact", runtime.Named(lambda: CONTACT), runtime.OPTIONAL),
        runtime.Member("uptime", "uptime", runtime.Text(pattern=patterns.DEVICE_UPTIME), runtime.OPTIONAL),
        runtime.Member("extra", "extra", runtime.Anything(), runtime.UNSET),
        runtime.Member("list", "list_", runtime.List(runtime.Anything(), longest=2), runtime.OPTIONAL),
        runtime.Member("reserved", "reserved", runtime.Null(), runtime.UNSET),
        runtime.Member("address", "address", runtime.Named(lambda: ADDRESSED_ADDRESS)),
        runtime.Member("rack", "rack", runtime.Text(shortest=2, longest=4)),
        runtime.Member("owner", "owner", runtime.Text(), runtime.OPTIONAL),
    ),
    is_open=False,
)

ADDRESSED_ADDRESS: runtime.Check = runtime.Alternatives(
    "AddressedAddress",
    frozenset((
    )),
    (
        runtime.Named(lambda: V4), runtime.Named(lambda: V6),
    ),
)

CONTACT: runtime.Check = runtime.Text(longest=20, pattern=patterns.CONTACT)

V4: runtime.Check = runtime.Text(pattern=patterns.V4)

V6: runtime.Check = runtime.Text(pattern=patterns.V6)

OPEN: runtime.Object = runtime.Object(
    "Open",
    (
        runtime.Member("any", "any", runtime.Anything()),
    ),
    is_open=True,
)
