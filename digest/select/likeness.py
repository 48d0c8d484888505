"""
Whether two entries tell the same piece of news: the weight of evidence.

Pure. A wrong merge is worse than a miss: two versions, two products with like names, two
announcements that do not know each other are never one story, however alike their words.

The weights are those of a logistic regression on the labelled news of tests/data/select
(news-1 and news-2) and the demo, a wrong merge counted twice, rounded; the bias, the weight
of names and the size of a story (signals.py) are then those that find most on the same news
among those that merge nothing wrongly. Fitted on either half, it finds the stories of the
other half as well; what it finds in news of other topics, the test of held-out.txt says.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from operator import mul

from ..text.copies import is_copy
from .conflict import conflict, is_answer, is_other_thing
from .features import weight
from .signals import Signals

BIAS = -3.8
ALIKE, SHARED = 3.3, 3.0
"""Cosine of the two heads; share of the lesser head that the greater one holds."""
NAMES, NUMBERS = 0.7, 3.0
"""Of each rarest name, of each rarest number that both have."""
LITTLE, PER_SHARED = -3.5, 2.5
"""Two headlines of one pattern are alike and share next to nothing: no more than this."""
MOST_NAMES, MOST_NUMBERS = 4.0, 3.0
COVER_LEAST, COVER_MOST = 1.2, 2.7
"""Of a title wholly known to the other's head: of the lesser and of the greater cover."""
LATER = -3.5
"""Of each three days that lie between them, after the first day."""
LINK, SAME_PAGE = 1.3, 2.6
"""A page that both link to, or one of the two; a post that is about the other, long after."""
SAME_FEED, OTHER_LANGUAGE = -5.0, 2.8
FOREIGN_LEAST = 1.0
"""Names and numbers shared across languages: with less, nothing is proved."""
WINDOW_H = 120.0
"""Hours between two entries beyond which only a copy or a link makes them one story."""
SOON_H, SPAN_H = 24.0, 72.0


@dataclass(frozen=True, slots=True)
class Likeness:
    value: float
    """How likely they tell one story, from 0 to 1."""
    is_copy: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """An entry with the weights of its features in one window."""

    signals: Signals
    vector: Mapping[str, float]
    """Of each feature the weight that its rarity and number give it."""
    squares: Mapping[str, float]
    """Of each feature the square of its rarity: the evidence it is when it is shared."""
    norm: float
    mass: float
    title_mass: float
    links: frozenset[str] = field(default=frozenset())
    """What it links to and points to."""


def weigh(signals: Signals, rarity: Mapping[str, float]) -> Weighed:
    """Weigh an entry by the rarity of its features in a window."""
    head = signals.head
    worth = {name: weight(name) * rarity.get(name, 1.0) for name in head.counts}
    vector = {name: (1 + math.log(n)) * worth[name] for name, n in head.counts.items()}
    squares = {name: value * value for name, value in worth.items()}
    return Weighed(
        signals=signals,
        vector=vector,
        squares=squares,
        norm=math.sqrt(math.fsum(v * v for v in vector.values())) or 1.0,
        mass=math.fsum(squares.values()) or 1.0,
        title_mass=math.fsum(map(squares.__getitem__, head.title)) or 1.0,
        links=signals.links | {signals.points_to} - {""},
    )


def likeness(first: Weighed, second: Weighed, *, least: float = 0.0, near: float = 0.0) -> Likeness:
    """
    Compare two entries.

    Args:
        least: A lesser value is not needed, and 0 may stand for it. Most pairs of a large
            window share too little for a half, which shows at a third of the price.
        near: What is known of them besides, in log odds.

    Returns:
        0 where something speaks against one story; 1 for the same post, a copy, or a link
        post about the other.
    """
    ours, theirs = first.signals, second.signals
    if ours.addresses & theirs.addresses:
        return Likeness(1.0, is_copy=True)
    found = _found(first, second, least, near)
    return Likeness(0.0) if found.value and conflict(ours, theirs) else found


def answer(first: Weighed, second: Weighed) -> float:
    """How likely one of two entries denies what the other tells: as alike as tellings of it."""
    ours, theirs = first.signals, second.signals
    if not is_answer(ours, theirs) or is_other_thing(ours, theirs):
        return 0.0
    # A feed that tells a rumour also tells what became of it: not held against these two.
    near = -SAME_FEED if ours.entry.feed == theirs.entry.feed else 0.0
    return _found(first, second, 0.0, near).value


def _found(first: Weighed, second: Weighed, least: float, near: float) -> Likeness:
    """What speaks for one story."""
    ours, theirs = first.signals, second.signals
    if is_copy(ours.samples, theirs.samples):
        return Likeness(1.0, is_copy=True)
    hours = _hours(ours, theirs)
    is_about = _is_about(ours, theirs)
    if is_about and hours <= SPAN_H:
        return Likeness(1.0)
    link = SAME_PAGE if is_about else LINK if _is_linked(first, second) else 0.0
    if hours > WINDOW_H and not link:
        return Likeness(0.0)
    beside = link + near + LATER * _delay(hours)
    shared = first.squares.keys() & second.squares.keys()
    if least and _share(_most(first, second, shared) + beside) < least:
        return Likeness(0.0)
    return Likeness(_share(evidence(first, second, shared) + beside))


def _most(first: Weighed, second: Weighed, shared: Set[str]) -> float:
    """No less than `evidence`, from what is shared alone; a last digit decides nothing."""
    lesser = sum(map(first.squares.__getitem__, shared))
    is_foreign = first.signals.head.language != second.signals.head.language
    return LITTLE + PER_SHARED * lesser + is_foreign * OTHER_LANGUAGE + 1e-6


def evidence(first: Weighed, second: Weighed, shared: Set[str]) -> float:
    """
    What words, names and numbers say, in log odds. `fsum` makes sums of sets exact.

    Args:
        shared: The features that both have.
    """
    ours, theirs = first.signals.head, second.signals.head
    if not shared:
        return BIAS
    square = first.squares.__getitem__
    dot = math.fsum(
        map(mul, map(first.vector.__getitem__, shared), map(second.vector.__getitem__, shared))
    )
    lesser = math.fsum(map(square, shared))
    named = math.fsum(map(square, (shared & ours.names) | (shared & theirs.names)))
    counted = math.fsum(map(square, shared & ours.numbers))
    covers = (
        math.fsum(map(square, ours.title & shared)) / first.title_mass,
        math.fsum(map(square, theirs.title & shared)) / second.title_mass,
    )
    value = min(
        LITTLE + PER_SHARED * lesser,
        BIAS
        + ALIKE * dot / (first.norm * second.norm)
        + SHARED * lesser / min(first.mass, second.mass)
        + NAMES * min(MOST_NAMES, named)
        + NUMBERS * min(MOST_NUMBERS, counted)
        + COVER_LEAST * min(covers)
        + COVER_MOST * max(covers),
    )
    if first.signals.entry.feed == second.signals.entry.feed:
        value += SAME_FEED
    if ours.language and theirs.language and ours.language != theirs.language:
        value += OTHER_LANGUAGE if named + counted >= FOREIGN_LEAST else 0.0
    return value


def cosine(
    first: Mapping[str, int], second: Mapping[str, int], rarity: Mapping[str, float]
) -> float:
    """TF-IDF likeness of two texts, from 0 to 1; the logarithm keeps one loud word in bounds."""
    ours, theirs = _vector(first, rarity), _vector(second, rarity)
    shared = math.fsum(ours[term] * theirs[term] for term in sorted(ours.keys() & theirs.keys()))
    if not shared:
        return 0.0
    lengths = math.fsum(v * v for v in ours.values()) * math.fsum(v * v for v in theirs.values())
    return shared / math.sqrt(lengths)


def _vector(counts: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    return {term: (1 + math.log(n)) * rarity.get(term, 1.0) for term, n in counts.items()}


def _is_about(first: Signals, second: Signals) -> bool:
    """A post about the other, or both about one page."""
    ours, theirs = first.points_to, second.points_to
    return bool(
        (ours and (ours == theirs or ours in second.addresses))
        or (theirs and theirs in first.addresses)
    )


def _is_linked(first: Weighed, second: Weighed) -> bool:
    ours, theirs = first.signals.addresses, second.signals.addresses
    return bool(ours & second.links or theirs & first.links or first.links & second.links)


def _hours(first: Signals, second: Signals) -> float:
    """Between two entries; one without a date is given some doubt."""
    if first.time is None or second.time is None:
        return SOON_H
    return abs((first.time - second.time).total_seconds()) / 3600


def _delay(hours: float) -> float:
    return max(0.0, hours - SOON_H) / SPAN_H


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
