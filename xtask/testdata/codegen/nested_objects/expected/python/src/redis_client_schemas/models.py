"""Models of the schemas.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from . import _checks as checks
from . import _schemas as schemas
from ._runtime import Model, bind


@bind(checks.RECIPE, schemas.RECIPE)
class Recipe(Model):
    """```
    not a test
    ```
    """

    name: Annotated[str, checks.RECIPE["name"]]
    """`name`"""

    yield_: Annotated[RecipeYield | None, checks.RECIPE["yield_"]] = None
    """`yield`

    May be absent, not null.
    """

    steps: Annotated[list[RecipeStepsItem], checks.RECIPE["steps"]]
    """`steps`"""

    amounts: Annotated[dict[str, RecipeAmountsValue] | None, checks.RECIPE["amounts"]] = None
    """`amounts`

    May be absent, not null.
    """

    variants: Annotated[dict[str, Recipe] | None, checks.RECIPE["variants"]] = None
    """`variants`

    May be absent, not null.
    """

    based_on: Annotated[Recipe | None, checks.RECIPE["based_on"]] = None
    """`based_on`

    May be absent, not null.
    """

    tree: Annotated[Node | None, checks.RECIPE["tree"]] = None
    """`tree`

    May be absent, not null.
    """

    forest: Annotated[List | None, checks.RECIPE["forest"]] = None
    """`forest`

    May be absent, not null.
    """


@bind(checks.RECIPE_YIELD, schemas.RECIPE_YIELD)
class RecipeYield(Model):
    """`Recipe yield`"""

    amount: Annotated[int, checks.RECIPE_YIELD["amount"]]
    """`amount`

    At least 1.
    """

    unit: Annotated[RecipeYieldUnit | None, checks.RECIPE_YIELD["unit"]] = None
    """`unit`

    May be absent, not null.
    """


@bind(checks.RECIPE_YIELD_UNIT)
class RecipeYieldUnit(StrEnum):
    """`Recipe yield unit`"""

    PORTIONS = "portions"
    PIECES = "pieces"


@bind(checks.RECIPE_STEPS_ITEM, schemas.RECIPE_STEPS_ITEM)
class RecipeStepsItem(Model, extra="forbid"):
    """`Recipe steps item`"""

    text: Annotated[str, checks.RECIPE_STEPS_ITEM["text"]]
    """`text`

    At least 1 code point.
    """

    minutes: Annotated[float | None, checks.RECIPE_STEPS_ITEM["minutes"]] = None
    """`minutes`

    More than 0. May be absent, not null.
    """

    uses: Annotated[list[RecipeStepsItemUsesItem | None] | None, checks.RECIPE_STEPS_ITEM["uses"]] = None
    """`uses`

    May be absent, not null.
    """


RecipeStepsItemUsesItem: TypeAlias = Annotated["str", checks.RECIPE_STEPS_ITEM_USES_ITEM]
"""`Recipe steps item uses item`

Matches `^[a-z ]+$`.
"""


RecipeAmountsValue: TypeAlias = Annotated["float", checks.RECIPE_AMOUNTS_VALUE]
"""`Recipe amounts value`

At least 0.
"""


@bind(checks.NODE, schemas.NODE)
class Node(Model):
    """`node`"""

    value: Annotated[int, checks.NODE["value"]]
    """`value`"""

    left: Annotated[Node | None, checks.NODE["left"]]
    """`left`"""

    right: Annotated[Node | None, checks.NODE["right"]] = None
    """`right`

    May be absent, not null.
    """


List: TypeAlias = Annotated["list[List]", checks.LIST]
"""`list`"""


# A field may be of a class that is defined further down.
Recipe.model_rebuild()
RecipeYield.model_rebuild()
RecipeStepsItem.model_rebuild()
Node.model_rebuild()
