from __future__ import annotations

import datetime
import decimal
import functools
import json
import math
import re
import threading
import uuid
from typing import Any, Callable, ClassVar, Generic, Iterable, TypeVar, cast

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, core_schema
from typing_extensions import Self

T = TypeVar("T")
M = TypeVar("M", bound="Model")

#: The longest value Redis takes, in bytes.
BYTES_MAX = 512 * 1024 * 1024

_I64_MIN = -(2**63)
_I64_MAX = 2**63 - 1
_U64_MAX = 2**64 - 1
#: Up to this every integer is a float of its own; beyond it a float spelling has been rounded.
_EXACT = 2**53
#: How deep arrays and objects may lie in each other.
_DEPTH_MAX = 127


# ---- errors ----------------------------------------------------------------------------------------------------


class SchemaError(ValueError):
    """A value breaks its schema: where, as a JSON pointer, and why. It never quotes the value."""

    def __init__(self, reason: str, pointer: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.pointer = pointer

    def __str__(self) -> str:
        return f"at {self.pointer}: {self.reason}" if self.pointer else self.reason

    def under(self, name: str | int) -> Self:
        """The same error, told from the object or list around the value."""
        self.pointer = f"/{str(name).replace('~', '~0').replace('/', '~1')}{self.pointer}"
        return self


class _TooWide(SchemaError):
    """An integer that the schema may well mean, and that 64 bits, or a float, do not hold exactly."""


class DecodeError(SchemaError):
    """A text is not the JSON of a value of the type."""


class EncodeError(SchemaError):
    """A value breaks a rule of its schema, or is too large to be written."""


class InvalidKey(SchemaError):
    """A text is not a key of the template, or not a part of one."""


class UnknownChannel(LookupError):
    """No event of the schemas travels on the channel."""


# ---- JSON ------------------------------------------------------------------------------------------------------


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise SchemaError("each member once, this one is there twice").under(name)
            seen.add(name)
    return members


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise SchemaError("not JSON: expected a number within the range of 64 bits")
    return number


def _integer(text: str) -> int | float:
    if text == "-0":
        return -0.0
    # More digits than this are beyond 64 bits, and `int` is slow or refuses.
    if len(text) <= 20:
        number = int(text)
        if _I64_MIN <= number <= _U64_MAX:
            return number
    return _float(text)


def _no_constant(token: str) -> Any:
    raise SchemaError(f"not JSON: {token} is no number")


_STRICT = json.JSONDecoder(
    object_pairs_hook=_members, parse_float=_float, parse_int=_integer, parse_constant=_no_constant
)
#: Python writers leave `NaN`, `Infinity` and `-Infinity`; where the schemas say so, they are read.
_LENIENT = json.JSONDecoder(object_pairs_hook=_members, parse_float=_float, parse_int=_integer)


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _check_surrogates(tree: Any) -> None:
    stack = [tree]
    while stack:
        value = stack.pop()
        if isinstance(value, str):
            if _has_surrogate(value):
                raise SchemaError("not JSON: expected both halves of a surrogate pair")
        elif isinstance(value, dict):
            stack.extend(value)
            stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(value)


def _check_depth(text: str) -> None:
    depth = 0
    in_text = False
    escaped = False
    for c in text:
        if in_text:
            in_text = escaped or c != '"'
            escaped = c == "\\" and not escaped
        elif c == '"':
            in_text = True
        elif c in "[{":
            depth += 1
            if depth > _DEPTH_MAX:
                raise SchemaError("not JSON: expected fewer than 128 levels of arrays and objects")
        elif c in "]}":
            depth -= 1


def parse(payload: str | bytes | bytearray | memoryview, lenient: bool = False) -> Any:
    """Reads one JSON text: duplicate members, lone surrogates and numbers beyond 64 bits of float are refused."""
    if isinstance(payload, str):
        text = payload
        if _has_surrogate(text):
            raise SchemaError("not JSON: expected both halves of a surrogate pair")
    else:
        try:
            text = bytes(payload).decode("utf-8")
        except UnicodeDecodeError as error:
            raise SchemaError(f"not JSON: no UTF-8 from byte {error.start} on") from None
    if text.count("[") + text.count("{") > _DEPTH_MAX:
        _check_depth(text)
    stripped = text.strip(" \t\n\r")
    try:
        tree, end = (_LENIENT if lenient else _STRICT).raw_decode(stripped)
    except SchemaError:
        raise
    except (ValueError, RecursionError) as error:
        # The message of the parser does not quote the text, but the error object holds it.
        place = f" at line {error.lineno} column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise SchemaError(f"not JSON{place}") from None
    if end != len(stripped):
        raise SchemaError("not JSON: expected nothing after the value")
    if "\\u" in text:
        _check_surrogates(tree)
    return tree


_escaped = json.encoder.encode_basestring


def _write_text(text: str, out: list[str]) -> None:
    out.append(_escaped(text))


def float_text(number: float) -> str:
    """The shortest text that reads back as `number`, spelt as the other languages spell it."""
    mantissa, _, power = repr(abs(number)).partition("e")
    sign = "-" if math.copysign(1.0, number) < 0 else ""
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(power or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if not digits:
        return f"{sign}0.0"
    exponent = point - 1
    if not -5 <= exponent <= 15:
        rest = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{rest}e{exponent:+d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    if point >= len(digits):
        return f"{sign}{digits}{'0' * (point - len(digits))}.0"
    return f"{sign}{digits[:point]}.{digits[point:]}"


# ---- scalars ---------------------------------------------------------------------------------------------------

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
_UUID = re.compile(r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,9})?")
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        return False
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _DAYS[month - 1] + leap


def _epoch_days(year: int, month: int, day: int) -> int:
    # Years are counted from March, so that the leap day is the last of the year.
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


class Date(str):
    """A day from 0000-01-01 to 9999-12-31, as RFC 3339's full-date; its order is that of the calendar."""

    __slots__ = ()

    def __new__(cls, value: str | datetime.date) -> Self:
        """From a text or a `datetime.date`; a `ValueError` when the day does not exist."""
        if isinstance(value, datetime.datetime):
            raise SchemaError("expected a full date, not a time")
        text = value.isoformat() if isinstance(value, datetime.date) else value
        if not isinstance(text, str) or not _is_date(text):
            raise SchemaError("expected a full date that exists, such as 2025-01-17")
        return super().__new__(cls, text)

    def to_date(self) -> datetime.date:
        """The day for `datetime`, which has no year 0."""
        return datetime.date.fromisoformat(str(self))


@functools.total_ordering
class Timestamp:
    """An instant with the offset and the precision it was written with.

    Equality, order and hash look at the instant alone. UTC is written `Z`; the fraction is absent when zero, else
    six digits, or nine when there are nanoseconds. A leap second is kept.
    """

    __slots__ = ("_text", "_instant")
    _text: str
    _instant: tuple[int, int]

    def __init__(self, value: str | datetime.datetime | Timestamp) -> None:
        """From an RFC 3339 text or an aware `datetime.datetime`; a `ValueError` for anything else."""
        text = str(value)
        if isinstance(value, datetime.datetime):
            if value.utcoffset() is None:
                raise SchemaError("expected a time with its zone")
            text = value.isoformat()
        elif not isinstance(value, (str, Timestamp)):
            raise SchemaError(_TIME_EXPECTED)
        self._text, self._instant = _read_time(text)

    @classmethod
    def now(cls) -> Self:
        """The present instant in UTC, to the microsecond."""
        return cls(datetime.datetime.now(datetime.timezone.utc))

    def to_datetime(self) -> datetime.datetime:
        """The time for `datetime`: cut to microseconds, a leap second as the second before it, and no year 0."""
        text = re.sub(r":60(?=[.Z+-])", ":59", self._text).replace("Z", "+00:00")
        return datetime.datetime.fromisoformat(re.sub(r"(\.[0-9]{6})[0-9]+", r"\1", text))

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Timestamp({self._text!r})"

    def __eq__(self, other: object) -> bool:
        return self._instant == other._instant if isinstance(other, Timestamp) else NotImplemented

    def __lt__(self, other: Timestamp) -> bool:
        return self._instant < other._instant if isinstance(other, Timestamp) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._instant)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Timestamp, (self._text,))


_TIME_EXPECTED = "expected an RFC 3339 date and time that exists, such as 2025-01-17T09:30:00Z"


def _read_time(text: str) -> tuple[str, tuple[int, int]]:
    match = _TIME.fullmatch(text)
    if match is None or not _is_date(match[1]):
        raise SchemaError(_TIME_EXPECTED)
    date, hour, minute, second = match[1], int(match[2]), int(match[3]), int(match[4])
    offset_hour, offset_minute = int(match[7] or 0), int(match[8] or 0)
    if hour > 23 or minute > 59 or second > 60 or offset_hour > 23 or offset_minute > 59:
        raise SchemaError(_TIME_EXPECTED)
    offset = offset_hour * 60 + offset_minute
    if match[6] == "-":
        offset = -offset
    # A leap second is the last of a UTC day.
    if second == 60 and (hour * 60 + minute - offset) % 1440 != 1439:
        raise SchemaError(_TIME_EXPECTED)
    digits = (match[5] or "")[:9].ljust(9, "0")
    fraction = "" if digits == "000000000" else f".{digits[:6]}" if digits.endswith("000") else f".{digits}"
    if offset == 0:
        zone = "Z"
    else:
        zone = f"{match[6]}{match[7]}:{match[8]}"
    year, month, day = int(date[:4]), int(date[5:7]), int(date[8:])
    seconds = (_epoch_days(year, month, day) * 1440 + hour * 60 + minute - offset) * 60 + min(second, 59)
    nanos = int(digits) + (1_000_000_000 if second == 60 else 0)
    return f"{date}T{match[2]}:{match[3]}:{match[4]}{fraction}{zone}", (seconds, nanos)


class Uuid(uuid.UUID):
    """A UUID of any version that keeps the case of its digits; equality and order are those of the number."""

    __slots__ = ("_text",)

    def __init__(self, value: str | uuid.UUID) -> None:
        """From its text of 36 characters or a `uuid.UUID`; a `ValueError` for any other spelling."""
        text = str(value) if isinstance(value, (str, uuid.UUID)) else ""
        if _UUID.fullmatch(text) is None:
            raise SchemaError("expected a UUID of 36 characters")
        super().__init__(text)
        object.__setattr__(self, "_text", text)

    def __str__(self) -> str:
        return cast(str, getattr(self, "_text"))

    def __reduce__(self) -> tuple[Any, ...]:
        return (Uuid, (str(self),))


class Decimal(decimal.Decimal):
    """A `decimal.Decimal` that keeps the text it came in; arithmetic gives plain ones."""

    __slots__ = ("_text",)
    _text: str

    def __new__(cls, value: str | int | decimal.Decimal) -> Self:
        """From a text such as `150.250` or `1E+2`, an integer or a finite decimal; a `ValueError` for others."""
        valid = isinstance(value, (str, int, decimal.Decimal)) and not isinstance(value, bool)
        text = str(value) if valid else ""
        if _DECIMAL.fullmatch(text) is None:
            raise SchemaError('expected a decimal number as text, such as "150.25"')
        self = super().__new__(cls, text)
        self._text = text
        return self

    def __str__(self) -> str:
        return self._text

    def __format__(self, spec: str, /, *context: Any) -> str:
        return super().__format__(spec, *context) if spec else self._text

    def __repr__(self) -> str:
        return f"Decimal({self._text!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Decimal, (self._text,))


# ---- checks ----------------------------------------------------------------------------------------------------


class Pattern:
    """A pattern as the automaton that the generator made of it; state 0 is dead."""

    __slots__ = ("source", "_ascii", "_ranges", "_classes", "_transitions", "_accepting", "_start")

    def __init__(
        self,
        source: str,
        ascii: bytes,
        ranges: tuple[tuple[int, int, int], ...],
        classes: int,
        transitions: tuple[int, ...],
        accepting: frozenset[int],
        start: int,
    ) -> None:
        self.source = source
        self._ascii = ascii
        self._ranges = ranges
        self._classes = classes
        self._transitions = transitions
        self._accepting = accepting
        self._start = start

    def matches(self, text: str) -> bool:
        """Whether the whole text takes the automaton from its start to an accepting state."""
        state = self._start
        for c in text:
            code = ord(c)
            kind = self._ascii[code] if code < 128 else self._class_of(code)
            state = self._transitions[state * self._classes + kind]
            if state == 0:
                return False
        return state in self._accepting

    def wanted(self) -> str:
        """What a text must be. An automaton that was made of a format alone is called by its name."""
        name = self.source.removeprefix("format ")
        if name != self.source and " " not in name:
            return f"a text of the format `{name}`"
        return f"a text that matches the pattern `{self.source}`"

    def _class_of(self, code: int) -> int:
        low, high = 0, len(self._ranges)
        while low < high:
            middle = (low + high) // 2
            first, last, kind = self._ranges[middle]
            if code < first:
                high = middle
            elif code > last:
                low = middle + 1
            else:
                return kind
        return 0


class Check:
    """What values of one place are held to; also the metadata that tells pydantic so."""

    __slots__ = ()

    def read(self, tree: Any) -> Any:
        """The value of a JSON tree."""
        raise NotImplementedError

    def accept(self, value: Any) -> Any:
        """The value a caller of a constructor gave, in the type that models hold."""
        return self.read(value)

    def write(self, value: Any, out: list[str]) -> None:
        """Appends the JSON of a value, which is checked once more."""
        raise NotImplementedError

    def owns(self, value: Any) -> bool:
        """Whether a value is an instance of the class of this very check, and so of no other branch of a union."""
        return False

    def lacks(self, value: dict[Any, Any]) -> bool:
        """Whether a constant is left out that an object of this very check has: it may be of another branch then."""
        return False

    def key_text(self, value: Any) -> str:
        """The text of a value in a key or channel."""
        return str(self.accept(value))

    def from_key_text(self, text: str) -> Any:
        """The value that `key_text` wrote."""
        return self.read(text)

    def decode(self, payload: str | bytes | bytearray | memoryview, lenient: bool = False) -> Any:
        """The value of a JSON text."""
        try:
            return self.read(parse(payload, lenient))
        except SchemaError as error:
            raise DecodeError(error.reason, error.pointer) from None

    def encode(self, value: Any) -> bytes:
        """The compact JSON of a value, checked once more."""
        out: list[str] = []
        try:
            self.write(value, out)
        except SchemaError as error:
            raise EncodeError(error.reason, error.pointer) from None
        payload = "".join(out).encode("utf-8")
        if len(payload) > BYTES_MAX:
            raise EncodeError(f"the value takes {len(payload)} bytes as JSON, more than the {BYTES_MAX} that Redis takes")
        return payload

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.accept,
            serialization=core_schema.plain_serializer_function_ser_schema(self._plain, when_used="json"),
        )

    def _plain(self, value: Any) -> Any:
        return json.loads(self.encode(value))


def _fail(expected: str) -> SchemaError:
    return SchemaError(f"expected {expected}")


class Constant(Check):
    """Always this value."""

    __slots__ = ("value", "text")

    def __init__(self, value: str | bool | int | float | None) -> None:
        self.value = value
        if value is None:
            self.text = "null"
        elif isinstance(value, str):
            self.text = _escaped(value)
        elif isinstance(value, float):
            self.text = float_text(value)
        else:
            self.text = str(value).lower()

    def read(self, tree: Any) -> Any:
        if self.value is None or isinstance(self.value, (str, bool)):
            same = type(tree) is type(self.value) and tree == self.value
        elif type(tree) is float:
            same = abs(tree) <= _EXACT and tree == self.value
        else:
            same = type(tree) is int and tree == self.value
        if not same:
            raise _fail(f"the constant {self.text}")
        return self.value

    def write(self, value: Any, out: list[str]) -> None:
        self.read(value)
        out.append(self.text)


class Null(Check):
    """`null`."""

    __slots__ = ()

    def read(self, tree: Any) -> None:
        if tree is not None:
            raise _fail("null")

    def write(self, value: Any, out: list[str]) -> None:
        self.read(value)
        out.append("null")


class Anything(Check):
    """Any JSON value, as `json` has it; objects are written in the order of their names' code points.

    A value of the kind of one of the checks must pass that one.
    """

    __slots__ = ("kinds",)

    def __init__(self, kinds: tuple[Check, ...] = ()) -> None:
        self.kinds = kinds

    def read(self, tree: Any) -> Any:
        for kind in self.kinds:
            if _concerns(kind, tree):
                kind.read(tree)
        return tree

    def accept(self, value: Any) -> Any:
        self.write(value, [])
        return value

    def write(self, value: Any, out: list[str]) -> None:
        text = self._text(value, 0)
        if self.kinds:
            self.read(parse(text))
        out.append(text)

    def _text(self, value: Any, depth: int) -> str:
        if depth > _DEPTH_MAX:
            raise _fail("fewer than 128 levels of lists and objects")
        if value is None:
            return "null"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):
            if _has_surrogate(value):
                raise _fail("a text without lone surrogates")
            return _escaped(str(value))
        if isinstance(value, int):
            if not _I64_MIN <= value <= _U64_MAX:
                raise _fail("an integer of 64 bits")
            return str(int(value))
        if isinstance(value, float):
            if not math.isfinite(value):
                raise _fail("a finite number")
            return float_text(float(value))
        if isinstance(value, (list, tuple)):
            items = []
            for index, item in enumerate(value):
                try:
                    items.append(self._text(item, depth + 1))
                except SchemaError as error:
                    raise error.under(index)
            return f"[{','.join(items)}]"
        if isinstance(value, dict):
            members = []
            for name in sorted(value):
                if not isinstance(name, str) or _has_surrogate(name):
                    raise _fail("names that are texts")
                try:
                    members.append(f"{_escaped(name)}:{self._text(value[name], depth + 1)}")
                except SchemaError as error:
                    raise error.under(name)
            return f"{{{','.join(members)}}}"
        raise _fail("a value that JSON can say")


def _concerns(kind: Check, tree: Any) -> bool:
    if isinstance(kind, Integer):
        return isinstance(tree, int) and not isinstance(tree, bool)
    of = {Number: float, Text: str, List: list, Map: dict}
    return any(isinstance(kind, check) and isinstance(tree, values) for check, values in of.items())


class Among(Check):
    """A value that is the same JSON as one of a list."""

    __slots__ = ("inner", "json", "texts")

    def __init__(self, inner: Check, json: str) -> None:
        self.inner = inner
        self.json = json
        self.texts = frozenset(map(_canonical, parse(json)))

    def _check(self, tree: Any) -> None:
        if _canonical(tree) not in self.texts:
            raise _fail(f"one of the values {self.json}")

    def read(self, tree: Any) -> Any:
        value, is_sure = _tried(self.inner, tree) if _reading.doubt is not None else (self.inner.read(tree), True)
        if is_sure:
            self._check(tree)
        else:
            _reading.doubt = True
        return value

    def accept(self, value: Any) -> Any:
        accepted = self.inner.accept(value)
        self.write(accepted, [])
        return accepted

    def write(self, value: Any, out: list[str]) -> None:
        inner: list[str] = []
        self.inner.write(value, inner)
        text = "".join(inner)
        if not _reading.compares:
            self._check(parse(text))
        out.append(text)


class Boolean(Check):
    """`true` or `false`."""

    __slots__ = ()

    def read(self, tree: Any) -> bool:
        if type(tree) is not bool:
            raise _fail("a boolean")
        return tree

    def write(self, value: Any, out: list[str]) -> None:
        out.append("true" if self.read(value) else "false")


class Step:
    """A `multipleOf`, exactly."""

    __slots__ = ("text", "_step")

    def __init__(self, text: str) -> None:
        self.text = text
        self._step = decimal.Decimal(text).as_tuple()

    def divides(self, number: int | float) -> bool:
        """Whether the shortest text of `number` writes a multiple."""
        left = decimal.Decimal(repr(number)).as_tuple()
        scale = min(cast(int, left.exponent), cast(int, self._step.exponent))
        return _scaled(left, scale) % _scaled(self._step, scale) == 0


def _scaled(number: decimal.DecimalTuple, scale: int) -> int:
    digits = 0
    for digit in number.digits:
        digits = digits * 10 + digit
    return digits * cast(int, 10 ** (cast(int, number.exponent) - scale))


class Integer(Check):
    """An integer within limits; a float spelling without a fraction is one, below 2^53."""

    __slots__ = ("low", "high", "step")
    _PART = re.compile(r"0|-?[1-9][0-9]*")

    def __init__(self, low: int, high: int, step: str | None = None) -> None:
        self.low = low
        self.high = high
        self.step = Step(step) if step is not None else None

    def read(self, tree: Any) -> int:
        if type(tree) is float and abs(tree) < _EXACT and tree.is_integer():
            number = int(tree)
        elif isinstance(tree, int) and not isinstance(tree, bool):
            number = int(tree)
        elif isinstance(tree, float) and abs(tree) >= _EXACT:
            return self._beyond(tree)
        else:
            raise _fail("an integer of 64 bits")
        if not _I64_MIN <= number <= (_I64_MAX if self.low < 0 else _U64_MAX):
            return self._beyond(number)
        if not self.low <= number <= self.high:
            raise _fail(f"an integer from {self.low} to {self.high}")
        if self.step is not None and not self.step.divides(number):
            raise _fail(f"a multiple of {self.step.text}")
        return number

    def _beyond(self, number: int | float) -> int:
        """What stands for a number that is not held, while an alternative is tried. A limit as near to 0 refuses it for certain."""
        far = self.high >= _EXACT if number > 0 else self.low <= -_EXACT
        if not far:
            raise _fail("an integer of 64 bits")
        if _reading.doubt is None:
            raise _TooWide("expected an integer of 64 bits")
        _reading.doubt = True
        return _STAND_IN

    def write(self, value: Any, out: list[str]) -> None:
        out.append(str(value if _reading.compares and type(value) is int else self.read(value)))

    def from_key_text(self, text: str) -> int:
        if self._PART.fullmatch(text) is None or len(text) > 20:
            raise _fail("an integer in plain digits")
        return self.read(int(text))


class Number(Check):
    """A finite float within limits."""

    __slots__ = ("minimum", "above", "maximum", "below", "step")

    def __init__(
        self,
        minimum: float | None = None,
        above: float | None = None,
        maximum: float | None = None,
        below: float | None = None,
        step: str | None = None,
    ) -> None:
        self.minimum = minimum
        self.above = above
        self.maximum = maximum
        self.below = below
        self.step = Step(step) if step is not None else None

    def read(self, tree: Any) -> float:
        if not isinstance(tree, (int, float)) or isinstance(tree, bool):
            raise _fail("a number")
        try:
            number = float(tree)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise _fail("a finite number")
        if (
            (self.minimum is not None and number < self.minimum)
            or (self.above is not None and number <= self.above)
            or (self.maximum is not None and number > self.maximum)
            or (self.below is not None and number >= self.below)
        ):
            raise _fail("a number within its limits")
        if self.step is not None and not self.step.divides(number):
            raise _fail(f"a multiple of {self.step.text}")
        return number

    def write(self, value: Any, out: list[str]) -> None:
        out.append(float_text(self.read(value)))


class Format:
    """A rule of texts that no pattern can say."""

    __slots__ = ("name", "matches")

    def __init__(self, name: str, matches: Callable[[str], bool]) -> None:
        self.name = name
        self.matches = matches


def _is_date_time(text: str) -> bool:
    try:
        _read_time(text)
    except SchemaError:
        return False
    return True


def _is_time(text: str) -> bool:
    return _is_date_time(f"2000-01-01T{text}")


#: RFC 3339: an instant with its offset.
DATE_TIME = Format("date-time", _is_date_time)
#: RFC 3339: a time of day with its offset.
TIME = Format("time", _is_time)


class Text(Check):
    """A text within lengths in code points, and of a pattern or format."""

    __slots__ = ("shortest", "longest", "pattern", "format")

    def __init__(
        self,
        shortest: int | None = None,
        longest: int | None = None,
        pattern: Pattern | None = None,
        format: Format | None = None,
    ) -> None:
        self.shortest = shortest
        self.longest = longest
        self.pattern = pattern
        self.format = format

    def read(self, tree: Any) -> str:
        if not isinstance(tree, str):
            raise _fail("a text")
        text = str(tree)
        if self.shortest is not None and len(text) < self.shortest:
            raise _fail(f"a text of at least {self.shortest} code points")
        if self.longest is not None and len(text) > self.longest:
            raise _fail(f"a text of at most {self.longest} code points")
        if self.pattern is not None and not self.pattern.matches(text):
            raise _fail(self.pattern.wanted())
        if self.format is not None and not self.format.matches(text):
            raise _fail(f"a text of the format `{self.format.name}`")
        return text

    def accept(self, value: Any) -> str:
        text = self.read(value)
        if _has_surrogate(text):
            raise _fail("a text without lone surrogates")
        return text

    def write(self, value: Any, out: list[str]) -> None:
        _write_text(self.accept(value), out)


class Time(Check):
    """A timestamp; `utc` is how UTC is written."""

    __slots__ = ("utc",)

    def __init__(self, utc: str = "Z") -> None:
        self.utc = utc

    def read(self, tree: Any) -> Timestamp:
        if not isinstance(tree, str):
            raise SchemaError(_TIME_EXPECTED)
        return Timestamp(tree)

    def accept(self, value: Any) -> Timestamp:
        return value if isinstance(value, Timestamp) else Timestamp(value)

    def write(self, value: Any, out: list[str]) -> None:
        text = str(self.accept(value))
        if text.endswith("Z"):
            text = f"{text[:-1]}{self.utc}"
        out.append(f'"{text}"')


class Day(Check):
    """A date."""

    __slots__ = ()

    def read(self, tree: Any) -> Date:
        return Date(tree if isinstance(tree, str) else "")

    def accept(self, value: Any) -> Date:
        return Date(value)

    def write(self, value: Any, out: list[str]) -> None:
        out.append(f'"{Date(value)}"')


class Identifier(Check):
    """A UUID."""

    __slots__ = ()

    def read(self, tree: Any) -> Uuid:
        return Uuid(tree if isinstance(tree, str) else "")

    def accept(self, value: Any) -> Uuid:
        return Uuid(value)

    def write(self, value: Any, out: list[str]) -> None:
        out.append(f'"{Uuid(value)}"')


class DecimalText(Check):
    """A decimal number as text, and of a pattern."""

    __slots__ = ("pattern",)

    def __init__(self, pattern: Pattern | None = None) -> None:
        self.pattern = pattern

    def read(self, tree: Any) -> Decimal:
        return self._checked(Decimal(tree if isinstance(tree, str) else ""))

    def accept(self, value: Any) -> Decimal:
        return self._checked(Decimal(value))

    def _checked(self, number: Decimal) -> Decimal:
        if self.pattern is not None and not self.pattern.matches(str(number)):
            raise _fail(self.pattern.wanted())
        return number

    def write(self, value: Any, out: list[str]) -> None:
        out.append(f'"{str(self.accept(value))}"')


class Nullable(Check):
    """What another check says, or null."""

    __slots__ = ("inner",)

    def __init__(self, inner: Check) -> None:
        self.inner = inner

    def read(self, tree: Any) -> Any:
        return None if tree is None else self.inner.read(tree)

    def accept(self, value: Any) -> Any:
        return None if value is None else self.inner.accept(value)

    def write(self, value: Any, out: list[str]) -> None:
        if value is None:
            out.append("null")
        else:
            self.inner.write(value, out)


class List(Check):
    """A list."""

    __slots__ = ("item", "shortest", "longest", "unique")

    def __init__(
        self, item: Check, shortest: int | None = None, longest: int | None = None, unique: bool = False
    ) -> None:
        self.item = item
        self.shortest = shortest
        self.longest = longest
        self.unique = unique

    def _each(self, values: Iterable[Any], each: Callable[[Any], T]) -> list[T]:
        items: list[T] = []
        for index, value in enumerate(values):
            try:
                items.append(each(value))
            except SchemaError as error:
                raise error.under(index)
        if self.shortest is not None and len(items) < self.shortest:
            raise _fail(f"at least {self.shortest} items")
        if self.longest is not None and len(items) > self.longest:
            raise _fail(f"at most {self.longest} items")
        return items

    def read(self, tree: Any) -> list[Any]:
        if not isinstance(tree, list):
            raise _fail("a list")
        items = self._each(tree, self.item.read)
        if self.unique:
            _differ(_written_again(self.item, item) for item in items)
        return items

    def accept(self, value: Any) -> list[Any]:
        if not isinstance(value, (list, tuple)):
            raise _fail("a list")
        items = self._each(value, self.item.accept)
        if self.unique:
            self._texts(items)
        return items

    def write(self, value: Any, out: list[str]) -> None:
        if not isinstance(value, (list, tuple)):
            raise _fail("a list")
        out.append(f"[{','.join(self._texts(value))}]")

    def _texts(self, value: list[Any] | tuple[Any, ...]) -> list[str]:
        texts = self._each(value, lambda item: _written(self.item, item))
        if self.unique and not _reading.compares:
            _differ(texts)
        return texts


def _differ(texts: Iterable[str]) -> None:
    """Holds JSON texts to `uniqueItems`: numbers are compared by value, members in any order."""
    seen: set[str] = set()
    for text in texts:
        if _reading.doubt and str(_STAND_IN) in text:
            # Nothing is known of what it is equal to.
            continue
        same = text if text[0] in '"tfn' else _canonical(parse(text))
        if same in seen:
            raise _fail("items that all differ")
        seen.add(same)


def _canonical(tree: Any) -> str:
    if isinstance(tree, float) and tree.is_integer():
        tree = int(tree)
    if isinstance(tree, list):
        return f"[{','.join(_canonical(item) for item in tree)}]"
    if isinstance(tree, dict):
        return f"{{{','.join(f'{_escaped(name)}:{_canonical(tree[name])}' for name in sorted(tree))}}}"
    return json.dumps(tree)


class Tuple(Check):
    """A list whose first elements have checks of their own; those behind `required` may be absent."""

    __slots__ = ("name", "elements", "required", "rest", "shortest", "longest", "unique")

    def __init__(
        self,
        name: str,
        elements: tuple[Check, ...],
        required: int,
        rest: Check | None = None,
        shortest: int | None = None,
        longest: int | None = None,
        unique: bool = False,
    ) -> None:
        self.name = name
        self.elements = elements
        self.required = required
        self.rest = rest
        self.shortest = required if shortest is None else shortest
        self.longest = longest if longest is not None or rest is not None else len(elements)
        self.unique = unique

    def _each(self, values: list[Any] | tuple[Any, ...], each: Callable[[Check, Any], T]) -> list[T]:
        if len(values) < self.shortest:
            raise _fail(f"at least {self.shortest} items")
        if self.longest is not None and len(values) > self.longest:
            raise _fail(f"at most {self.longest} items")
        items: list[T] = []
        for index, value in enumerate(values):
            check = self.elements[index] if index < len(self.elements) else self.rest
            assert check is not None, "the length is checked"
            try:
                items.append(each(check, value))
            except SchemaError as error:
                raise error.under(index)
        return items

    def read(self, tree: Any) -> tuple[Any, ...]:
        if not isinstance(tree, list):
            raise _fail(f"a list of the type {self.name}")
        items = self._each(tree, lambda check, value: check.read(value))
        if self.unique:
            _differ(self._each(items, _written_again))
        return tuple(items)

    def accept(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise _fail(f"a list of the type {self.name}")
        items = self._each(value, lambda check, value: check.accept(value))
        if self.unique:
            self._texts(items)
        return tuple(items)

    def write(self, value: Any, out: list[str]) -> None:
        if not isinstance(value, (list, tuple)):
            raise _fail(f"a list of the type {self.name}")
        out.append(f"[{','.join(self._texts(value))}]")

    def _texts(self, value: list[Any] | tuple[Any, ...]) -> list[str]:
        texts = self._each(value, _written)
        if self.unique and not _reading.compares:
            _differ(texts)
        return texts


def _written(check: Check, value: Any) -> str:
    out: list[str] = []
    check.write(value, out)
    return "".join(out)


class _Reading(threading.local):
    """
    `compares`: whether what was just read is being written to be compared: it was judged, and what is nested in it is not judged
    on each level. `doubt`: while an alternative is tried, whether an integer was met that no type of ours holds.
    """

    compares = False
    doubt: bool | None = None


_reading = _Reading()

#: What is read in place of such an integer, so that whatever else is wrong with the alternative is found, in whichever order.
_STAND_IN = 978091665


def _tried(check: Check, tree: Any) -> tuple[Any, bool]:
    """The value that a check reads, and whether it is sure: in doubt nothing is wrong with it but integers that are not held."""
    around = _reading.doubt
    _reading.doubt = False
    try:
        value = check.read(tree)
        return value, not _reading.doubt
    finally:
        _reading.doubt = around


def _written_again(check: Check, value: Any) -> str:
    before = _reading.compares
    _reading.compares = True
    try:
        return _written(check, value)
    finally:
        _reading.compares = before


class Map(Check):
    """Values by name; written in the order of the names' code points."""

    __slots__ = ("item", "fewest", "most", "names")

    def __init__(
        self, item: Check, fewest: int | None = None, most: int | None = None, names: Pattern | None = None
    ) -> None:
        self.item = item
        self.fewest = fewest
        self.most = most
        self.names = names

    def _each(self, value: Any, each: Callable[[Any], T]) -> dict[str, T]:
        if not isinstance(value, dict):
            raise _fail("an object")
        members: dict[str, T] = {}
        for name, member in value.items():
            if not isinstance(name, str) or _has_surrogate(name):
                raise _fail("names that are texts")
            try:
                if self.names is not None and not self.names.matches(name):
                    raise _fail(f"a name that matches the pattern `{self.names.source}`")
                members[name] = each(member)
            except SchemaError as error:
                raise error.under(name)
        if self.fewest is not None and len(members) < self.fewest:
            raise _fail(f"at least {self.fewest} properties")
        if self.most is not None and len(members) > self.most:
            raise _fail(f"at most {self.most} properties")
        return members

    def read(self, tree: Any) -> dict[str, Any]:
        return self._each(tree, self.item.read)

    def accept(self, value: Any) -> dict[str, Any]:
        return self._each(value, self.item.accept)

    def write(self, value: Any, out: list[str]) -> None:
        def written(item: Any) -> str:
            inner: list[str] = []
            self.item.write(item, inner)
            return "".join(inner)

        members = self._each(value, written)
        out.append("{")
        out.append(",".join(f"{_escaped(name)}:{members[name]}" for name in sorted(members)))
        out.append("}")


class Features(Map):
    """Numbers by feature name. Those that are not finite are read, since Python writers leave them, not written."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(Number())

    def read(self, tree: Any) -> dict[str, float]:
        return self._each(tree, _any_number)

    def accept(self, value: Any) -> dict[str, float]:
        return self.read(value)

    def decode(self, payload: str | bytes | bytearray | memoryview, lenient: bool = True) -> Any:
        return super().decode(payload, lenient)


def _any_number(tree: Any) -> float:
    if not isinstance(tree, (int, float)) or isinstance(tree, bool):
        raise _fail("a number")
    return float(tree)


class Texts(Check):
    """One of several texts, as an enumeration."""

    __slots__ = ("name", "members")

    def __init__(self, name: str, values: tuple[str, ...]) -> None:
        self.name = name
        self.members: dict[str, Any] = {value: value for value in values}

    def bind(self, model: type[Any]) -> None:
        """Reads values as members of the enumeration `model`."""
        self.members = {member.value: member for member in model}

    def read(self, tree: Any) -> Any:
        member = self.members.get(tree) if isinstance(tree, str) else None
        if member is None:
            raise _fail(f"one of the values of {self.name}")
        return member

    def write(self, value: Any, out: list[str]) -> None:
        _write_text(str(self.read(value)), out)


class Alternatives(Check):
    """The first of several kinds of text that fits."""

    __slots__ = ("name", "constants", "kinds")

    def __init__(self, name: str, constants: frozenset[str], kinds: tuple[Check, ...]) -> None:
        self.name = name
        self.constants = constants
        self.kinds = kinds

    def _first(self, value: Any) -> tuple[Check | None, Any]:
        text = str(value) if isinstance(value, (str, Timestamp, Uuid, Decimal)) else None
        if text is None:
            raise _fail(f"one of the values of {self.name}")
        if text in self.constants:
            return None, text
        for kind in self.kinds:
            try:
                return kind, kind.accept(text)
            except SchemaError:
                continue
        raise _fail(f"one of the values of {self.name}")

    def read(self, tree: Any) -> Any:
        if not isinstance(tree, str):
            raise _fail(f"one of the values of {self.name}")
        return self._first(tree)[1]

    def accept(self, value: Any) -> Any:
        return self._first(value)[1]

    def write(self, value: Any, out: list[str]) -> None:
        kind, chosen = self._first(value)
        if kind is None:
            _write_text(chosen, out)
        else:
            kind.write(chosen, out)


class Branch:
    """One kind of value among several, and the constant of the union's tag by which its objects are known."""

    __slots__ = ("check", "tag")

    def __init__(self, check: Check, tag: Constant | None = None) -> None:
        self.check = check
        self.tag = tag


class Union(Check):
    """
    Values of several kinds: the first that fits, or exactly one where they may overlap. Where another might fit if it
    could be read, nothing is known to be the only one. An object with the tag of one may be of another that has no tag;
    if it is of none, what is wrong with it as the one of its tag is told.
    """

    __slots__ = ("name", "branches", "tag", "exactly_one")

    def __init__(
        self, name: str, branches: tuple[Branch, ...], tag: str | None = None, exactly_one: bool = False
    ) -> None:
        self.name = name
        self.branches = branches
        self.tag = tag
        self.exactly_one = exactly_one

    def read(self, tree: Any) -> Any:
        found: list[Any] = []
        doubted: list[Any] = []
        told: SchemaError | None = None
        for branch in self.branches:
            if branch.tag is not None and not self._has_tag(tree, branch.tag):
                continue
            tells = branch.tag is not None and not self.exactly_one
            try:
                value, is_sure = _tried(branch.check, tree)
                (found if is_sure else doubted).append(value)
                if not is_sure and tells and _reading.doubt is None:
                    # Read as if alone, it says where the integer is.
                    branch.check.read(tree)
            except SchemaError as error:
                told = error if tells else told
                continue
            if found and not self.exactly_one:
                break
            if len(found) > 1:
                raise _fail("a value of exactly one alternative")
        if doubted and (self.exactly_one or not found):
            if _reading.doubt is not None:
                _reading.doubt = True
                return doubted[0]
            raise told or _TooWide(f"expected one of the values of {self.name}")
        if told is not None and not found:
            raise told
        if not found:
            raise _fail(f"one of the values of {self.name}")
        return found[0]

    def _has_tag(self, value: Any, tag: Constant) -> bool:
        return isinstance(value, dict) and self.tag in value and _fits(tag.read, value[self.tag])

    def accept(self, value: Any) -> Any:
        for branch in self.branches:
            if branch.check.owns(value):
                return self._alone(branch.check.accept(value))
        told: ValueError | None = None
        for branch in self.branches:
            # What JSON has is told apart as in JSON: an integer is no decimal text.
            if value is None or isinstance(value, (bool, int, float)) or type(value) is str:
                if not _fits(branch.check.read, value):
                    continue
            elif isinstance(value, dict) and branch.tag is not None:
                if not self._has_tag(value, branch.tag):
                    continue
            elif isinstance(value, dict) and branch.check.lacks(value):
                continue
            try:
                return self._alone(branch.check.accept(value))
            except ValueError as error:
                if isinstance(value, dict) and branch.tag is not None:
                    told = error
                continue
        raise told or _fail(f"one of the values of {self.name}")

    def _alone(self, value: Any) -> Any:
        if self.exactly_one:
            self.write(value, [])
        return value

    def write(self, value: Any, out: list[str]) -> None:
        for branch in self.branches:
            written: list[str] = []
            try:
                branch.check.write(value, written)
            except SchemaError:
                if branch.check.owns(value):
                    raise
                continue
            if self.exactly_one and not _reading.compares:
                self.read(parse("".join(written)))
            out.extend(written)
            return
        raise _fail(f"one of the values of {self.name}")

    def owns(self, value: Any) -> bool:
        return any(branch.check.owns(value) for branch in self.branches)


def _fits(read: Callable[[Any], Any], value: Any) -> bool:
    try:
        read(value)
    except SchemaError:
        return False
    return True


class Named(Check):
    """A check that is defined elsewhere, perhaps further down."""

    __slots__ = ("_find", "_found")

    def __init__(self, find: Callable[[], Check]) -> None:
        self._find = find
        self._found: Check | None = None

    @property
    def target(self) -> Check:
        """The check itself."""
        if self._found is None:
            self._found = self._find()
        return self._found

    def read(self, tree: Any) -> Any:
        return self.target.read(tree)

    def owns(self, value: Any) -> bool:
        return self.target.owns(value)

    def lacks(self, value: dict[Any, Any]) -> bool:
        return self.target.lacks(value)

    def accept(self, value: Any) -> Any:
        return self.target.accept(value)

    def write(self, value: Any, out: list[str]) -> None:
        self.target.write(value, out)

    def key_text(self, value: Any) -> str:
        return self.target.key_text(value)

    def from_key_text(self, text: str) -> Any:
        return self.target.from_key_text(text)


#: How a member may be missing.
REQUIRED = "required"
#: Absent is `None`, and null is refused.
OPTIONAL = "optional"
#: Absent, null or a value: `model_fields_set` tells the first two apart.
UNSET = "unset"
#: Absent is `None`, and written as null.
DEFAULT_NULL = "default null"


class Member:
    """A member of an object: its name on the wire and in Python, its check, and whether it may be missing."""

    __slots__ = ("wire", "name", "check", "presence")

    def __init__(self, wire: str, name: str, check: Check, presence: str = REQUIRED) -> None:
        self.wire = wire
        self.name = name
        self.check = check
        self.presence = presence


class Kept:
    """A map of members that have no field of their own: its name in Python, what it holds, and which names it takes."""

    __slots__ = ("name", "check")

    def __init__(self, name: str, item: Check, names: Pattern | None = None) -> None:
        self.name = name
        self.check = Map(item, names=names)

    def takes(self, wire: str) -> bool:
        """Whether a member of this name belongs here, if into no map before."""
        return self.check.names is None or self.check.names.matches(wire)


class Object(Check):
    """An object with declared members. Others go into the first of the maps that takes their names."""

    __slots__ = ("name", "is_open", "members", "maps", "fewest", "most", "wires", "_by_name", "_model")

    def __init__(
        self,
        name: str,
        members: tuple[Member, ...],
        is_open: bool,
        maps: tuple[Kept, ...] = (),
        fewest: int | None = None,
        most: int | None = None,
    ) -> None:
        self.name = name
        self.is_open = is_open
        self.members = members
        self.maps = maps
        self.fewest = fewest
        self.most = most
        self.wires = frozenset(member.wire for member in members)
        self._by_name: dict[str, Check] = {kept.name: kept.check for kept in maps}
        for member in members:
            optional = member.presence == OPTIONAL
            self._by_name[member.name] = Nullable(member.check) if optional else member.check
        self._model: type[Model] | None = None

    def __getitem__(self, name: str) -> Check:
        """What pydantic holds the field `name` to."""
        return self._by_name[name]

    def bind(self, model: type[Model]) -> None:
        """Reads values as instances of `model`."""
        self._model = model
        model.CHECK = self

    @property
    def model(self) -> type[Model]:
        """The class of the values."""
        assert self._model is not None, "the module of the models binds each object to its class"
        return self._model

    def read(self, tree: Any) -> Model:
        if not isinstance(tree, dict):
            raise _fail(f"an object of the type {self.name}")
        values: dict[str, Any] = {kept.name: {} for kept in self.maps}
        if self.maps or not self.is_open:
            for name in tree:
                if name not in self.wires:
                    try:
                        kept = self._map_of(name)
                        values[kept.name][name] = kept.check.item.read(tree[name])
                    except SchemaError as error:
                        raise error.under(name)
        self._count(len(tree))
        for member in self.members:
            if member.wire in tree:
                try:
                    values[member.name] = member.check.read(tree[member.wire])
                except SchemaError as error:
                    raise error.under(member.wire)
            elif member.presence == REQUIRED:
                raise SchemaError(f"the member `{member.wire}` is missing")
            elif member.presence == DEFAULT_NULL:
                values[member.name] = None
        return self.model.model_construct(set(values), **values)

    def _map_of(self, name: str) -> Kept:
        for kept in self.maps:
            if kept.takes(name):
                return kept
        raise SchemaError("a member that the type does not have")

    def _count(self, count: int) -> None:
        if self.fewest is not None and count < self.fewest:
            raise _fail(f"at least {self.fewest} properties")
        if self.most is not None and count > self.most:
            raise _fail(f"at most {self.most} properties")

    def _is_absent(self, value: Model, member: Member) -> bool:
        if getattr(value, member.name) is not None:
            return False
        unset = member.presence == UNSET and member.name not in value.model_fields_set
        return unset or member.presence == OPTIONAL

    def whole(self, value: Model) -> None:
        """Checks what no field can check by itself: where kept members lie, and how many members there are."""
        if not self.maps and self.fewest is None and self.most is None:
            return
        count = sum(not self._is_absent(value, member) for member in self.members)
        for kept in self.maps:
            held = getattr(value, kept.name)
            count += len(held)
            for name in held:
                if name in self.wires:
                    raise _fail("a name that the type does not declare itself").under(name)
                if self._map_of(name) is not kept:
                    raise _fail("a name that belongs into another map").under(name)
        self._count(count)

    def accept(self, value: Any) -> Model:
        if isinstance(value, self.model):
            return value
        if isinstance(value, dict):
            return self.model.model_validate(value)
        raise _fail(f"an object of the type {self.name}")

    def owns(self, value: Any) -> bool:
        return isinstance(value, self.model)

    def lacks(self, value: dict[Any, Any]) -> bool:
        return any(isinstance(member.check, Constant) and member.name not in value for member in self.members)

    def write(self, value: Any, out: list[str]) -> None:
        if not isinstance(value, self.model):
            raise _fail(f"an object of the type {self.name}")
        before = "{"
        for member in self.members:
            if self._is_absent(value, member):
                continue
            out.append(f"{before}{_escaped(member.wire)}:")
            before = ","
            try:
                member.check.write(getattr(value, member.name), out)
            except SchemaError as error:
                raise error.under(member.wire)
        self.whole(value)
        for kept in self.maps:
            inner: list[str] = []
            kept.check.write(getattr(value, kept.name), inner)
            text = "".join(inner)[1:-1]
            if text:
                out.append(before + text)
                before = ","
        out.append("{}" if before == "{" else "}")


# ---- models ----------------------------------------------------------------------------------------------------


class Schema:
    """The schema of a model: a place in one of several documents, and those that it refers to."""

    __slots__ = ("_documents", "_document", "_fragment", "_needs")

    def __init__(
        self, documents: dict[str, str], document: str, fragment: str | None, needs: tuple[str, ...]
    ) -> None:
        self._documents = documents
        self._document = document
        self._fragment = fragment
        self._needs = needs

    def load(self) -> dict[str, Any]:
        """The schema as one document, whose references are definitions under their `$id`."""
        own = cast("dict[str, Any]", json.loads(self._documents[self._document]))
        held = {name: json.loads(self._documents[name]) for name in self._needs}
        if self._fragment is not None:
            own = {"$ref": f"{self._document}#{self._fragment}", "$defs": {self._document: own}}
        if held:
            own["$defs"] = {**own.get("$defs", {}), **held}
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **own}


class Model(BaseModel):
    """An object of the schemas.

    Constructing and assigning check values, and so does writing, since a list can be changed after that. JSON is
    read and written by `decode` and `encode` alone: pydantic's own reader would let duplicate members and other
    things pass that the schemas refuse, so its methods for JSON lead here.
    """

    model_config = ConfigDict(validate_assignment=True, protected_namespaces=(), extra="ignore", hide_input_in_errors=True)
    CHECK: ClassVar[Object]
    SCHEMA: ClassVar[Schema]

    @classmethod
    def model_json_schema(cls, *arguments: Any, **options: Any) -> dict[str, Any]:
        """The schema that the model was made from, with all it refers to; there are no options."""
        if arguments or options:
            raise TypeError("the schema is that of the schemas, which has no options")
        return cls.SCHEMA.load()

    @model_validator(mode="after")
    def _check_whole(self) -> Self:
        type(self).CHECK.whole(self)
        return self

    @classmethod
    def decode(cls, payload: str | bytes | bytearray | memoryview) -> Self:
        """Reads the JSON of one value; a `DecodeError` says where and why not."""
        return cast(Self, cls.CHECK.decode(payload))

    def encode(self) -> bytes:
        """Checks the value and writes its JSON; an `EncodeError` says where and why not."""
        return type(self).CHECK.encode(self)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """As `decode`, which has no options."""
        if options:
            raise TypeError("reading JSON has no options here")
        return cls.decode(json_data)

    def model_dump_json(self, **options: Any) -> str:
        """As `encode`, which has no options."""
        if options:
            raise TypeError("writing JSON has no options here")
        return self.encode().decode("utf-8")


class Event(Model):
    """An event: an object that travels on a channel."""

    CHANNEL: ClassVar[str]
    EVENT_TYPE: ClassVar[str]
    CHANNEL_PIECES: ClassVar[tuple[str | tuple[str], ...]]
    #: How many seconds an event is of use; `None` for ever.
    MAX_AGE: ClassVar[int | None] = None
    #: What a publisher does with an event that is older: `publish` it all the same, or keep it as a `dead-letter`.
    EXPIRED: ClassVar[str] = "publish"

    def channel(self) -> str:
        """The channel this very event goes to."""
        text = ""
        for piece in type(self).CHANNEL_PIECES:
            text += piece if isinstance(piece, str) else type(self).CHECK[piece[0]].key_text(getattr(self, piece[0]))
        return text


def bind(check: Object | Texts, schema: Schema | None = None) -> Callable[[type[T]], type[T]]:
    """Makes the class below the one that `check` reads values as, and `schema` its own."""

    def bound(model: type[T]) -> type[T]:
        check.bind(cast(Any, model))
        if schema is not None:
            cast(Any, model).SCHEMA = schema
        return model

    return bound


def channel_matches(literals: tuple[str, ...], channel: str) -> bool:
    """Whether `channel` may be of the template with these texts around its placeholders."""
    if len(literals) == 1:
        return channel == literals[0]
    if not channel.startswith(literals[0]):
        return False
    rest = channel[len(literals[0]) :]
    for index, literal in enumerate(literals[1:], 2):
        # A part has at least one character, so the literal after it starts behind that.
        if not rest:
            return False
        behind = rest[1:]
        if index == len(literals):
            return behind.endswith(literal)
        _, found, rest = behind.partition(literal)
        if not found:
            return False
    return not rest


# ---- keys ------------------------------------------------------------------------------------------------------


class Part:
    """A placeholder of a key."""

    __slots__ = ("wire", "name", "check")

    def __init__(self, wire: str, name: str, check: Check) -> None:
        self.wire = wire
        self.name = name
        self.check = check


class Key(str):
    """A Redis key made of typed parts. It is its text, so it goes wherever redis-py takes a name."""

    #: The template, as written.
    TEMPLATE: ClassVar[str]
    #: How many seconds an entry lives; `None` when it does not expire.
    TTL: ClassVar[int | None] = None
    PIECES: ClassVar[tuple[str | Part, ...]]

    @classmethod
    def _of(cls, values: dict[str, Any]) -> Self:
        text = ""
        parts: dict[str, Any] = {}
        for piece in cls.PIECES:
            if isinstance(piece, str):
                text += piece
                continue
            try:
                parts[piece.name] = piece.check.accept(values[piece.name])
                text += piece.check.key_text(parts[piece.name])
            except SchemaError as error:
                raise InvalidKey(f"the part `{piece.wire}` of `{cls.TEMPLATE}`: {error.reason}") from None
        self = str.__new__(cls, text)
        for name, value in parts.items():
            setattr(self, name, value)
        return self

    @classmethod
    def parse(cls, text: str) -> Self:
        """Takes a key apart, exactly; `InvalidKey` when it is none of this template."""
        rest = text
        values: dict[str, Any] = {}
        pieces = list(cls.PIECES)
        for index, piece in enumerate(pieces):
            if isinstance(piece, str):
                # What follows a part was taken with it.
                if index > 0:
                    continue
                if not rest.startswith(piece):
                    raise InvalidKey(f"not a key of the template `{cls.TEMPLATE}`")
                rest = rest[len(piece) :]
                continue
            part, rest_of = rest, ""
            if index + 1 < len(pieces):
                part, separator, rest_of = rest.partition(cast(str, pieces[index + 1]))
                if not separator:
                    raise InvalidKey(f"not a key of the template `{cls.TEMPLATE}`")
            rest = rest_of
            try:
                values[piece.name] = piece.check.from_key_text(part)
            except SchemaError as error:
                raise InvalidKey(f"the part `{piece.wire}` of `{cls.TEMPLATE}`: {error.reason}") from None
        if rest:
            raise InvalidKey(f"not a key of the template `{cls.TEMPLATE}`")
        return cls._of(values)

    @classmethod
    def _scan(cls, values: dict[str, Any]) -> str:
        text = ""
        for piece in cls.PIECES:
            if isinstance(piece, str):
                text += piece
            elif values[piece.name] is None:
                text += "*"
            else:
                part = piece.check.key_text(values[piece.name])
                text += re.sub(r"([*?\[\]\\])", r"\\\1", part)
        return text

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(getattr(self, piece.name) for piece in self.PIECES if isinstance(piece, Part))


class ValueKey(Key, Generic[T]):
    """A key that says what it holds."""

    VALUE: ClassVar[Check]

    @classmethod
    def decode_value(cls, payload: str | bytes | bytearray | memoryview) -> T:
        """Reads a value that is stored under such a key; a `DecodeError` says where and why not."""
        return cast(T, cls.VALUE.decode(payload))

    @classmethod
    def encode_value(cls, value: T) -> bytes:
        """Checks a value and writes it as such a key holds it; an `EncodeError` says where and why not."""
        return cls.VALUE.encode(value)


class Plain(Check):
    """A value that is a text as it stands, without JSON around it."""

    __slots__ = ()

    def decode(self, payload: str | bytes | bytearray | memoryview, lenient: bool = False) -> str:
        try:
            text = payload if isinstance(payload, str) else bytes(payload).decode("utf-8")
        except UnicodeDecodeError as error:
            raise DecodeError(f"no UTF-8 from byte {error.start} on") from None
        return text

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, str) or _has_surrogate(value):
            raise EncodeError("expected a text")
        return value.encode("utf-8")
