"""
Numbers that share a unit which is said once: "5 to 7 GB", "$5/30", "58 euros, by others' count 96".

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .compare import is_year
from .numerals import NUMERAL, numeral
from .reading import Reading
from .units import unit_of
from .value import Value

_PAIRED = re.compile(r" ?(?:-|/|to|and|or|through|versus|vs\.?|,) ?$")


_NOTHING_COUNTED = re.compile(r" ?(?:[.,;:!?)\]|—\n]|$)")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n")
_CONTRAST = re.compile(r", (?:[^\W\d_]+ ){1,2}")
_FARTHEST = 120
"""Characters to the amount whose unit a number may share."""


def share_units(reading: Reading) -> None:
    """One unit for both: "5 to 7 GB", "$5/30", "between 3 and 6 months"."""
    found = reading.found
    for index in range(len(found) - 2, -1, -1):
        left, right = found[index], found[index + 1]
        if left.kind != "number" or right.kind != "number" or right.is_guess:
            continue
        gap = reading.text[left.end : max(left.end, right.start)]
        if len(gap) > 12 or left.is_word != right.is_word or not _PAIRED.fullmatch(gap):
            continue
        if right.unit and not left.unit and not is_year(left):
            left = found[index] = _lent(left, right, reading.text)
        elif left.has_sign and not right.unit and "," not in gap:
            lent = _lent(replace(left, unit=""), replace(right, unit=left.unit), reading.text)
            left = found[index] = replace(lent, unit=left.unit)
            right = found[index + 1] = replace(right, unit=left.unit, is_loose=True)
        if "/" in gap and right.per and not left.per:
            found[index] = replace(left, per=right.per)


def lend_units(reading: Reading) -> None:
    """
    A number that counts nothing, with the unit of the amount before it in its sentence, or right
    behind it: "96 euros more, the utility says 58", "31, not 34 tonnes".
    """
    found, text = reading.found, reading.text
    last: Value | None = None
    for index, value in enumerate(found):
        if value.kind != "number" or value.is_guess or value.is_fraction:
            continue
        if value.unit:
            last = value
            continue
        if is_year(value) or not _NOTHING_COUNTED.match(text, value.end):
            continue
        lender = last if last and _is_one_sentence(text, last.end, value.start) else None
        lender = lender or _behind(found, index, text)
        if lender is None or lender.unit == "x" or (lender.power and not value.power):
            continue
        found[index] = replace(
            value,
            unit=lender.unit,
            number=value.number * lender.measure,
            measure=lender.measure,
            is_loose=True,
            also=(value.number, *(other * lender.measure for other in value.also)),
        )


def _is_one_sentence(text: str, start: int, end: int) -> bool:
    return end - start <= _FARTHEST and not _SENTENCE_END.search(text, start, end)


def _behind(found: Sequence[Value], index: int, text: str) -> Value | None:
    """The amount right behind a number, past a comma and a word or two: ", not 34 tonnes"."""
    after = found[index + 1] if index + 1 < len(found) else None
    if after is None or after.kind != "number" or not after.unit or after.is_fraction:
        return None
    return after if _CONTRAST.fullmatch(text, found[index].end, after.start) else None


def _lent(left: Value, right: Value, text: str) -> Value:
    """A number with the unit and power of ten that stand behind its neighbour."""
    if left.is_word and right.is_word and (unit := unit_of(right.text.lower().split()[-1])):
        number = left.number * unit.factor
        return replace(left, unit=right.unit, number=number, is_loose=True, also=(left.number,))
    numeral_ = NUMERAL.search(text, right.start, right.end)
    own = numeral(numeral_.group()).number if numeral_ else None
    if right.is_word or own is None or not own or left.number >= 10000:
        return replace(left, unit=right.unit, is_loose=True) if right.unit == "%" else left
    factor = right.number / own
    return replace(
        left, unit=right.unit, number=left.number * factor, is_loose=True, also=(left.number,)
    )
