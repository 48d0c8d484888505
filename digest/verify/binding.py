"""
N2: a number stands where its sentence says, not somewhere else in the source.

Pure. A true number in the wrong place is as wrong as a false one. Three tests, from strict to
mild: the numbers of one sentence exchanged; a number bound to another name in the source; a
number far from the words of its sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Literal

from .contexts import NEAR_CHARACTERS, Context, affinity, claim_context, source_context
from .names import names
from .numbers import Place
from .source import TOKEN, Basis, Source, bare
from .statements import Statement
from .values import Value

LEAST_SHARED = 2
"""Content words of a sentence that stand within three sentences of its number."""
FEW = 3
"""A sentence of so few content words needs to share one."""
MOST_OTHERS, MOST_LIKELY = 100, 24
"""Values of a source that are looked at, and of all those that are weighed."""
NEAREST = 40
"""Characters between a number and the name that it may be bound to."""

Order = Literal["same", "other", "open"]


class Bindings:
    """What each proved number of a statement is bound to, there and in its sources."""

    def __init__(self, statement: Statement, found: Sequence[tuple[Value, tuple[Place, ...]]]):
        self.statement = statement
        self.found = [(v, p) for v, p in found if p and v.kind in {"number", "rank", "date"}]
        self._contexts: dict[int, Context] = {}

    def _claim(self, value: Value) -> Context:
        if id(value) not in self._contexts:
            self._contexts[id(value)] = claim_context(self.statement, value)
        return self._contexts[id(value)]

    def _best(self, value: Value, places: Sequence[Place]) -> float:
        context = self._claim(value)
        return max((affinity(context, source_context(s, v)) for s, v in places[:24]), default=0.0)

    def swapped(self) -> Iterator[tuple[Value, Value]]:
        """Pairs of values that would fit their source better if they changed places."""
        for (left, here), (right, there) in combinations(self.found[:8], 2):
            if left.kind != right.kind or left.unit != right.unit or left.number == right.number:
                continue
            if left.kind == "date" and left.date == right.date:
                continue
            straight = self._best(left, here) + self._best(right, there)
            crossed = self._best(left, there) + self._best(right, here)
            if crossed >= self._needed(straight, self._order(here, there)):
                yield left, right

    def _needed(self, straight: float, order: Order) -> float:
        """How well the crossed reading must fit: the sources' own order speaks too."""
        if order == "other":
            return max(1.0, straight)
        return straight * 1.5 + 8 if order == "same" else straight + 3

    def _order(self, here: Sequence[Place], there: Sequence[Place]) -> Order:
        """Whether sources that put both side by side have them in the claim's order."""
        orders = {
            first.start < second.start
            for source, first in here[:12]
            for other, second in there[:12]
            if source is other and 0 < abs(first.start - second.start) < NEAR_CHARACTERS
        }
        if len(orders) != 1:
            return "open"
        return "same" if orders == {True} else "other"


def is_far(statement: Statement, value: Value, places: Sequence[Place]) -> bool:
    """Whether a value stands nowhere near two content words of its sentence (one, of few)."""
    least = LEAST_SHARED if len(statement.stems) > FEW else min(1, len(statement.stems))
    return all(
        len(statement.stems & source.around(source.sentence_at(found.start))) < least
        for source, found in places[:40]
    )


def bound_elsewhere(
    statement: Statement, value: Value, places: Sequence[Place], basis: Basis
) -> Place | None:
    """
    Another value of the unit that the source binds to the claim's nearest name or row head.

    Only where no place of the value itself has that name, and the other one shares more of
    the claim's words.
    """
    head = _head(statement, value)
    if not head or value.kind != "number":
        return None
    own = max((len(statement.stems & _near_stems(s, v)) for s, v in places[:24]), default=0)
    if any(_holds(head, source, found) for source, found in places[:24]):
        return None
    taken = {each.number for each in statement.values}
    for source in basis.sources:
        for other in source.by_unit.get(value.unit, ())[:MOST_OTHERS]:
            if other.number in taken or other.is_guess or other.is_word != value.is_word:
                continue
            shared = len(statement.stems & _near_stems(source, other))
            if shared > own + (not statement.cells) and _holds(head, source, other):
                return source, other
    return None


def _head(statement: Statement, value: Value) -> frozenset[str]:
    """Words of the row's head, or of the name that stands nearest before or behind a value."""
    if statement.cells:
        return frozenset(bare(word) for word in TOKEN.findall(statement.cells[0]))
    found = names(statement)
    if not found:
        return frozenset()
    gap, nearest = min(
        (max(name.start - value.end, value.start - name.end), name.words) for name in found
    )
    return frozenset(nearest) if gap <= NEAREST else frozenset()


def _near_stems(source: Source, value: Value) -> frozenset[str]:
    return source.stems[source.sentence_at(value.start)]


def _holds(head: frozenset[str], source: Source, value: Value) -> bool:
    """Whether the sentence or row of a value holds all words of a name."""
    start, end = source.sentences[source.sentence_at(value.start)]
    first, last = bisect_left(source.starts, start), bisect_left(source.starts, end)
    return head <= frozenset(source.words[first:last])


def better_fitting(
    statement: Statement, value: Value, places: Sequence[Place], basis: Basis
) -> Place | None:
    """Another value of the unit that the source binds to this claim's words much more closely."""
    if value.kind != "number":
        return None
    context = claim_context(statement, value)
    own = max((affinity(context, source_context(s, v)) for s, v in places[:24]), default=0.0)
    taken = {each.number for each in statement.values}
    best: Place | None = None
    most = own * 2 + 8
    for source, other in _likely(statement, value, _told_in(places, basis), taken):
        fit = affinity(context, source_context(source, other))
        if fit > most:
            best, most = (source, other), fit
    return best


def _told_in(places: Sequence[Place], basis: Basis) -> tuple[Source, ...]:
    """The sources that a claim is about: where its value stands, what it cites, the first."""
    cited = (source for source, _, _ in basis.cited)
    held = (source for source, _ in places[:6])
    return tuple(dict.fromkeys((*basis.sources[:1], *cited, *held)))


def _likely(
    statement: Statement, value: Value, sources: Sequence[Source], taken: set[Decimal]
) -> list[Place]:
    """Values of the unit in sentences that share most with the statement."""
    found: list[tuple[int, int, Source, Value]] = []
    for source in sources:
        for other in source.by_unit.get(value.unit, ())[:MOST_OTHERS]:
            if other.number in taken or other.is_guess or other.is_word != value.is_word:
                continue
            shared = len(statement.stems & _near_stems(source, other))
            if shared:
                found.append((-shared, len(found), source, other))
    found.sort(key=lambda each: each[:2])
    return [(source, other) for _, _, source, other in found[:MOST_LIKELY]]
