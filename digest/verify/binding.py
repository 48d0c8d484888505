"""
N2: a number stands where its sentence says, not somewhere else in the source.

Pure. A true number in the wrong place is as wrong as a false one. Three tests, from strict to
mild: the numbers of one sentence exchanged; a number bound to another name in the source; a
number far from the words of its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Literal

from ..text import stem
from ..text.tokens import stop_words
from .contexts import (
    NEAR_CHARACTERS,
    Context,
    affinity,
    beside,
    claim_context,
    is_label,
    is_like,
    source_context,
)
from .names import names
from .numbers import Place
from .source import TOKEN, Basis, Source, bare
from .statements import Statement
from .values import Value
from .values.compare import is_year

LEAST_SHARED = 2
"""Content words of a sentence that stand within three sentences of its number."""
FEW = 3
"""A sentence of so few content words needs to share one."""
MOST_OTHERS, MOST_LIKELY = 100, 24
"""Values of a source that are looked at, and of all those that are weighed."""
NEAREST = 40
"""Characters between a number and the name that it may be bound to."""

_BESIDE = 9
"""What the same value of another kind beside two numbers weighs."""
_THING = re.compile(
    r" (?:of (?:the |its |our |all )?[\d,.]*\d )?(?:[a-z]+ (?=[a-z]+s\b))?([a-z]{3,})"
)
_PART = re.compile(r" of (?:the |its |our |all )?[\d.,]*\d ")
_DETERMINER = re.compile(r"\b(?:the|its|their|his|her|our|this|that)\s$")

Order = Literal["same", "other", "open"]


class Bindings:
    """What each proved number of a statement is bound to, there and in its sources."""

    def __init__(self, statement: Statement, found: Sequence[tuple[Value, tuple[Place, ...]]]):
        self.statement = statement
        self.found = [(v, p) for v, p in found if p and v.kind in {"number", "rank", "date"}]
        self._contexts: dict[int, Context] = {}

    def _claim(self, value: Value) -> Context:
        if id(value) not in self._contexts:
            self._contexts[id(value)] = claim_context(self.statement, value, in_sentence=True)
        return self._contexts[id(value)]

    def fit(self, value: Value, places: Sequence[Place], pair: Collection[Decimal]) -> float:
        """How well a value of the claim fits the best of some places."""
        context = self._claim(value)
        said = beside(self.statement.values, self.statement.text, value, pair)
        return max(
            (
                affinity(context, source_context(source, found, in_sentence=True))
                + (_BESIDE if said and said == _beside(source, found, pair) else 0)
                for source, found in places[:24]
            ),
            default=0.0,
        )

    def swapped(self) -> Iterator[tuple[Value, Value]]:
        """Pairs of values that would fit their source better if they changed places."""
        for (left, here), (right, there) in combinations(self.found[:8], 2):
            if not self.may_be_exchanged(left, right):
                continue
            if not self._may_change_places(left, right) or self._count_right(
                (left, here), (right, there)
            ):
                continue
            pair = {left.number, right.number}
            straight = self.fit(left, here, pair) + self.fit(right, there, pair)
            crossed = self.fit(left, there, pair) + self.fit(right, here, pair)
            if crossed >= self._needed(straight, self._order(here, there)):
                yield left, right

    def may_be_exchanged(self, left: Value, right: Value) -> bool:
        """Whether two values differ and are of one kind and unit."""
        if left.kind != right.kind or left.unit != right.unit or left.number == right.number:
            return False
        return left.kind != "date" or left.date != right.date

    def _may_change_places(self, left: Value, right: Value) -> bool:
        """Of a year or version and a count: whether the label stands where a count does."""
        if is_like(left, right):
            return True
        label, other = (left, right) if is_label(left) else (right, left)
        text = self.statement.text
        is_named = _DETERMINER.search(text[: label.start])  # "the 2026 election"
        counts = bool(_counted(text, label)) and not is_named
        return counts and not (is_year(label) and _counted(text, other))

    def _count_right(
        self, left: tuple[Value, Sequence[Place]], right: tuple[Value, Sequence[Place]]
    ) -> bool:
        """
        Whether one of two numbers counts what it counts in its source, where the other number
        does not, and the other one counts nothing wrong.
        """
        found = [self._counts(value, places) for value, places in (left, right)]
        (here, own), (there, others) = found
        if here and here in own and here not in others:
            return not there or there in others
        return bool(there and there in others and there not in own) and (not here or here in own)

    def _counts(self, value: Value, places: Sequence[Place]) -> tuple[str, set[str]]:
        """What a number counts in the claim, and in its sources."""
        text = self.statement.text
        is_free = not value.unit and not _PART.match(text, value.end)
        here = _counted(text, value) if is_free else ""
        return here, {_counted(source.whole, found) for source, found in places[:24]}

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
        is_foreign = any(source.meanings for source, _ in here[:12])
        if len(orders) != 1 or (is_foreign and orders == {False}):
            return "open"  # another language may say it the other way round
        return "same" if orders == {True} else "other"


def _beside(source: Source, value: Value, pair: Collection[Decimal]) -> str:
    return beside(source.values_near(value), source.whole, value, pair)


def _counted(text: str, value: Value) -> str:
    """The stem of the thing that a number counts, right behind it: "214 roofs"; empty for none."""
    match = _THING.match(text, value.end)
    if match is None or match[1] in stop_words():
        return ""
    return stem(match[1])


def is_far(statement: Statement, places: Sequence[Place], basis: Basis) -> bool:
    """
    Whether a value stands nowhere near two content words of its sentence (one, of few).

    In a cited passage of another language it is near: few words of it are known.
    """
    if any(
        source is cited and start <= found.start < end and source.meanings
        for source, found in places[:40]
        for cited, start, end in basis.cited
    ):
        return False
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
