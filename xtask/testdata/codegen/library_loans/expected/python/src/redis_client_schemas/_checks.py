"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

LOAN: runtime.Object = runtime.Object(
    "Loan",
    (
        runtime.Member("type", "type", runtime.Text()),
        runtime.Member("self", "self_2", runtime.Integer(-9223372036854775808, 9223372036854775807), runtime.OPTIONAL),
        runtime.Member("self_", "self_", runtime.Integer(-9223372036854775808, 9223372036854775807), runtime.OPTIONAL),
        runtime.Member("due date", "due_date_2", runtime.Day(), runtime.OPTIONAL),
        runtime.Member("due-date", "due_date_3", runtime.Day(), runtime.OPTIONAL),
        runtime.Member("due_date", "due_date", runtime.Day()),
        runtime.Member("2nd reader", "n_2nd_reader", runtime.Nullable(runtime.Text())),
        runtime.Member("größe", "gru00f6u00dfe", runtime.Integer(0, 18446744073709551615), runtime.OPTIONAL),
        runtime.Member("日本", "u65e5u672c", runtime.Text(), runtime.OPTIONAL),
        runtime.Member("", "empty", runtime.Boolean(), runtime.OPTIONAL),
        runtime.Member("$ref", "ref", runtime.Named(lambda: STRING), runtime.OPTIONAL),
        runtime.Member("a\"b\\c", "a_b_c", runtime.Integer(-9223372036854775808, 9223372036854775807), runtime.OPTIONAL),
        runtime.Member("gen", "gen", runtime.Named(lambda: LOAN_GEN), runtime.OPTIONAL),
        runtime.Member("returned", "returned", runtime.Nullable(runtime.Boolean()), runtime.DEFAULT_NULL),
    ),
    is_open=False,
)

LOAN_GEN: runtime.Texts = runtime.Texts(
    "LoanGen",
    (
        "+", "-", "+1", "-1", "type", "Self", "self", "",
    ),
)

STRING: runtime.Check = runtime.Text(longest=3)

VEC2: runtime.Check = runtime.List(STRING, longest=2)

VEC: runtime.Check = runtime.Integer(-9223372036854775808, 10)

LOAN2: runtime.Check = runtime.Text(shortest=2)
