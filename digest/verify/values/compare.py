"""
Whether a value of a claim is a value of a source: the same, or the same rounded.

Pure.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from .value import Date, Value

_CENT = Decimal("0.01")


def same(claim: Value, source: Value) -> bool:
    """Whether a source's value is the claim's: kind, number, unit and what it is per."""
    if claim.kind == "date" or source.kind == "date":
        return _same_date(claim, source)
    if claim.kind == "time" or source.kind == "time":
        return (
            claim.kind == source.kind
            and claim.number == source.number
            and (not claim.per or not source.per or claim.per == source.per)
        )
    if claim.kind == "vague":
        return _is_so_many(claim, source)
    if claim.kind == "version" and source.kind == "version":
        return claim.written == source.written
    if {claim.kind, source.kind} & {"version", "rank"} and (claim.unit or source.unit):
        return False
    if {claim.kind, source.kind} == {"version", "rank"}:
        return False
    if claim.kind == "rank" and source.kind == "number" and source.is_word:
        return False
    return _same_number(claim, source) and same_unit(claim, source) and same_per(claim, source)


def _same_number(claim: Value, source: Value) -> bool:
    if {claim.unit, source.unit} == {"", "%"} and (claim.is_fraction or source.is_fraction):
        share, whole = (claim, source) if claim.is_fraction else (source, claim)
        return share.number * 100 == whole.number
    mine, theirs = (claim.number, *claim.also), (source.number, *source.also)
    return any(number in theirs for number in mine)


def same_unit(claim: Value, source: Value) -> bool:
    """Whether units agree; one lent by a neighbour may be missing."""
    if claim.unit == source.unit:
        return True
    if claim.is_fraction or source.is_fraction:
        return {claim.unit, source.unit} <= {"", "%"}
    if claim.measure == source.measure == _CENT and claim.text.lower().endswith(("cent", "cents")):
        return True  # of whichever currency the source is
    if not claim.unit and source.unit in {"s", "month", "x", "point"}:
        return True  # "48" of a "48-hour window": a span's unit may stand in another word
    return (claim.is_loose and not source.unit) or (source.is_loose and not claim.unit)


def same_per(claim: Value, source: Value) -> bool:
    """Whether "a month" is not told as "a year"; where one says nothing, nothing differs."""
    return not claim.per or not source.per or claim.per == source.per


def is_year(value: Value) -> bool:
    """Whether a bare number of four digits may be a year."""
    return not value.unit and value.written.isdigit() and 1900 <= value.number <= 2100


def _is_so_many(claim: Value, source: Value) -> bool:
    """Whether a source's 4,200 are the claim's "thousands"."""
    if source.kind == "vague":
        return claim.number == source.number
    least = claim.number * 2
    return source.kind == "number" and least <= source.number < claim.number * 1000


def rounds_to(claim: Value, source: Value) -> bool:
    """
    Whether a source's value rounds to the claim's at the digits that the claim writes.

    The claim must say that it is rounded, and be on the side that it names.
    """
    if not claim.hedge or claim.kind != "number" or source.kind != "number" or not claim.number:
        return False
    if claim.unit != source.unit or not same_per(claim, source):
        return False
    return is_rounded(claim, source.number)


def is_rounded(claim: Value, exact: Decimal) -> bool:
    """The same for a number of the claim's own unit."""
    if exact <= 0 or claim.number <= 0:
        return False
    if not _on_true_side(claim, exact):
        return False
    written = claim.number
    if _round(exact, claim.digits) == written:
        return True
    # A digit more than is written is never less honest: 9,322 is "about 9,300" and "over 9,000".
    return claim.digits == 1 and _round(exact, 2) == written


def _on_true_side(claim: Value, exact: Decimal) -> bool:
    if claim.hedge in {"over", "least"}:
        return exact >= claim.number
    if claim.hedge in {"under", "most"}:
        return exact <= claim.number
    if claim.hedge == "almost":
        return exact <= claim.number and claim.number - exact <= claim.number / 10
    return True


def _round(number: Decimal, digits: int) -> Decimal:
    """To so many significant digits, halves away from zero."""
    exponent = number.adjusted() - digits + 1
    scaled = number.scaleb(-exponent)
    return (scaled + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR").scaleb(exponent)


# ------------------------------------------------------------------------------ dates


def _same_date(claim: Value, source: Value) -> bool:
    if claim.date is None:  # "2026" as a bare number
        return source.date is not None and _is_its_year(claim, source.date)
    if source.date is None:
        return _is_its_year(source, claim.date) and claim.date[1:7] == (None,) * 6
    return _agrees(claim.date, source.date)


def _is_its_year(number: Value, date: Date) -> bool:
    if number.kind != "number" or number.unit or date.year is None:
        return False
    return number.number == date.year


def _agrees(claim: Date, source: Date) -> bool:
    """Whether all that the claim says of a date is what the source says."""
    if claim.span or source.span:
        return _overlaps(claim, source)
    if claim.decade is not None:
        return claim.decade == source.decade or (
            source.year is not None and claim.decade == source.year // 10 * 10
        )
    if claim.weekday is not None and claim.weekday != _weekday(source):
        return False
    if claim.month is not None and claim.month != source.month:
        return False
    if claim.day is not None and claim.day != source.day:
        return False
    if claim.quarter is not None and claim.quarter != _quarter(source, claim):
        return False
    if claim.half is not None and claim.half != source.half:
        return False
    return _year_agrees(claim, source)


def _year_agrees(claim: Date, source: Date) -> bool:
    if claim.year is None:
        return True
    return claim.year == source.year or (source.year is None and claim.year in source.years)


def _quarter(source: Date, claim: Date) -> int | None:
    if source.quarter is None and source.month and not claim.fiscal:
        return (source.month + 2) // 3
    return source.quarter


def _weekday(date: Date) -> int | None:
    if date.weekday is not None:
        return date.weekday
    day = _day(date)
    return day.weekday() if day else None


def _day(date: Date) -> dt.date | None:
    years = (date.year,) if date.year else date.years[:1]
    if not years or not date.month or not date.day:
        return None
    try:
        return dt.date(years[0], date.month, date.day)
    except ValueError:
        return None


def _overlaps(claim: Date, source: Date) -> bool:
    """Whether a week, month or year named from a distance holds the other date."""
    mine, theirs = _bounds(claim), _bounds(source)
    if mine is None or theirs is None:
        return False
    return mine[0] <= theirs[1] and theirs[0] <= mine[1]


def _bounds(date: Date) -> tuple[dt.date, dt.date] | None:
    if date.span:
        return date.span
    if day := _day(date):
        return day, day
    years = (date.year,) if date.year else date.years[:1]
    if not years:
        return None
    year = years[0]
    try:
        if date.month:
            last = 28 if date.month == 2 else 30
            return dt.date(year, date.month, 1), dt.date(year, date.month, last)
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    except ValueError:
        return None
