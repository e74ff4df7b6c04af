"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

ALPHABET: runtime.Object = runtime.Object(
    "Alphabet",
    (
        runtime.Member("a", "a", runtime.Named(lambda: A), runtime.OPTIONAL),
        runtime.Member("b", "b", runtime.List(runtime.Named(lambda: A)), runtime.OPTIONAL),
        runtime.Member("d", "d", runtime.Named(lambda: D), runtime.OPTIONAL),
        runtime.Member("s", "s", runtime.Named(lambda: S), runtime.OPTIONAL),
        runtime.Member("e", "e", runtime.Named(lambda: E), runtime.OPTIONAL),
        runtime.Member("m", "m", runtime.Named(lambda: M), runtime.OPTIONAL),
        runtime.Member("members", "members", runtime.Named(lambda: MEMBERS), runtime.OPTIONAL),
        runtime.Member("text", "text", runtime.Named(lambda: TEXT), runtime.OPTIONAL),
        runtime.Member("elements", "elements", runtime.Named(lambda: ELEMENTS), runtime.OPTIONAL),
        runtime.Member("warning", "warning", runtime.Named(lambda: WARNING_TYPE), runtime.OPTIONAL),
    ),
    is_open=True,
)

A: runtime.Object = runtime.Object(
    "A",
    (
        runtime.Member("d", "d", runtime.Named(lambda: D)),
    ),
    is_open=True,
)

D: runtime.Check = runtime.Text(shortest=1)

S: runtime.Texts = runtime.Texts(
    "S",
    (
        "t", "u",
    ),
)

E: runtime.Check = runtime.Union(
    "E",
    (
        runtime.Branch(A),
        runtime.Branch(D),
    ),
)

M: runtime.Check = runtime.Map(runtime.Named(lambda: M))

MEMBERS: runtime.Object = runtime.Object(
    "Members",
    (
        runtime.Member("s", "s", S, runtime.OPTIONAL),
    ),
    is_open=True,
    maps=(
        runtime.Kept("additional", runtime.Named(lambda: ELEMENTS)),
    ),
)

TEXT: runtime.Texts = runtime.Texts(
    "Text",
    (
        "members", "elements",
    ),
)

ELEMENTS: runtime.Check = runtime.Tuple(
    "Elements",
    (
        TEXT,
    ),
    required=1,
    rest=A,
)

WARNING_TYPE: runtime.Object = runtime.Object(
    "WarningType",
    (
        runtime.Member("code", "code", runtime.Integer(-9223372036854775808, 9223372036854775807)),
    ),
    is_open=True,
)
