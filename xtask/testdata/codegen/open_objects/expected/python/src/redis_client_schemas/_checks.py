"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

LABEL: runtime.Object = runtime.Object(
    "Label",
    (
        runtime.Member("to", "to", runtime.Text(shortest=1)),
        runtime.Member("additional", "additional", runtime.Boolean(), runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional_2", runtime.Nullable(runtime.Named(lambda: LABEL_VALUE))),
    ),
)

LABEL_VALUE: runtime.Check = runtime.Text(longest=20)

ANYTHING: runtime.Object = runtime.Object(
    "Anything",
    (
        runtime.Member("id", "id", runtime.Integer(-9223372036854775808, 9223372036854775807), runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Anything()),
    ),
)

SCAN: runtime.Object = runtime.Object(
    "Scan",
    (
        runtime.Member("w_kg", "w_kg", runtime.Number(minimum=0.0, maximum=1000.0)),
        runtime.Member("x_self", "x_self", runtime.Named(lambda: SCAN), runtime.OPTIONAL),
    ),
    is_open=False,
    maps=(
        runtime.Kept("matching_w_and_kg", runtime.Named(lambda: SCAN_MATCHING_W_AND_KG_VALUE), names=patterns.SCAN_MATCHING_W_AND_KG),
        runtime.Kept("matching_w", runtime.Named(lambda: SCAN_W_VALUE), names=patterns.SCAN_MATCHING_W),
        runtime.Kept("matching_kg", runtime.Named(lambda: SCAN_KG_VALUE), names=patterns.SCAN_MATCHING_KG),
        runtime.Kept("matching_x", runtime.Named(lambda: SCAN), names=patterns.SCAN_MATCHING_X),
        runtime.Kept("additional", runtime.Text(), names=patterns.SCAN_ADDITIONAL),
    ),
)

SCAN_MATCHING_W_AND_KG_VALUE: runtime.Check = runtime.Number(minimum=0.0, maximum=1000.0)

SCAN_W_VALUE: runtime.Check = runtime.Number(minimum=0.0)

SCAN_KG_VALUE: runtime.Check = runtime.Number(maximum=1000.0)

CLOSED_SCAN: runtime.Object = runtime.Object(
    "ClosedScan",
    (
    ),
    is_open=False,
    maps=(
        runtime.Kept("matching_a_z", runtime.Integer(-9223372036854775808, 9223372036854775807), names=patterns.CLOSED_SCAN_MATCHING_A_Z),
        runtime.Kept("matching_0_9_2", runtime.Boolean(), names=patterns.CLOSED_SCAN_MATCHING_0_9_2),
    ),
)

TAGS: runtime.Object = runtime.Object(
    "Tags",
    (
    ),
    is_open=True,
    maps=(
        runtime.Kept("matching_n", runtime.Integer(-9223372036854775808, 9223372036854775807), names=patterns.TAGS_MATCHING_N),
        runtime.Kept("matching_t", runtime.Text(), names=patterns.TAGS_MATCHING_T),
        runtime.Kept("additional", runtime.Anything()),
    ),
    fewest=1,
    most=3,
)

CODED: runtime.Object = runtime.Object(
    "Coded",
    (
        runtime.Member("AA", "aa", runtime.Integer(-9223372036854775808, 9223372036854775807), runtime.OPTIONAL),
        runtime.Member("BB", "bb", runtime.Nullable(runtime.Integer(-9223372036854775808, 9223372036854775807)), runtime.UNSET),
    ),
    is_open=False,
    maps=(
        runtime.Kept("additional", runtime.Anything(), names=patterns.CODED_NAME),
    ),
    fewest=2,
    most=3,
)

WITHOUT: runtime.Object = runtime.Object(
    "Without",
    (
        runtime.Member("a", "a", runtime.Integer(-9223372036854775808, 9223372036854775807)),
    ),
    is_open=False,
    maps=(
        runtime.Kept("additional", runtime.Anything(), names=patterns.WITHOUT_ADDITIONAL),
    ),
)

PARTS: runtime.Object = runtime.Object(
    "Parts",
    (
        runtime.Member("own", "own", runtime.Integer(1, 10), runtime.OPTIONAL),
        runtime.Member("far", "far", runtime.Anything(), runtime.UNSET),
        runtime.Member("other", "other", runtime.Integer(1, 18446744073709551615)),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Named(lambda: PARTS_VALUE)),
    ),
)

PARTS_VALUE: runtime.Check = runtime.Integer(1, 18446744073709551615)

EVALUATED: runtime.Object = runtime.Object(
    "Evaluated",
    (
        runtime.Member("a", "a", runtime.Text(), runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("matching_p", runtime.Integer(-9223372036854775808, 9223372036854775807), names=patterns.EVALUATED_MATCHING_P),
        runtime.Kept("additional", runtime.Boolean()),
    ),
)

VOID: runtime.Object = runtime.Object(
    "Void",
    (
    ),
    is_open=False,
)
