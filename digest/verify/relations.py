"""
What a derived figure says of two values, and whether it says so truly.

Pure. The relation (a factor, a share, a change, a difference, a span of time) is read from the
claim's own words by the table below, never from the drafter.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, DivisionByZero, InvalidOperation
from typing import Literal

from .values import Date, Value
from .values.compare import is_rounded

Relation = Literal["factor", "share", "change", "difference", "span", ""]

_LESS = re.compile(
    r"\b(?:less|lower|cheaper|fewer|below|under|smaller|shorter|discount|cuts?|drop\w*"
    r"|fell|fall\w*|declin\w*|reduc\w*|sav\w+|off|undercut\w*|shrank|shrink\w*|decreas\w*|down|slash\w*)\b"
)
_MORE = re.compile(
    r"\b(?:more|higher|dearer|costlier|above|over|larger|bigger|greater|longer|rose|ris(?:e[ns]?|ing)"
    r"|grew|grow\w*|gain\w*|jump\w*|increas\w*|up|climb\w*|surg\w*|premium|ahead|lead\w*|better|margin)\b"
)
_FASTER = re.compile(r"\b(?:faster|quicker|sooner|speedier)\b")
_SLOWER = re.compile(r"\b(?:slower)\b")
_APART = re.compile(
    r"\b(?:difference|gap|jump\w*|lead\w*|margin|ahead|behind|more|fewer|less|higher|lower|apart|rise"
    r"|rose|fell|drop\w*|gain\w*|los[st]\w*|up|down|increase\w*|swing|extra|additional|trail\w*"
    r"|left|leav\w+|remain\w*|rest|beat\w*|better|worse|add\w*|short)\b"
)
_LATER = re.compile(
    r"\b(?:later|after|within|before|earlier|inside|apart|since|ago|between|gap|took|lasted|in|for)\b"
)
_HEDGE = re.compile(r"\b(?:over|under|above|below|more than|less than|up to) ?$")
_LEVEL = re.compile(
    r"\b(?:from|to|at|with|of) (?:about |some |nearly |almost |roughly |around |over |under |above "
    r"|below |more than |less than |up to |an? )?$"
)
_BY = re.compile(
    r"\bby (?:about |some |nearly |almost |roughly |around |over |under |more than |less than "
    r"|up to |just )?(?:an? |one[ -])?$"
)
_THAN = re.compile(
    r" (?:less|more|lower|higher|fewer|cheaper|dearer|smaller|larger|bigger|faster|slower|shorter"
    r"|longer|quicker|off)\b"
)
_AROUND = 60
_QUARTER = Decimal("0.25")
_EXACT_WORD = Decimal("0.05")
_LOOSE_WORD = Decimal("0.1")


def relation(value: Value, text: str) -> Relation:
    """What the words around a figure say that it is; empty for one that states itself."""
    if value.kind != "number":
        return ""
    near = _around(value, text)
    if value.unit == "x":
        return "factor"
    if value.is_fraction:
        return "change" if _is_change(value, text) else "share"
    if value.unit == "%" and _LEVEL.search(text[: value.start].lower()):
        return "share"  # "from 40%", "at over 60%": how much there is, not by how much it moved
    if value.unit == "%":
        return "change" if any(_moves(near, "")) else "share"
    if value.unit in {"s", "month"}:
        return "span" if _LATER.search(near) else ""
    return "difference" if _APART.search(near) else ""


def _is_change(value: Value, text: str) -> bool:
    """Whether a fraction says by how much something moved: "fell by a third", "a third less"."""
    before, after = text[max(0, value.start - 30) : value.start], text[value.end : value.end + 16]
    return bool(_BY.search(before.lower()) or _THAN.match(after.lower()))


def _around(value: Value, text: str) -> str:
    """The words around a figure, what hedges it aside."""
    before = text[max(0, value.start - _AROUND) : value.start].lower()
    return _HEDGE.sub("", before) + text[value.end : value.end + _AROUND].lower()


def gives(value: Value, kind: Relation, text: str, one: Value, two: Value) -> Decimal | None:
    """What two values, in this order, give under a relation; None where they give nothing."""
    if kind == "span" or "date" in {one.kind, two.kind} or one.unit != two.unit:
        return None
    try:
        return _exact(value, kind, text, one, two)
    except (DivisionByZero, InvalidOperation):
        return None


def holds(value: Value, kind: Relation, text: str, one: Value, two: Value) -> bool:
    """Whether two values, in this order, give a figure under a relation."""
    if kind == "span":
        return _is_span(value, one, two)
    exact = gives(value, kind, text, one, two)
    if exact is None or exact <= 0:
        return False
    if kind == "difference" and not (one.unit == value.unit or value.unit == "point"):
        return False
    return is_near(value, exact)


def _exact(value: Value, kind: Relation, text: str, one: Value, two: Value) -> Decimal | None:
    """What two values give under a relation, in the claim's own unit."""
    if kind == "difference":
        return one.number - two.number
    if one.number < 0 or two.number <= 0:
        return None
    whole = 100 if value.unit == "%" else 1
    if kind == "factor":
        return one.number / two.number
    if kind == "share":
        return one.number / two.number * whole
    change = (one.number - two.number) / two.number * whole
    less, more = _moves(_around(value, text), one.unit)
    if change < 0 and less:
        return -change
    return change if change > 0 and more else None


def _moves(near: str, unit: str) -> tuple[bool, bool]:
    """Whether the words say less, and more: what is faster takes less time, or does more in it."""
    faster, slower = bool(_FASTER.search(near)), bool(_SLOWER.search(near))
    if unit in {"s", "month"}:
        faster, slower = slower, faster
    return bool(_LESS.search(near)) or slower, bool(_MORE.search(near)) or faster


def is_near(value: Value, exact: Decimal) -> bool:
    """Whether a figure says this: to the digits written, or as loosely as its words allow."""
    if value.is_word or value.is_fraction:
        return _is_near_word(value, exact)
    if value.hedge in {"under", "over"} and value.unit == "x":
        return _is_bound(value, exact)
    if value.hedge:
        return is_rounded(value, exact)
    digits = max(value.digits, len(str(int(value.number))))
    step = Decimal(1).scaleb(value.number.adjusted() - digits + 1) if value.number else Decimal(1)
    return abs(exact - value.number) <= step / 2


def _is_near_word(value: Value, exact: Decimal) -> bool:
    """The same for "half", "a third", "doubled": words are rounder than digits."""
    if value.hedge in {"under", "over", "least", "most"}:
        return _is_bound(value, exact)
    if value.hedge == "almost":
        return exact <= value.number and value.number - exact <= value.number * _LOOSE_WORD
    slack = _LOOSE_WORD if value.hedge == "about" else _EXACT_WORD
    return abs(exact - value.number) <= value.number * slack


def _is_bound(value: Value, exact: Decimal) -> bool:
    """Under or over: on that side, and within a quarter of the true value."""
    if abs(value.number - exact) > exact * _QUARTER:
        return False
    if value.hedge in {"under", "most"}:
        return exact < value.number
    return exact > value.number


def _is_span(value: Value, one: Value, two: Value) -> bool:
    """A difference of dates or of times: exact, or at most as long where it says "within"."""
    if one.kind == "date" and two.kind == "date":
        found = _months(one, two) if value.unit == "month" else _days(one, two)
        if found is None:
            return False
        exact = Decimal(found if value.unit == "month" else found * 86400)
    elif one.unit == value.unit and one.unit == two.unit:
        exact = one.number - two.number
    else:
        return False
    if exact <= 0:
        return False
    if value.hedge in {"under", "most"}:
        return exact <= value.number and value.number - exact <= exact
    return exact == value.number or (bool(value.hedge) and is_rounded(value, exact))


def _days(one: Value, two: Value) -> int | None:
    """Days from the second date to the first; None where they are no days."""
    first, second = _day(two), _day(one)
    return (second - first).days if first and second else None


def _months(one: Value, two: Value) -> int | None:
    """Months from the second date to the first; whole years, where a month is missing."""
    late, early = one.date, two.date
    if late is None or early is None:
        return None
    last, first = _year(late), _year(early)
    if not last or not first:
        return None
    of_year = late.month - early.month if late.month and early.month else 0
    return 12 * (last - first) + of_year


def _year(date: Date) -> int | None:
    return date.year or next(iter(date.years), None)


def _day(value: Value) -> dt.date | None:
    date = value.date
    if date is None or not date.month or not date.day:
        return None
    year = _year(date)
    try:
        return dt.date(year, date.month, date.day) if year else None
    except ValueError:
        return None
