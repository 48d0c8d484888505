"""
Numbers that stand side by side and share a unit: "5 to 7 GB", "$5/30", "six to eight hours".

Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .compare import is_year
from .numerals import NUMERAL, numeral
from .reading import Reading
from .units import unit_of
from .value import Value

_PAIRED = re.compile(r" ?(?:-|/|to|and|or|through|versus|vs\.?|,) ?$")


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
