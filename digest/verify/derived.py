"""
N3: a figure that no source states is computed by us from two values that one does.

Pure. What kind of figure it is (a factor, a share, a difference, a span of time) is read from
the claim's own words by the table below, never from the drafter; a drafter may only name the
two values. Nothing is evaluated but numbers, dates and + - * /.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation
from itertools import permutations
from typing import Literal, NamedTuple

from ..types import Derived
from .numbers import Place, places
from .source import Basis
from .statements import Statement
from .values import Value, values
from .values.compare import is_rounded

Relation = Literal["factor", "share", "change", "difference", "span", ""]

_LESS = re.compile(
    r"\b(?:less|lower|cheaper|fewer|below|under|smaller|faster|quicker|shorter|discount|cuts?|drop\w*"
    r"|fell|fall\w*|declin\w*|reduc\w*|sav\w+|off|undercut\w*|shrank|shrink\w*|decreas\w*|down|slash\w*)\b"
)
_MORE = re.compile(
    r"\b(?:more|higher|dearer|costlier|above|over|larger|bigger|greater|longer|slower|rose|ris\w+"
    r"|faster|quicker|grew|grow\w*|gain\w*|jump\w*|increas\w*|up|climb\w*|surg\w*|premium|ahead|lead\w*|better|margin)\b"
)
_APART = re.compile(
    r"\b(?:difference|gap|jump\w*|lead\w*|margin|ahead|behind|more|fewer|less|higher|lower|apart|rise"
    r"|rose|fell|drop\w*|gain\w*|los[st]\w*|up|down|increase\w*|swing|extra|additional)\b"
)
_LATER = re.compile(
    r"\b(?:later|after|within|before|earlier|inside|apart|since|ago|between|gap|took|lasted|in|for)\b"
)
_HEDGE = re.compile(r"\b(?:over|under|above|below|more than|less than|up to) ?$")
_LEVEL = re.compile(
    r"\b(?:from|to|at|with|of) (?:about |some |nearly |almost |roughly |around |over |under |above "
    r"|below |more than |less than |up to |an? )?$"
)
_AROUND = 60
_QUARTER = Decimal("0.25")
_EXACT_WORD = Decimal("0.05")
_LOOSE_WORD = Decimal("0.1")
_TOKEN = re.compile(r"\s*(?:([-+*/()])|(\d{4}-\d\d-\d\d)|([^-+*/()\s]+))")
_MOST_VALUES = 60


class Proof(NamedTuple):
    """The two values that a derived figure rests on."""

    left: Place
    right: Place


def relation(value: Value, statement: Statement) -> Relation:
    """What the claim's words say that a figure is; empty for a figure that states itself."""
    if value.kind != "number":
        return ""
    near = _around(value, statement)
    if value.unit == "x":
        return "factor"
    if value.is_fraction:
        return "share"
    if value.unit == "%" and _LEVEL.search(statement.text[: value.start].lower()):
        return "share"  # "from 40%", "at over 60%": how much there is, not by how much it moved
    if value.unit == "%":
        return "change" if _LESS.search(near) or _MORE.search(near) else "share"
    if value.unit in {"s", "month"}:
        return "span" if _LATER.search(near) else ""
    return "difference" if _APART.search(near) else ""


def _around(value: Value, statement: Statement) -> str:
    """The words around a figure, what hedges it aside."""
    before = statement.text[max(0, value.start - _AROUND) : value.start].lower()
    return _HEDGE.sub("", before) + statement.text[value.end : value.end + _AROUND].lower()


def prove(
    value: Value, statement: Statement, basis: Basis, derived: Sequence[Derived]
) -> Proof | None:
    """
    Two values of one unit that give a claim's figure.

    Args:
        value: The figure.
        statement: Its sentence.
        basis: Its evidence; without named values, a pair stands in its cited places.
        derived: What the drafter says that figures come from.
    """
    kind = relation(value, statement)
    if not kind:
        return None
    for pair in (*_named(value, statement, basis, derived), *_near(basis, kind)):
        if _holds(value, kind, statement, *pair):
            return Proof(*pair)
    return None


# -------------------------------------------------------------------------- the pairs


def _named(
    value: Value, statement: Statement, basis: Basis, derived: Sequence[Derived]
) -> Iterator[tuple[Place, Place]]:
    """Pairs of what the drafter's expression for this claim names, each held by a source."""
    for each in derived:
        at = statement.text.lower().find(each.claim.lower().strip()) if each.claim.strip() else -1
        if at < 0 or not at <= value.start < at + len(each.claim) + 1:
            continue
        operands = _operands(each.expression)
        if not 2 <= len(operands) <= 4:
            continue
        found = [_held(operand, basis) for operand in operands]
        for left, right in permutations(found, 2):
            yield from ((a, b) for a in left[:6] for b in right[:6] if a[1] is not b[1])


def _operands(expression: str) -> list[Value]:
    """The values of an expression; empty where it holds anything but values and + - * /."""
    found: list[Value] = []
    at = 0
    expression = expression.strip()[:200]
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if match is None or match.end() == at:
            return []
        at = match.end()
        if match[1]:
            continue
        read = [v for v in values(match[2] or match[3]) if not v.is_guess]
        if len(read) != 1:
            return []
        found += read
    return found


def _held(operand: Value, basis: Basis) -> tuple[Place, ...]:
    """Where an operand stands; the source gives its unit, where the expression has none."""
    if operand.unit or operand.kind == "date":
        return places(operand, basis)
    return tuple(
        (source, found)
        for source in basis.sources
        for found in source.by_number.get(operand.number, ())
        if found.kind in {"number", "version"}
    ) or _scaled(operand, basis)


def _scaled(operand: Value, basis: Basis) -> tuple[Place, ...]:
    """Where a numeral stands as it is written: "1.6" of a source's "1.6T"."""
    return tuple(
        (source, found)
        for source in basis.sources
        for found in source.values
        if found.written and found.written == operand.written and found.kind == "number"
    )


def _near(basis: Basis, kind: Relation) -> Iterator[tuple[Place, Place]]:
    """Pairs of the cited passages and a sentence around each; of all that a short basis holds."""
    pool: list[Place] = []
    for source, numbers in basis.cited_sentences():
        spans = [source.sentences[number] for number in numbers if number < len(source.sentences)]
        if spans:
            start, end = spans[0][0], spans[-1][1]
            pool += [(source, v) for v in source.values if start <= v.start and v.end <= end]
    if not basis.cited:
        pool = [(source, v) for source in basis.sources for v in source.values]
    if kind == "span":
        pool = [p for p in pool if p[1].kind == "date" or p[1].unit in {"s", "month"}]
    else:
        pool = [p for p in pool if p[1].kind == "number" and not p[1].is_fraction]
    for left, right in permutations(pool[:_MOST_VALUES], 2):
        if left[1].kind == right[1].kind and left[1].unit == right[1].unit:
            yield left, right


# ---------------------------------------------------------------------- the relations


def _holds(value: Value, kind: Relation, statement: Statement, left: Place, right: Place) -> bool:
    one, two = left[1], right[1]
    if kind == "span":
        return _is_span(value, one, two)
    if one.kind == "date" or two.kind == "date" or one.unit != two.unit:
        return False
    try:
        exact = _exact(value, kind, statement, one.number, two.number)
    except (DivisionByZero, InvalidOperation):
        return False
    if exact is None or exact <= 0:
        return False
    if kind == "difference" and not (one.unit == value.unit or value.unit == "point"):
        return False
    return _is_near(value, exact)


def _exact(
    value: Value, kind: Relation, statement: Statement, one: Decimal, two: Decimal
) -> Decimal | None:
    """What two values give under a relation, in the claim's own unit."""
    if kind == "difference":
        return one - two
    if one < 0 or two <= 0:
        return None
    if kind == "factor":
        return one / two
    if kind == "share":
        return one / two * (100 if value.unit == "%" else 1)
    near = _around(value, statement)
    change = (one - two) / two * 100
    if change < 0 and _LESS.search(near):
        return -change
    return change if change > 0 and _MORE.search(near) else None


def _is_near(value: Value, exact: Decimal) -> bool:
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
        first, second = _day(one), _day(two)
        if first is None or second is None or second <= first:
            return False
        exact = Decimal((second - first).days)
        if value.unit == "month":
            exact = Decimal((second.year - first.year) * 12 + second.month - first.month)
        else:
            exact *= 86400
    elif one.unit == value.unit and one.unit == two.unit:
        exact = one.number - two.number
    else:
        return False
    if exact <= 0:
        return False
    if value.hedge in {"under", "most"}:
        return exact <= value.number and value.number - exact <= exact
    return exact == value.number or (bool(value.hedge) and is_rounded(value, exact))


def _day(value: Value) -> dt.date | None:
    date = value.date
    if date is None or not date.month or not date.day:
        return None
    year = date.year or next(iter(date.years), None)
    try:
        return dt.date(year, date.month, date.day) if year else None
    except ValueError:
        return None
