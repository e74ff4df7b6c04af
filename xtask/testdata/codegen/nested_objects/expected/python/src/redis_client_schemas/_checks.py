"""What values of the schemas are held to.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _patterns as patterns
from . import _runtime as runtime

RECIPE: runtime.Object = runtime.Object(
    "Recipe",
    (
        runtime.Member("name", "name", runtime.Text()),
        runtime.Member("yield", "yield_", runtime.Named(lambda: RECIPE_YIELD), runtime.OPTIONAL),
        runtime.Member("steps", "steps", runtime.List(runtime.Named(lambda: RECIPE_STEPS_ITEM))),
        runtime.Member("amounts", "amounts", runtime.Map(runtime.Named(lambda: RECIPE_AMOUNTS_VALUE)), runtime.OPTIONAL),
        runtime.Member("variants", "variants", runtime.Map(runtime.Named(lambda: RECIPE)), runtime.OPTIONAL),
        runtime.Member("based_on", "based_on", runtime.Named(lambda: RECIPE), runtime.OPTIONAL),
        runtime.Member("tree", "tree", runtime.Named(lambda: NODE), runtime.OPTIONAL),
        runtime.Member("forest", "forest", runtime.Named(lambda: LIST), runtime.OPTIONAL),
    ),
    is_open=True,
)

RECIPE_YIELD: runtime.Object = runtime.Object(
    "RecipeYield",
    (
        runtime.Member("amount", "amount", runtime.Integer(1, 18446744073709551615)),
        runtime.Member("unit", "unit", runtime.Named(lambda: RECIPE_YIELD_UNIT), runtime.OPTIONAL),
    ),
    is_open=True,
)

RECIPE_YIELD_UNIT: runtime.Texts = runtime.Texts(
    "RecipeYieldUnit",
    (
        "portions", "pieces",
    ),
)

RECIPE_STEPS_ITEM: runtime.Object = runtime.Object(
    "RecipeStepsItem",
    (
        runtime.Member("text", "text", runtime.Text(shortest=1)),
        runtime.Member("minutes", "minutes", runtime.Number(above=0.0), runtime.OPTIONAL),
        runtime.Member("uses", "uses", runtime.List(runtime.Nullable(runtime.Named(lambda: RECIPE_STEPS_ITEM_USES_ITEM))), runtime.OPTIONAL),
    ),
    is_open=False,
)

RECIPE_STEPS_ITEM_USES_ITEM: runtime.Check = runtime.Text(pattern=patterns.RECIPE_STEPS_ITEM_USES_ITEM)

RECIPE_AMOUNTS_VALUE: runtime.Check = runtime.Number(minimum=0.0)

NODE: runtime.Object = runtime.Object(
    "Node",
    (
        runtime.Member("value", "value", runtime.Integer(-9223372036854775808, 9223372036854775807)),
        runtime.Member("left", "left", runtime.Nullable(runtime.Named(lambda: NODE))),
        runtime.Member("right", "right", runtime.Named(lambda: NODE), runtime.OPTIONAL),
    ),
    is_open=True,
)

LIST: runtime.Check = runtime.List(runtime.Named(lambda: LIST))
