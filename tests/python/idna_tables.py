"""Writes the tables by which A-labels of host names are judged: `redis-client/src/format/idna.txt`, and its copy for codegen.

    idna_tables.py FILE...

Run it with Python 3.11, whose `unicodedata` is Unicode 14.0: that is the newest version which every Python that the package supports
knows, and normal forms of what is assigned never change. The package `idna` says which code points RFC 5892 allows, of
what script they are and how they join; what is unassigned in Unicode 14.0 is left out.

A line is the name of a set and its ranges: how many code points lie between a range and the one before, and behind a point how many
more it has than one, all in base 36. `ccc` lines are combining classes; `compose` has pairs that have a composed form.
"""

import sys
import unicodedata
from typing import Iterable, Iterator

from idna import idnadata

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def base36(number: int) -> str:
    out = ""
    while True:
        number, digit = divmod(number, 36)
        out = DIGITS[digit] + out
        if number == 0:
            return out


def encoded(codes: Iterable[int]) -> str:
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] + 1 == code:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    tokens, at = [], 0
    for first, last in ranges:
        tokens.append(base36(first - at) + (f".{base36(last - first)}" if last > first else ""))
        at = last + 1
    return " ".join(tokens)


def members(packed: Iterable[int]) -> Iterator[int]:
    for span in packed:
        first, behind = span >> 32, span & 0xFFFFFFFF
        yield from range(first, behind)


def main() -> None:
    classes = idnadata.codepoint_classes
    allowed = {code for name in ("PVALID", "CONTEXTJ", "CONTEXTO") for code in members(classes[name])}
    allowed = {code for code in allowed if unicodedata.category(chr(code)) != "Cn"}
    bidi = {code: unicodedata.bidirectional(chr(code)) for code in allowed}
    scripts = {name: set(members(packed)) & allowed for name, packed in idnadata.scripts.items()}
    joining = {kind: set(members(packed)) & allowed for kind, packed in idnadata.joining_types.items()}
    classed: dict[int, set[int]] = {}
    for code in allowed:
        if unicodedata.combining(chr(code)):
            classed.setdefault(unicodedata.combining(chr(code)), set()).add(code)
    pairs = []
    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            first, second = (int(part, 16) for part in parts)
            composed = unicodedata.normalize("NFC", chr(first) + chr(second)) == chr(code)
            if composed and first in allowed and second in allowed:
                pairs.append((first, second))
    lines = [
        ("allowed", encoded(allowed)),
        ("mark", encoded(code for code in allowed if unicodedata.category(chr(code)).startswith("M"))),
        ("rtl", encoded(code for code in allowed if bidi[code] in ("R", "AL"))),
        ("an", encoded(code for code in allowed if bidi[code] == "AN")),
        ("en", encoded(code for code in allowed if bidi[code] == "EN")),
        ("nsm", encoded(code for code in allowed if bidi[code] == "NSM")),
        ("neutral", encoded(code for code in allowed if bidi[code] in ("ES", "CS", "ET", "ON", "BN"))),
        ("joins_left", encoded(joining["L"] | joining["D"])),
        ("joins_right", encoded(joining["R"] | joining["D"])),
        ("transparent", encoded(joining["T"])),
        ("greek", encoded(scripts["Greek"])),
        ("hebrew", encoded(scripts["Hebrew"])),
        ("japanese", encoded(scripts["Hiragana"] | scripts["Katakana"] | scripts["Han"])),
        *((f"ccc {number}", encoded(codes)) for number, codes in sorted(classed.items())),
        ("compose", " ".join(f"{base36(first)}.{base36(second)}" for first, second in sorted(pairs))),
    ]
    text = "".join(f"{name}: {ranges}\n" for name, ranges in lines)
    for path in sys.argv[1:]:
        with open(path, "w", encoding="ascii") as file:
            file.write(text)


main()
