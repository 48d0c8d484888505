"""
Whether two entries tell the same piece of news: evidence for, evidence against.

Pure. A wrong merge is worse than a miss: two versions, two products with like names, two
announcements that do not know each other are never one story, however alike their words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .signals import Signals, versions

SAME = 0.48
"""Likeness from which two entries tell one story."""
COPIED = 0.6
"""Share of the shorter text's shingles that stand in the longer one: a copy or an excerpt."""
COPY_SHINGLES = 30
"""Fewer shingles prove nothing."""
TITLE, COVER, TEXT, NAMES, FIGURES, LINK = 0.20, 0.25, 0.25, 0.15, 0.15, 0.40
KNOWING_WORDS = 60
"""A text of so many words names what it is about."""
WINDOW_H = 120.0
"""Hours between two entries beyond which only a copy or a link makes them one story."""


@dataclass(frozen=True, slots=True)
class Likeness:
    value: float
    """0 to about 1.3."""
    is_copy: bool = False


def likeness(first: Signals, second: Signals, rarity: Mapping[str, float]) -> Likeness:
    """
    Compare two entries.

    Args:
        rarity: Inverse document frequency of each stem in the window.

    Returns:
        0 where something speaks against one story; 1 for the same post, a copy, or a link
        post about the other.
    """
    if first.entry.canonical and first.entry.canonical == second.entry.canonical:
        return Likeness(1.0, is_copy=True)
    if conflict(first, second):
        return Likeness(0.0)
    if is_copy(first, second):
        return Likeness(1.0, is_copy=True)
    link = _link(first, second)
    if link == 1.0:
        return Likeness(1.0)
    value = (
        TITLE * _title(first, second, rarity)
        + COVER * min(_cover(first, second, rarity), _cover(second, first, rarity))
        + TEXT * _text(first, second, rarity)
        + NAMES * min(_known_names(first, second), _known_names(second, first))
        + FIGURES * min(1.0, len(first.numbers & second.numbers) / 2)
        + LINK * link
    )
    return Likeness(value * _nearness(first, second, is_linked=link > 0) * _distance(first, second))


def conflict(first: Signals, second: Signals) -> bool:
    """Something in the titles that two tellings of one event would not differ in."""
    return _other_version(first, second) or _other_name(first, second) or _strangers(first, second)


def is_copy(first: Signals, second: Signals) -> bool:
    """A near copy or an excerpt, by the share of the shorter one's runs of five words."""
    fewer = min(len(first.shingles), len(second.shingles))
    if fewer < COPY_SHINGLES:
        return False
    return len(first.shingles & second.shingles) / fewer >= COPIED


def _other_version(first: Signals, second: Signals) -> bool:
    """Both titles give one thing a number, and not the same one."""
    ours, theirs = versions(first.entry.title), versions(second.entry.title)
    return any(not ours[word] & theirs[word] for word in ours.keys() & theirs.keys())


def _other_name(first: Signals, second: Signals) -> bool:
    """Names that begin alike and end otherwise: "Falcon Mini" and "Falcon Max"."""
    return any(
        _branch(ours, theirs)
        for ours in first.names
        for theirs in second.names
        if ours[0] == theirs[0]
        and not any(ours == other for other in second.names)
        and not any(theirs == other for other in first.names)
    )


def _branch(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    shared = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        shared += 1
    return shared < min(len(ours), len(theirs))


def _strangers(first: Signals, second: Signals) -> bool:
    """Each title has a name that the other's whole text does not know; a teaser may not know."""
    if min(first.words, second.words) < KNOWING_WORDS:
        return False
    return _unknown(first, second) and _unknown(second, first)


def _unknown(ours: Signals, theirs: Signals) -> bool:
    return any(word not in theirs.tokens for name in ours.names for word in name)


def _link(first: Signals, second: Signals) -> float:
    """1 for a post about the other, or both about one page; less for a page both link to."""
    if first.points_to and first.points_to in {second.points_to, second.entry.canonical}:
        return 1.0
    if second.points_to and second.points_to == first.entry.canonical:
        return 1.0
    ours = first.links | {first.points_to} - {""}
    theirs = second.links | {second.points_to} - {""}
    if first.entry.canonical in theirs or second.entry.canonical in ours:
        return 0.7
    return 0.6 if ours & theirs else 0.0


def _title(first: Signals, second: Signals, rarity: Mapping[str, float]) -> float:
    shared = _weight(first.title & second.title, rarity, 2)
    if not shared:
        return 0.0
    return shared / math.sqrt(_weight(first.title, rarity, 2) * _weight(second.title, rarity, 2))


def _cover(ours: Signals, theirs: Signals, rarity: Mapping[str, float]) -> float:
    """How much of our title their text knows."""
    whole = _weight(ours.title, rarity, 1)
    return _weight(ours.title & theirs.terms, rarity, 1) / whole if whole else 0.0


def _known_names(ours: Signals, theirs: Signals) -> float:
    """How many of our title's names their text knows; one name alone makes no event."""
    named = {word for name in ours.names for word in name}
    return len(named & theirs.tokens) / len(named) if len(named) > 1 else 0.0


def _text(first: Signals, second: Signals, rarity: Mapping[str, float]) -> float:
    return cosine(first.head, second.head, rarity)


def cosine(
    first: Mapping[str, int], second: Mapping[str, int], rarity: Mapping[str, float]
) -> float:
    """TF-IDF likeness of two texts, from 0 to 1; the logarithm keeps one loud word in bounds."""
    ours, theirs = _vector(first, rarity), _vector(second, rarity)
    shared = math.fsum(ours[term] * theirs[term] for term in sorted(ours.keys() & theirs.keys()))
    if not shared:
        return 0.0
    lengths = math.fsum(sorted(v * v for v in ours.values())) * math.fsum(
        sorted(v * v for v in theirs.values())
    )
    return shared / math.sqrt(lengths)


def _vector(counts: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    return {term: (1 + math.log(n)) * rarity.get(term, 0.5) for term, n in counts.items()}


def _nearness(first: Signals, second: Signals, *, is_linked: bool) -> float:
    """Events are told within days of each other; an undated entry is given some doubt."""
    if first.time is None or second.time is None:
        return 0.9
    hours = abs((first.time - second.time).total_seconds()) / 3600
    if hours <= 36:
        return 1.0
    if hours <= WINDOW_H:
        return 1.0 - 0.35 * (hours - 36) / (WINDOW_H - 36)
    return 0.5 if is_linked else 0.0


def _distance(first: Signals, second: Signals) -> float:
    """Two posts of one feed are two pieces of news until much speaks for the contrary."""
    if first.entry.feed == second.entry.feed:
        return 0.7
    return 0.85 if first.publisher == second.publisher else 1.0


def _weight(terms: Iterable[str], rarity: Mapping[str, float], power: int) -> float:
    return math.fsum(sorted(rarity.get(term, 0.5) ** power for term in terms))
