from __future__ import annotations

import functools
from bisect import bisect_left

from ._runtime import Format

_TABLES = """\
@TABLES@"""


@functools.cache
def _sets() -> dict[str, str]:
    return dict(line.split(": ", 1) for line in _TABLES.splitlines())


@functools.cache
def _ranges(name: str) -> tuple[list[int], list[int]]:
    firsts, lasts, at = [], [], 0
    for token in _sets()[name].split():
        gap, _, more = token.partition(".")
        firsts.append(at + int(gap, 36))
        lasts.append(firsts[-1] + int(more or "0", 36))
        at = lasts[-1] + 1
    return firsts, lasts


@functools.cache
def _compose() -> frozenset[tuple[int, int]]:
    pairs = (pair.split(".") for pair in _sets()["compose"].split())
    return frozenset((int(first, 36), int(second, 36)) for first, second in pairs)


def _is_in(name: str, code: int) -> bool:
    firsts, lasts = _ranges(name)
    at = bisect_left(lasts, code)
    return at < len(firsts) and firsts[at] <= code


@functools.cache
def _class_of(code: int) -> int:
    classes = (name for name in _sets() if name.startswith("ccc "))
    return next((int(name[4:]) for name in classes if _is_in(name, code)), 0)


def is_hostname(text: str) -> bool:
    """RFC 1123, section 2.1; a label that begins with `xn--` is an A-label of IDNA2008, in Unicode 14.0."""
    if not 1 <= len(text) <= 253:
        return False
    labels = []
    for label in text.split("."):
        codes = _u_label(label)
        if codes is None:
            return False
        labels.append(codes)
    if any(_is_in("rtl", code) or _is_in("an", code) for label in labels for code in label):
        return all(map(_runs_one_way, labels))
    return True


HOSTNAME = Format("hostname", is_hostname)

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")


def _u_label(label: str) -> list[int] | None:
    if not 1 <= len(label) <= 63 or label[0] == "-" or label[-1] == "-" or not _LETTERS.issuperset(label):
        return None
    lower = label.lower()
    if not lower.startswith("xn--"):
        return [ord(c) for c in lower]
    decoded = _decode(lower[4:])
    if decoded is None or _encode(decoded) != lower[4:] or not _is_u_label(decoded):
        return None
    return decoded


def _is_u_label(label: list[int]) -> bool:
    hyphen = ord("-")
    return (
        any(code > 127 for code in label)
        and label[0] != hyphen
        and label[-1] != hyphen
        and label[2:4] != [hyphen, hyphen]
        and not _is_in("mark", label[0])
        and all(_is_in("allowed", code) for code in label)
        and all(_is_in_context(label, at) for at in range(len(label)))
        and _is_composed(label)
    )


def _is_in_context(label: list[int], at: int) -> bool:
    code = label[at]
    before = label[at - 1] if at > 0 else 0
    after = label[at + 1] if at + 1 < len(label) else 0
    if code == 0x200C:
        return _class_of(before) == 9 or _is_between_joining(label, at)
    if code == 0x200D:
        return _class_of(before) == 9
    if code == 0xB7:
        return before == after == ord("l")
    if code == 0x375:
        return _is_in("greek", after)
    if code in (0x5F3, 0x5F4):
        return _is_in("hebrew", before)
    if code == 0x30FB:
        return any(_is_in("japanese", other) for other in label)
    if 0x660 <= code <= 0x669:
        return not any(0x6F0 <= other <= 0x6F9 for other in label)
    if 0x6F0 <= code <= 0x6F9:
        return not any(0x660 <= other <= 0x669 for other in label)
    return True


def _is_between_joining(label: list[int], at: int) -> bool:
    before = next((code for code in reversed(label[:at]) if not _is_in("transparent", code)), 0)
    after = next((code for code in label[at + 1 :] if not _is_in("transparent", code)), 0)
    return _is_in("joins_left", before) and _is_in("joins_right", after)


def _is_composed(label: list[int]) -> bool:
    starter, last = -1, 0
    for code in label:
        kind = _class_of(code)
        is_open = last == 0 if kind == 0 else last < kind
        if (kind != 0 and last > kind) or (is_open and (starter, code) in _compose()):
            return False
        if kind == 0:
            starter = code
        last = kind
    return True


def _is_left(code: int) -> bool:
    return not any(_is_in(name, code) for name in ("rtl", "an", "en", "nsm", "neutral"))


def _runs_one_way(label: list[int]) -> bool:
    last = next((code for code in reversed(label) if not _is_in("nsm", code)), None)
    if last is None:
        return False
    if _is_in("rtl", label[0]):
        ends = any(_is_in(name, last) for name in ("rtl", "en", "an"))
        both = any(_is_in("en", code) for code in label) and any(_is_in("an", code) for code in label)
        return ends and not any(map(_is_left, label)) and not both
    against = any(_is_in("rtl", code) or _is_in("an", code) for code in label)
    return _is_left(label[0]) and not against and (_is_left(last) or _is_in("en", last))


# Punycode, RFC 3492.


def _threshold(k: int, bias: int) -> int:
    return min(max(k - bias, 1), 26)


def _adapt(delta: int, count: int, is_first: bool) -> int:
    delta = delta // 700 if is_first else delta // 2
    delta += delta // count
    k = 0
    while delta > 455:
        delta //= 35
        k += 36
    return k + 36 * delta // (delta + 38)


def _decode(text: str) -> list[int] | None:
    basic, found, extended = text.rpartition("-")
    out = [ord(c) for c in basic] if found else []
    code, at, bias, index = 128, 0, 72, 0
    while index < len(extended):
        before, weight, k = at, 1, 36
        while True:
            if index >= len(extended):
                return None
            c = extended[index]
            index += 1
            digit = ord(c) - 22 if c <= "9" else ord(c) - 97
            at += digit * weight
            limit = _threshold(k, bias)
            if digit < limit:
                break
            weight *= 36 - limit
            k += 36
        bias = _adapt(at - before, len(out) + 1, before == 0)
        code += at // (len(out) + 1)
        at %= len(out) + 1
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            return None
        out.insert(at, code)
        at += 1
    return out


def _encode(label: list[int]) -> str:
    out = "".join(chr(code) for code in label if code < 128)
    basic = handled = len(out)
    if basic:
        out += "-"
    code, delta, bias = 128, 0, 72
    while handled < len(label):
        following = min(other for other in label if other >= code)
        delta += (following - code) * (handled + 1)
        code = following
        for other in label:
            if other < code:
                delta += 1
            if other == code:
                rest, k = delta, 36
                while rest >= (limit := _threshold(k, bias)):
                    out += _digit(limit + (rest - limit) % (36 - limit))
                    rest = (rest - limit) // (36 - limit)
                    k += 36
                out += _digit(rest)
                bias = _adapt(delta, handled + 1, handled == basic)
                delta = 0
                handled += 1
        delta += 1
        code += 1
    return out


def _digit(value: int) -> str:
    return chr(value + 97) if value < 26 else chr(value + 22)
