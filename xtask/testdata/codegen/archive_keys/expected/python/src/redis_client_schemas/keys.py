"""Redis keys, and the values they hold.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import Self

from . import _checks as checks
from . import _runtime as runtime
from ._runtime import Date, Key, Part, Uuid, ValueKey
from .models import MoveSelf, Page, ReaderOrAll, ScanKind, ScanPage


class Scan(ValueKey[Page]):
    """A page as it was scanned.

    `scan:{box-id}:{page}:{taken}:{kind}`, lives 60 s.
    """

    TEMPLATE: ClassVar[str] = "scan:{box-id}:{page}:{taken}:{kind}"
    TTL: ClassVar[int | None] = 60
    PIECES = (
        "scan:",
        Part("box-id", "box_id", runtime.Identifier()),
        ":",
        Part("page", "page", checks.SCAN_PAGE),
        ":",
        Part("taken", "taken", runtime.Day()),
        ":",
        Part("kind", "kind", checks.SCAN_KIND),
    )
    VALUE = checks.PAGE

    box_id: Uuid
    """`box-id`"""

    page: ScanPage
    """`page`"""

    taken: Date
    """`taken`"""

    kind: ScanKind
    """`kind`"""

    def __new__(cls, box_id: Uuid, page: ScanPage, taken: Date, kind: ScanKind) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"box_id": box_id, "page": page, "taken": taken, "kind": kind})

    @classmethod
    def scan_pattern(cls, *, box_id: Uuid | None = None, page: ScanPage | None = None, taken: Date | None = None, kind: ScanKind | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"box_id": box_id, "page": page, "taken": taken, "kind": kind})


class ShelfKey(ValueKey[str]):
    """`shelf`

    `shelf:{who}/{depth}`, never expires by itself.
    """

    TEMPLATE: ClassVar[str] = "shelf:{who}/{depth}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "shelf:",
        Part("who", "who", checks.READER_OR_ALL),
        "/",
        Part("depth", "depth", runtime.Integer(-9223372036854775808, 9223372036854775807)),
    )
    VALUE = runtime.Plain()

    who: ReaderOrAll
    """`who`"""

    depth: int
    """`depth`"""

    def __new__(cls, who: ReaderOrAll, depth: int) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"who": who, "depth": depth})

    @classmethod
    def scan_pattern(cls, *, who: ReaderOrAll | None = None, depth: int | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"who": who, "depth": depth})


class TypeKey(ValueKey[dict[str, float]]):
    """`type`

    `everything`, never expires by itself.
    """

    TEMPLATE: ClassVar[str] = "everything"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "everything",
    )
    VALUE = runtime.Features()

    def __new__(cls) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({})

    @classmethod
    def scan_pattern(cls) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({})


class MoveKey(Key):
    """`move`

    `move_{self}`, never expires by itself. A lock: that it exists is all it says.
    """

    TEMPLATE: ClassVar[str] = "move_{self}"
    TTL: ClassVar[int | None] = None
    PIECES = (
        "move_",
        Part("self", "self_", checks.MOVE_SELF),
    )

    self_: MoveSelf
    """`self`"""

    def __new__(cls, self_: MoveSelf) -> Self:
        """The key of these parts; `InvalidKey` names the one that breaks a rule."""
        return cls._of({"self_": self_})

    @classmethod
    def scan_pattern(cls, *, self_: MoveSelf | None = None) -> str:
        """The glob that `SCAN .. MATCH` takes to find every such key, or those with the parts that are given."""
        return cls._scan({"self_": self_})


class RedisKeys:
    """Every Redis key of the schemas, by name."""

    scan = Scan
    shelf = ShelfKey
    type = TypeKey
    move = MoveKey
