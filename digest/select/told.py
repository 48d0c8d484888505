"""
What past issues told: whether a story was told before, and what is new in it since.

Pure. A story goes on with a told one when it holds one of its posts, a copy of one or a post
about one, or when names and numbers say that it is the same matter; that a rumour is denied
or a version follows another is no hindrance here, but time is not counted against it either.
What is new in it says telling.py. A story is left out as told where nothing is new in it, and
where it is known by its posts, or would be one with them in one window.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..text import content_words
from ..text.copies import is_copy
from ..types import Document, Told
from .conflict import is_other_thing
from .features import Features
from .grouping import SAME, Group
from .likeness import LINK, Weighed, evidence, likeness, weigh
from .signals import Signals, rarities
from .telling import Telling

SAME_TITLE = 4
"""Words that carry meaning, from which two equal titles are no accident."""
REMEMBERED = dt.timedelta(days=60)
"""How long a told story may go on by its matter alone; its own posts are known for ever."""
SAME_WITHIN = dt.timedelta(days=8)
"""How long ago a story was told whose posts new ones are compared with, as in one window."""
GOES_ON = 1.5
"""Log odds, time aside, from which a story goes on with a told one."""


@dataclass(frozen=True, slots=True)
class Continued:
    """A story that was told before."""

    told: Told
    """The latest telling."""
    fresh: tuple[str, ...]
    """What is new in it, in words; empty where nothing is."""


class Past:
    """
    What past issues told.

    Args:
        told: In any order.
        texts: Documents by id: of what was told, and of the window.
        copies: Keys of entries that print another's text, and the keys of those others.
        window: What the window's entries hold: what is rare is rare in it and in the past.
    """

    def __init__(
        self,
        told: Sequence[Told],
        texts: Mapping[str, Document],
        window: Sequence[Features],
        copies: Mapping[tuple[str, str], tuple[str, str]],
    ) -> None:
        self._copies = copies
        self._stories = [
            Telling(each, texts) for each in sorted(told, key=lambda t: (t.at, t.title))
        ]
        self._rarity = rarities([*window, *(story.head for story in self._stories)])
        self._by_key: dict[tuple[str, str], Telling] = {}
        self._by_address: dict[str, Telling] = {}
        self._by_title: dict[frozenset[str], Telling] = {}
        self._by_feature: dict[str, list[int]] = defaultdict(list)
        for index, story in enumerate(self._stories):
            self._file(index, story)

    def _file(self, index: int, story: Telling) -> None:
        """Later tellings come later and take the place of earlier ones."""
        self._by_address |= dict.fromkeys(story.addresses, story)
        for ref in story.told.entries:
            key = (ref.feed, ref.id)
            self._by_key[self._copies.get(key, key)] = story
            if len(terms := content_words(ref.title)) >= SAME_TITLE:
                self._by_title[frozenset(terms)] = story
        for feature in story.head.title | story.head.names | story.head.numbers:
            self._by_feature[feature].append(index)

    def continued(self, group: Group, now: dt.datetime) -> Continued | None:
        """Which told story a group goes on with, and what is new in it; None for a new story."""
        known = [self._known(each) for each in group]
        stories = [story for story in known if story] or [
            story for story in [self._same(group, now)] if story
        ]
        is_same = bool(stories)
        if not stories:
            match = self._likest(group, now)
            stories = [match] if match else []
        if not stories:
            return None
        told = max(stories, key=lambda story: (story.told.at, story.told.title))
        new = [each for each, story in zip(group, known, strict=True) if story is None]
        new = [each for each in new if not any(is_copy(each.samples, s) for s in told.samples)]
        fresh = told.unknown(new)
        # What only touches the matter of a told story is not left out: it is news of its own.
        return Continued(told.told, fresh) if is_same or fresh else None

    def likest(self, each: Signals) -> float:
        """Share of the entry's title that the likest told title has, from 0 to 1."""
        if not each.title:
            return 0.0
        return max(
            (len(each.title & title) / len(each.title) for title in self._by_title), default=0
        )

    def _known(self, each: Signals) -> Telling | None:
        """The entry itself, another copy of it, or a post about it was told."""
        by_address = (self._by_address.get(a) for a in (*sorted(each.addresses), each.points_to))
        return (
            self._by_key.get(self._copies.get(each.key, each.key))
            or next(filter(None, by_address), None)
            or self._by_title.get(each.title)
        )

    def _same(self, group: Group, now: dt.datetime) -> Telling | None:
        """The told story that a group would be one with, were its posts in the window."""
        ours = [weigh(each, self._rarity) for each in group]
        near = {index for each in group for index in self._near(each)}
        found: dict[int, float] = {}
        for index in near:
            story = self._stories[index]
            if now - story.told.at <= SAME_WITHIN:
                theirs = [weigh(post, self._rarity) for post in story.posts]
                pairs = [likeness(one, other).value for one in ours for other in theirs]
                found[index] = round(math.fsum(pairs) / len(pairs), 9)
        best = max(found, key=lambda index: (found[index], index), default=None)
        return None if best is None or found[best] < SAME else self._stories[best]

    def _likest(self, group: Group, now: dt.datetime) -> Telling | None:
        """The told story that most of the group's entries go on with."""
        found: dict[int, list[float]] = defaultdict(list)
        for each in group:
            ours = weigh(each, self._rarity)
            for index in self._near(each):
                theirs = self._stories[index]
                if now - theirs.told.at <= REMEMBERED:
                    found[index].append(max(0.0, self._odds(ours, theirs)))
        odds = {index: math.fsum(values) / len(group) for index, values in found.items()}
        best = max(odds, key=lambda index: (round(odds[index], 9), index), default=None)
        return None if best is None or odds[best] < GOES_ON else self._stories[best]

    def _near(self, each: Signals) -> list[int]:
        """Told stories that share two names, numbers or words of a title."""
        shared: dict[int, int] = defaultdict(int)
        for feature in each.head.title | each.head.names | each.head.numbers:
            for index in self._by_feature.get(feature, ()):
                shared[index] += 1
        return sorted(index for index, count in shared.items() if count > 1)

    def _odds(self, ours: Weighed, theirs: Telling) -> float:
        languages = {ours.signals.head.language, theirs.head.language} - {""}
        if len(languages) > 1 or is_other_thing(ours.signals, theirs.signals):
            return 0.0
        is_linked = bool(theirs.addresses & ours.links)
        other = weigh(theirs.signals, self._rarity)
        shared = ours.squares.keys() & other.squares.keys()
        return evidence(ours, other, shared) + (LINK if is_linked else 0.0)
