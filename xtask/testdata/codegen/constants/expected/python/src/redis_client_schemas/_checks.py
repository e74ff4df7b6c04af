"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _hostname as hostname
from . import _patterns as patterns
from . import _runtime as runtime

SWITCH: runtime.Object = runtime.Object(
    "Switch",
    (
        runtime.Member("always_on", "always_on", runtime.Among(runtime.Boolean(), "[true]"), runtime.OPTIONAL),
        runtime.Member("never", "never", runtime.Nullable(runtime.Among(runtime.Boolean(), "[false]")), runtime.UNSET),
        runtime.Member("either", "either", runtime.Boolean(), runtime.OPTIONAL),
        runtime.Member("level", "level", runtime.Among(runtime.Integer(0, 18446744073709551615), "[1,2,4,8]"), runtime.OPTIONAL),
        runtime.Member("gain", "gain", runtime.Nullable(runtime.Among(runtime.Number(), "[0.5,-1,3]")), runtime.UNSET),
        runtime.Member("wide", "wide", runtime.Integer(9007199254740991, 9007199254740991), runtime.OPTIONAL),
        runtime.Member("edge", "edge", runtime.Constant(7.5)),
        runtime.Member("mixed", "mixed", runtime.Among(runtime.Anything(), "[\"auto\",0,1.5,null,[],{\"a\":[true]}]"), runtime.UNSET),
        runtime.Member("pair", "pair", runtime.Among(runtime.Anything(), "[[1,{\"b\":null,\"a\":\"x\"}]]")),
        runtime.Member("scalar", "scalar", runtime.Among(runtime.Anything(), "[\"auto\",true]"), runtime.UNSET),
        runtime.Member("at", "at", runtime.Text(format=runtime.TIME), runtime.OPTIONAL),
        runtime.Member("host", "host", runtime.Text(format=hostname.HOSTNAME), runtime.OPTIONAL),
        runtime.Member("times", "times", runtime.List(runtime.Named(lambda: SWITCH_TIMES_ITEM)), runtime.OPTIONAL),
    ),
    is_open=False,
)

SWITCH_TIMES_ITEM: runtime.Check = runtime.Text(longest=14, format=runtime.TIME)

WHATEVER: runtime.Check = runtime.Anything((runtime.Integer(-5, 1000, step="0.5"), runtime.Number(minimum=-5.0, below=1000.5, step="0.5"), runtime.Text(shortest=2, longest=4, pattern=patterns.WHATEVER), runtime.List(runtime.Anything(), shortest=1, longest=3, unique=True), runtime.Map(runtime.Anything(), most=2, names=patterns.WHATEVER2)))

LOOSE: runtime.Object = runtime.Object(
    "Loose",
    (
        runtime.Member("a", "a", runtime.Anything((runtime.List(runtime.Anything(), shortest=2),)), runtime.UNSET),
        runtime.Member("b", "b", runtime.Anything((runtime.Text(pattern=patterns.LOOSE_B),)), runtime.UNSET),
        runtime.Member("c", "c", runtime.Anything((runtime.Integer(-1000000000000000000000000000000, 9007199254740991), runtime.Number(maximum=9007199254740991.0))), runtime.UNSET),
        runtime.Member("d", "d", runtime.Anything((runtime.Text(format=runtime.TIME),)), runtime.UNSET),
    ),
    is_open=True,
    maps=(
        runtime.Kept("matching_m", runtime.Named(lambda: LOOSE_M_VALUE), names=patterns.LOOSE_MATCHING_M),
        runtime.Kept("additional", runtime.Named(lambda: LOOSE_VALUE)),
    ),
)

LOOSE_M_VALUE: runtime.Check = runtime.Anything((runtime.Text(shortest=1),))

LOOSE_VALUE: runtime.Check = runtime.Union(
    "LooseValue",
    (
        runtime.Branch(runtime.Boolean()),
        runtime.Branch(runtime.Text()),
    ),
)

HOLDS: runtime.Check = runtime.Union(
    "Holds",
    (
        runtime.Branch(runtime.Boolean()),
        runtime.Branch(runtime.Text()),
        runtime.Branch(runtime.List(runtime.Text())),
        runtime.Branch(runtime.Named(lambda: HOLDS_OBJECT)),
        runtime.Branch(runtime.Named(lambda: HOLDS_NUMBER)),
    ),
)

HOLDS_NUMBER: runtime.Check = runtime.Number(minimum=3.0)

HOLDS_OBJECT: runtime.Object = runtime.Object(
    "HoldsObject",
    (
        runtime.Member("a", "a", runtime.Integer(-9223372036854775808, 9223372036854775807)),
        runtime.Member("again", "again", runtime.Nullable(HOLDS), runtime.UNSET),
    ),
    is_open=True,
)

DIFFERING: runtime.Check = runtime.List(runtime.Anything(), unique=True)
