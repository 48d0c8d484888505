"""
Values that begin with a digit: amounts, ranks, versions, decades and dates in figures.

Pure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from .dates import MONTHS, DateReader
from .hedges import hedged
from .measures import (
    CURRENCY_BEFORE,
    SEPARATE,
    currency_before,
    magnitude,
    per_behind,
    unit_behind,
)
from .numerals import NUMERAL, numeral
from .parts import part_of
from .reading import Reading
from .units import CURRENCIES, LETTERS, Unit, unit_of
from .value import Date, Value

_LETTERS_AT = re.compile(r"[^\W\d_]+")
_RANK_BEFORE = re.compile(r"(?:#|\bno\. ?|\bnumber |\branked |\brank |\bnos\. ?)$")
_RANK_ENDS = frozenset("#.rdk")
_NAME_BEFORE = re.compile(r"(?:[A-Z][A-Za-z]*|[A-Za-z]+\d[A-Za-z\d.]*|\d[\d.]*[A-Z][A-Za-z]*)-$")
_VERSION_BEFORE = re.compile(r"(?:\bv|\bversion |\brelease |[A-Z][A-Za-z]+ )$")
_NO_NAME = frozenset(
    "about above after all almost an and another any around as at before below between both but by "
    "every exactly for from he in it its just last least most nearly next no of on only or over "
    "roughly she some than that the their then these they this those to top under until up we when "
    "while with within also".split()
)
"""Words that begin a sentence with a number behind them, and name nothing."""


class DigitReader:
    """
    Args:
        reading: The text; what is found is added to it.
        dates: Asked first, since a date begins with a digit too.
    """

    def __init__(self, reading: Reading, dates: DateReader) -> None:
        self._reading = reading
        self._dates = dates
        self._text, self._lower, self._language, self._shown = (
            reading.text,
            reading.lower,
            reading.language,
            reading.shown,
        )
        self._add, self._make = reading.add, reading.make

    def at(self, at: int) -> int:
        """Read what begins with a digit; returns where to go on."""
        before = self._text[at - 1 : at]
        if before.isalpha() and not self._is_version_sign(at) and not self._is_currency_code(at):
            return self._name_end(at)
        if before == "." and self._text[at - 2 : at - 1].isdigit():
            return self._name_end(at)
        if not before.isalpha():
            dates = self._dates.at_digit(at)
            if dates:
                return self._add(*(hedged(value, self._lower) for value in dates))
        match = NUMERAL.match(self._text, at)
        if match is None:
            return at + 1
        end = match.end()
        if of := part_of(self._reading, at, end):
            return self._add(of)
        if (
            before == "-"
            and _NAME_BEFORE.search(self._text, max(0, at - 24), at)
            and not self._is_free(at)
        ):
            return self._name_end(end)
        return self._numeral(at, end)

    def _is_version_sign(self, at: int) -> bool:
        return (
            self._lower[at - 1 : at] == "v"
            and not self._text[at - 2 : at - 1].isalnum()
            and (self._text[at - 1] == "v")
        )

    def _is_currency_code(self, at: int) -> bool:
        return bool(
            re.fullmatch(r"(?:.*\W)?(?:USD|EUR|GBP|CHF|JPY|CNY)", self._text[max(0, at - 6) : at])
        )

    def _is_free(self, at: int) -> bool:
        """Whether a number behind a hyphen stands for itself: "mid-2026", "top-10"."""
        head = re.search(r"([A-Za-z]+)-$", self._text[max(0, at - 24) : at])
        word = head[1].lower() if head else ""
        return word in {
            "mid",
            "pre",
            "post",
            "sub",
            "top",
            "under",
            "over",
            "late",
            "early",
            "non",
        } or (word in MONTHS)

    def _name_end(self, at: int) -> int:
        match = re.compile(r"[\w.-]*").match(self._text, at)
        return max(at + 1, match.end() if match else at + 1)

    def _numeral(self, at: int, end: int) -> int:
        written = self._text[at:end]
        reading = numeral(written, self._language)
        if reading.number is None:
            return self._add(self._make(at, end, kind="version", written=written))
        attached = _LETTERS_AT.match(self._text, end)
        scale, unit, stop = 0, None, end
        is_money = currency_before(self._reading, at)
        if attached:
            letters = attached.group()
            if self._text[attached.end() : attached.end() + 1].isdigit():
                return self._name_end(end)
            if letters.lower() in {"st", "nd", "rd", "th"}:
                return self._add(self._make(at, attached.end(), kind="rank", number=reading.number))
            if letters == "s" and re.fullmatch(r"(?:1[5-9]|20)?\d0", written):
                return self._decade(at, attached.end(), written)
            found = self._attached(letters, is_money is not None)
            if found is None:
                return self._name_end(end)
            scale, unit = found
            stop = attached.end()
            rate = SEPARATE.match(self._text, end) if self._text[stop : stop + 1] == "/" else None
            if rate and (together := unit_of(rate[1])):
                unit, stop = together, rate.end()
        if not scale and unit is None:
            scale, stop = magnitude(self._reading, stop)
        if unit is None:
            unit, stop = unit_behind(self._reading, stop, is_money)
        unit = is_money or unit
        return self._finish(
            at, stop, reading.number, reading.also, reading.digits, scale, unit, written
        )

    def _finish(
        self,
        at: int,
        stop: int,
        number: Decimal,
        also: tuple[Decimal, ...],
        digits: int,
        scale: int,
        unit: Unit | None,
        written: str,
    ) -> int:
        factor = Decimal(10) ** scale * (unit.factor if unit else 1)
        near = self._lower[max(0, at - 2) : at].strip()[-1:]
        rank = (
            not unit
            and not scale
            and near in _RANK_ENDS
            and _RANK_BEFORE.search(self._lower, max(0, at - 10), at)
        )
        version = (
            not unit
            and not scale
            and ("." in written or (written.isdigit() and len(written) < 4))
            and self._follows_name(at)
        )
        is_money = unit is not None and unit.dimension in CURRENCIES
        sign = CURRENCY_BEFORE.search(self._text, max(0, at - 6), at) if is_money else None
        value = self._make(
            sign.start() if sign else at,
            stop,
            kind="rank" if rank else "version" if version else "number",
            number=number * factor,
            unit=unit.dimension if unit else "",
            digits=digits,
            also=tuple(other * factor for other in also),
            written=written,
            per=per_behind(self._reading, stop, is_money=is_money),
            measure=unit.factor if unit else Decimal(1),
            power=scale,
            has_sign=sign is not None,
        )
        return self._add(value)

    def _follows_name(self, at: int) -> bool:
        """Whether a bare number belongs to the word before it: "Orrin 4", "version 0.31"."""
        match = _VERSION_BEFORE.search(self._text, max(0, at - 30), at)
        return match is not None and match.group().strip().lower() not in _NO_NAME

    def _attached(self, letters: str, is_money: bool) -> tuple[int, Unit | None] | None:
        """What letters that touch a numeral mean: a power of ten, a unit; None: it is a name."""
        if is_money and letters in {"m", "b", "t"}:
            return {"m": 6, "b": 9, "t": 12}[letters], None
        if letters in LETTERS:
            return LETTERS[letters], None
        if letters in {"x", "X"}:
            return 0, unit_of("x")
        if len(letters) == 1 and letters.isupper() and letters not in {"W", "V"}:
            return None
        found = unit_of(letters)
        return (0, found) if found else None

    def _decade(self, at: int, end: int, written: str) -> int:
        year = int(written) + (1900 if len(written) == 2 and int(written) > 20 else 0)
        value = Value(at, end, self._shown[at:end], "date", date=Date(decade=year))
        return self._add(value)
