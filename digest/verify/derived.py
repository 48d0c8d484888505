"""
N3: a figure that no source states is computed by us from two values that one does.

Pure. A drafter may name the two values; else they are looked for in the cited places, where of
all pairs only those count whose words are the claim's: among ten numbers almost any ratio comes
up by chance. What the figure says of them is read by `relations.py`. Nothing is evaluated but
numbers, dates and + - * /.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, permutations
from math import sqrt
from typing import NamedTuple

from ..types import Derived
from .contexts import Context, claim_context, source_context
from .numbers import Place, places
from .relations import Relation, holds, is_near, relation
from .source import Basis
from .statements import Statement
from .values import Value, values
from .values.compare import is_year, same_per

_TOKEN = re.compile(r"\s*(?:([-+*/()])|(\d{4}-\d\d-\d\d)|([^-+*/()\s]+))")
_MOST_VALUES = 60
_CLOSE = 0.8
"""Of the fit of the best pair, what a pair must have to count."""
_TOGETHER = 1.5
"""How much more two values of one sentence fit."""


class Proof(NamedTuple):
    """The two values that a derived figure rests on."""

    left: Place
    right: Place


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
    kind = relation(value, statement.text)
    if not kind:
        return None
    if named := tuple(_named(value, statement, basis, derived)):
        holding = (p for p in named if holds(value, kind, statement.text, p[0][1], p[1][1]))
        return next((Proof(*pair) for pair in holding), None)
    return _found(value, kind, statement, basis) or _as_share(value, kind, basis)


# ---------------------------------------------------------------------- pairs named


def _named(
    value: Value, statement: Statement, basis: Basis, derived: Sequence[Derived]
) -> Iterator[tuple[Place, Place]]:
    """Pairs of what the drafter's expression for this claim names, each held by a source."""
    for each in derived:
        at = statement.text.lower().find(each.claim.lower().strip()) if each.claim.strip() else -1
        if at < 0 or not at <= value.start < at + len(each.claim) + 1:
            continue
        named = operands(each.expression)
        if not 2 <= len(named) <= 4:
            continue
        found = [held(operand, basis) for operand in named]
        for left, right in permutations(found, 2):
            yield from ((a, b) for a in left[:6] for b in right[:6] if a[1] is not b[1])


def operands(expression: str) -> list[Value]:
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


def held(operand: Value, basis: Basis) -> tuple[Place, ...]:
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


# ---------------------------------------------------------------------- pairs found


def _found(value: Value, kind: Relation, statement: Statement, basis: Basis) -> Proof | None:
    """The pair that gives the figure, where its words are the claim's as much as any pair's."""
    pool = _pool(basis, kind)
    pairs = tuple(_pairs(pool))
    giving = [pair for pair in pairs if _gives(value, kind, statement.text, *pair)]
    if not giving or kind == "span":
        return Proof(*giving[0]) if giving else None
    fitting = _Fitting(value, statement, pool)
    found = max(giving, key=lambda pair: fitting.of_pair(*pair))
    most = max(fitting.of_pair(*pair) for pair in pairs)
    if not most or fitting.of_pair(*found) < most * _CLOSE or fitting.is_stated(kind, found, basis):
        return None
    return Proof(*found)


def _as_share(value: Value, kind: Relation, basis: Basis) -> Proof | None:
    """A share in words that stands as a percentage: "almost two thirds" of 63%."""
    if not (value.is_fraction and value.hedge and kind in {"share", "change"}):
        return None
    for place in _cited(basis, reach=0):
        if place[1].unit == "%" and is_near(value, place[1].number / 100):
            return Proof(place, place)
    return None


def _gives(value: Value, kind: Relation, text: str, left: Place, right: Place) -> bool:
    one, two = left[1], right[1]
    return holds(value, kind, text, one, two) or holds(value, kind, text, two, one)


def _cited(basis: Basis, reach: int = 1) -> Iterator[Place]:
    """Values of the cited passages and so many sentences around; without any, of all sources."""
    spans = [
        (source, source.sentences[numbers[0]][0], source.sentences[numbers[-1]][1])
        for source, numbers in basis.cited_sentences(reach)
        if numbers
    ]
    if not basis.cited:
        spans = [(source, 0, len(source.whole)) for source in basis.sources]
    found: dict[tuple[int, int], Place] = {}
    for source, start, end in spans:
        for value in source.values:
            if start <= value.start and value.end <= end:
                found[id(source), value.start] = source, value  # a column's reading comes last
    yield from found.values()


def _pool(basis: Basis, kind: Relation) -> list[Place]:
    """Values that a figure of this kind may come from."""
    if kind == "span":
        fit = (p for p in _cited(basis) if p[1].kind == "date" or p[1].unit in {"s", "month"})
    else:
        fit = (
            place
            for place in _cited(basis)
            if place[1].kind == "number"
            and not (place[1].is_fraction or place[1].is_guess or is_year(place[1]))
        )
    return list(islice(fit, _MOST_VALUES))


def _pairs(pool: Sequence[Place]) -> Iterator[tuple[Place, Place]]:
    for left, right in combinations(pool, 2):
        one, two = left[1], right[1]
        if one.kind == two.kind and one.unit == two.unit and same_per(one, two):
            yield left, right


class _Fitting:
    """How much the words around values are those around a claim's figure."""

    def __init__(self, value: Value, statement: Statement, pool: Sequence[Place]) -> None:
        self._value = value
        self._claim = claim_context(statement, value)
        self._held = Counter(word for place in pool for word in source_context(*place))

    def of_pair(self, left: Place, right: Place) -> float:
        """Of two values together; those of one sentence belong together."""
        one, two = source_context(*left), source_context(*right)
        near = left[0] is right[0] and _sentence(left) == _sentence(right)
        return self._of(one | two) * (_TOGETHER if near else 1)

    def _of(self, context: Context) -> float:
        """Words that stand beside few of the values say more than those beside all."""
        return sum(
            min(weight, context[word]) / sqrt(self._held[word] or 1)
            for word, weight in self._claim.items()
            if word in context
        )

    def is_stated(self, kind: Relation, pair: tuple[Place, Place], basis: Basis) -> bool:
        """Whether the source states such a figure itself, closer to the claim's words."""
        most = self._of(source_context(*pair[0]) | source_context(*pair[1]))
        return any(
            found.unit == self._value.unit
            and not found.is_guess
            and all(found is not each[1] for each in pair)
            and relation(found, source.whole) == kind
            and self._of(source_context(source, found)) >= most
            for source, found in _cited(basis)
        )


def _sentence(place: Place) -> int:
    return place[0].sentence_at(place[1].start)
