"""
What a numeral means: digits with the signs that group them, in the ways of several languages.

Pure. "1,234.5", "1.234,5", "1 234,5", "1'234.5" and "12,34,567" are read; "2.1.3" is a version.
Source: CLDR 46, number symbols (grouping and decimal separators by locale)
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

COMMA_DECIMAL = frozenset(
    "bg ca cs da de el es et fi fr hr hu id is it lt lv nb nl nn no pl pt ro ru sk sl sr sv tr uk "
    "vi".split()
)
"""Languages that write 3,5 and 1.000."""

NUMERAL = re.compile(r"\d{1,3}(?: \d{3})++(?!\d)(?:,\d{1,2}(?!\d))?|\d++(?:[.,']\d++)*+")
_MOST_DIGITS = 40


class Numeral(NamedTuple):
    """One reading of a numeral, and what else it may be."""

    number: Decimal | None
    """None for a version or a number of absurd length."""
    also: tuple[Decimal, ...]
    digits: int


def numeral(written: str, language: str = "", *, is_certain: bool = False) -> Numeral:
    """
    Read a numeral as `NUMERAL` finds it.

    Args:
        written: Digits and separators.
        language: Of the text (BCP 47), where it is known.
        is_certain: Its words are of that language too, so that 9.000 is read in one way.
    """
    if len(written) > _MOST_DIGITS:
        return Numeral(None, (), 1)
    is_comma_decimal = language.partition("-")[0].lower() in COMMA_DECIMAL
    readings = tuple(dict.fromkeys(_readings(written, is_comma_decimal, not language)))
    readings = readings[:1] if is_certain else readings
    if not readings:
        return Numeral(None, (), 1)
    return Numeral(Decimal(readings[0]), tuple(map(Decimal, readings[1:])), _digits(readings[0]))


def _readings(written: str, is_comma_decimal: bool, is_unknown: bool) -> list[str]:
    signs = [sign for sign in written if not sign.isdigit()]
    if not signs:
        return [written]
    groups = re.split(r"[ .,']", written)
    bare = "".join(groups)
    kinds = set(signs)
    if len(kinds) > 1:
        return _mixed(written, signs, groups)
    grouped = _is_grouped(groups)
    if kinds <= {" ", "'"}:
        return [bare] if grouped else []
    if len(signs) > 1:
        return [bare] if grouped else []
    decimal = f"{groups[0]}.{groups[1]}"
    if not grouped:
        return [decimal]
    comma = kinds == {","}
    if comma == is_comma_decimal:
        return [decimal, bare] if is_unknown or is_comma_decimal else [decimal]
    return [bare, decimal] if is_comma_decimal else [bare]


def _mixed(written: str, signs: list[str], groups: list[str]) -> list[str]:
    """The last sign parts the decimals where it occurs once, and the others group."""
    is_last_alone = len(set(signs[:-1])) == 1 and signs[-1] not in signs[:-1]
    if is_last_alone and signs[-1] in ".," and _is_grouped(groups[:-1]):
        return [f"{''.join(groups[:-1])}.{groups[-1]}"]
    return []


def _is_grouped(groups: list[str]) -> bool:
    """Groups of three, or the Indian twos with a three at the end; none begins with a lone 0."""
    first, *rest = groups
    if not 1 <= len(first) <= 3 or first.startswith("0") or len(rest[-1]) != 3:
        return False
    return all(len(g) == 3 for g in rest) or (
        len(first) <= 2 and all(len(g) == 2 for g in rest[:-1])
    )


def _digits(reading: str) -> int:
    """Significant digits; the trailing zeros of a whole number are not written as such."""
    if "." in reading:
        return max(1, len(reading.replace(".", "").lstrip("0")))
    return len(reading.strip("0")) or 1
