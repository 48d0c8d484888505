"""
N2 across sentences: two numbers exchanged, one in each of two that stand together.

Pure. Each sentence alone has a true number, only the other's: "Orrin 4 scored 58.9%. Orrin 3
scored 71.3%." Both must fit the other's place in the sources much better than their own, and no
sentence between them or pronoun may explain it, so only neighbours of a block are asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .binding import Bindings
from .judged import Judged, Rules
from .problems import error
from .statements import Statement
from .values import Value

_EACH, _MORE, _BEYOND = 4, 1.5, 8
"""
How much better two numbers fit when they change places: each by so much, or both together so many
times and so much more. Of 2,144 pairs of honest sentences none does.
"""
_EXPECTED = "each number where its source has it; these two look exchanged between {} and {}"


def exchanged_across(judged: Sequence[Judged], rules: Rules) -> None:
    """Adds a problem to both of two neighbouring statements whose numbers look exchanged."""
    for one, two in pairwise(judged):
        found = sorted(_pairs(one, two), key=lambda pair: not pair[0].unit)
        for left, right in found[:1]:
            expected = _EXPECTED.format(one.statement.where, two.statement.where)
            for each in (one, two):
                said, told = each.statement, f"{left.text} … {right.text}"
                each.problems.append(
                    error("N2", said.where, told, expected, rules.outcome, statement=said.text)
                )


def _pairs(one: Judged, two: Judged) -> Iterator[tuple[Value, Value]]:
    here, there = _bindings(one), _bindings(two)
    for left, at_left in here.found[:6]:
        for right, at_right in there.found[:6]:
            if not here.may_be_exchanged(left, right) or _has(two.statement, left):
                continue
            if _has(one.statement, right):
                continue
            pair = {left.number, right.number}
            own = here.fit(left, at_left, pair), there.fit(right, at_right, pair)
            other = here.fit(left, at_right, pair), there.fit(right, at_left, pair)
            gain = min(theirs - mine for mine, theirs in zip(own, other, strict=True))
            if gain >= _EACH or (gain > 0 and sum(other) >= sum(own) * _MORE + _BEYOND):
                yield left, right


def _bindings(judged: Judged) -> Bindings:
    return Bindings(judged.statement, judged.numbers)


def _has(statement: Statement, value: Value) -> bool:
    """Whether a statement has a number too: then it is told of both."""
    return any(each.number == value.number for each in statement.values)
