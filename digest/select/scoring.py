"""
The score of a story, as a sum of parts that can be counted.

Pure. A part is what it adds, so that `parts` sum up to the score before the feed's weight.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..settings import Digest, Feed
from ..text import content_words
from .grouping import Group
from .leading import originals
from .told import Past

COVERAGE, LINKED, LENGTH, NOVELTY, BRIEF, RECENCY = 0.22, 0.13, 0.22, 0.10, 0.18, 0.15
LONG_WORDS = 1800
"""Length that counts fully; more is no better."""
UNREAD_WORDS = 600
"""What a page that a link post points to is taken to have, before it is read."""
MANY_PUBLISHERS, MANY_LINKS, MANY_TERMS = 4, 3, 4
HALF_LIFE_H = 48.0
"""Hours after which an entry's recency has halved."""


@dataclass(frozen=True, slots=True)
class Score:
    value: float
    parts: tuple[tuple[str, float], ...]


class Scorer:
    """Scores the stories of one window for one digest."""

    def __init__(
        self,
        found: Sequence[Group],
        digest: Digest,
        feeds: Sequence[Feed],
        told: Past,
        now: dt.datetime,
    ) -> None:
        self._links = _linking(found)
        self._brief = frozenset(content_words(digest.brief))
        self._weights = {feed.slug: feed.weight for feed in feeds}
        self._told = told
        self._now = now

    def score(self, group: Group) -> Score:
        """Score one story."""
        publishers = len({each.publisher for each in originals(group)})
        words = max(max(each.words, UNREAD_WORDS * bool(each.points_to)) for each in group)
        length = math.log1p(words / 100) / math.log1p(LONG_WORDS / 100)
        parts = [
            ("publishers", COVERAGE * _share(publishers - 1, MANY_PUBLISHERS - 1)),
            ("links to it", LINKED * _share(self._linked(group), MANY_LINKS)),
            ("length", LENGTH * min(1.0, length)),
            ("novelty", NOVELTY * (1 - max(self._told.likest(each) for each in group))),
            ("recency", RECENCY * self._recency(group)),
        ]
        if self._brief:
            parts.append(("brief", BRIEF * self._fit(group)))
        weight = max(self._weights.get(each.entry.feed, 1.0) for each in group)
        if weight != 1.0:
            parts.append(("feed weight", (weight - 1) * math.fsum(v for _, v in parts)))
        rounded = tuple((name, round(value, 4)) for name, value in parts)
        return Score(round(math.fsum(value for _, value in rounded), 4), rounded)

    def _linked(self, group: Group) -> int:
        """Publishers that link to it, its own aside."""
        own = {each.publisher for each in originals(group)[:1]}
        addresses = {address for each in group for address in each.addresses}
        linking = {who for address in addresses for who in self._links.get(address, ())}
        return len(linking - own)

    def _recency(self, group: Group) -> float:
        times = [each.time for each in group if each.time]
        if not times:
            return 0.0
        hours = max(0.0, (self._now - max(times)).total_seconds() / 3600)
        return float(1 / (1 + hours / HALF_LIFE_H))

    def _fit(self, group: Group) -> float:
        """Terms of the brief that it holds; those of its title count twice."""
        best = max(
            len(self._brief & each.head.counts.keys()) + len(self._brief & each.title)
            for each in group
        )
        return _share(best, MANY_TERMS)


def _linking(found: Sequence[Group]) -> Mapping[str, frozenset[str]]:
    """Per address the publishers whose entries link to it."""
    pairs = {
        (address, each.publisher)
        for group in found
        for each in group
        for address in {*each.links, each.points_to} - {""}
    }
    linking: dict[str, set[str]] = {}
    for address, who in sorted(pairs):
        linking.setdefault(address, set()).add(who)
    return {address: frozenset(who) for address, who in linking.items()}


def _share(count: int, many: int) -> float:
    return min(1.0, max(0, count) / many)
