"""
What past issues told: whether a story was told before, and what is new in it since.

Pure. A story goes on with a told one when it holds one of its posts, a copy of one or a post
about one, or when names and numbers say that it is the same matter; that a rumour is denied
or a version follows another is no hindrance here, but time is not counted against it either.
New are figures and names that neither the issue nor the texts behind it knew, and pages that
they did not rest on.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..text import content_words
from ..text.copies import is_copy, samples
from ..types import Document, Entry, Told
from ..urls import canonical
from .conflict import is_other_thing
from .features import CALENDAR, Features, feature_of, features
from .grouping import Group
from .likeness import LINK, Weighed, evidence, weigh
from .signals import Signals, rarities, signals

SAME_TITLE = 4
"""Words that carry meaning, from which two equal titles are no accident."""
REMEMBERED = dt.timedelta(days=60)
"""How long a told story may go on by its matter alone; its own posts are known for ever."""
GOES_ON = 1.5
"""Log odds, time aside, from which a story goes on with a told one."""
NEW_FACTS = 2
"""Figures and names that make an update; one may be a slip."""
SHOWN = 4
READ_WORDS, READ_CHARACTERS = 4000, 1500
"""Of what was told, and of a new entry, whose beginning says what is new."""

_WRITTEN = re.compile(r"\d[\d.,]*\d|[^\W\d_][^\W_]+")


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
            _Story(each, texts) for each in sorted(told, key=lambda t: (t.at, t.title))
        ]
        self._rarity = rarities([*window, *(story.head for story in self._stories)])
        self._by_key: dict[tuple[str, str], _Story] = {}
        self._by_address: dict[str, _Story] = {}
        self._by_title: dict[frozenset[str], _Story] = {}
        self._by_feature: dict[str, list[int]] = defaultdict(list)
        for index, story in enumerate(self._stories):
            self._file(index, story)

    def _file(self, index: int, story: _Story) -> None:
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
        stories = [story for story in known if story]
        if not stories:
            match = self._likest(group, now)
            stories = [match] if match else []
        if not stories:
            return None
        told = max(stories, key=lambda story: (story.told.at, story.told.title))
        new = [each for each, story in zip(group, known, strict=True) if story is None]
        new = [each for each in new if not any(is_copy(each.samples, s) for s in told.samples)]
        return Continued(told.told, told.unknown(new))

    def likest(self, each: Signals) -> float:
        """Share of the entry's title that the likest told title has, from 0 to 1."""
        if not each.title:
            return 0.0
        return max(
            (len(each.title & title) / len(each.title) for title in self._by_title), default=0
        )

    def _known(self, each: Signals) -> _Story | None:
        """The entry itself, another copy of it, or a post about it was told."""
        by_address = (self._by_address.get(a) for a in (*sorted(each.addresses), each.points_to))
        return (
            self._by_key.get(self._copies.get(each.key, each.key))
            or next(filter(None, by_address), None)
            or self._by_title.get(each.title)
        )

    def _likest(self, group: Group, now: dt.datetime) -> _Story | None:
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

    def _odds(self, ours: Weighed, theirs: _Story) -> float:
        languages = {ours.signals.head.language, theirs.head.language} - {""}
        if len(languages) > 1 or is_other_thing(ours.signals, theirs.signals):
            return 0.0
        is_linked = bool(theirs.addresses & ours.links)
        return evidence(ours, weigh(theirs.signals, self._rarity)) + (LINK if is_linked else 0.0)


class _Story:
    """One telling, ready to be compared."""

    def __init__(self, told: Told, texts: Mapping[str, Document]) -> None:
        self.told = told
        self._documents = [texts[id_] for id_ in told.documents if id_ in texts]
        said = Document(
            url="", final_url="", publisher="", site="", title=told.title, author="",
            published=None, text=told.text, sha256="told", fetched_at=told.at,
        )  # fmt: skip
        entry = Entry("", told.issue, "", "", told.title, published=told.at, document=said.id)
        self.signals = signals(entry, {said.id: said})
        self.head = self.signals.head
        urls = [ref.url for ref in told.entries] + [each.url for each in self._documents]
        self.addresses = {canonical(url) for url in urls} - {""}

    @cached_property
    def samples(self) -> list[frozenset[int]]:
        return [samples(document.text) for document in self._documents]

    def unknown(self, entries: Sequence[Signals]) -> tuple[str, ...]:
        """What entries bring that neither the telling nor its documents knew, in words."""
        facts: dict[str, str] = {}
        for each in sorted(entries, key=lambda one: one.key):
            for fact, written in _facts(each):
                if fact not in self._facts:
                    facts.setdefault(fact, written)
        pages = sorted(
            each.points_to
            for each in entries
            if each.points_to and each.points_to not in self.addresses
        )
        shown = sorted(facts.items()) if len(facts) >= NEW_FACTS else []
        return (*(written for _, written in shown[:SHOWN]), *pages[:1])

    @cached_property
    def _facts(self) -> frozenset[str]:
        texts = [self.told.text, *(document.text for document in self._documents)]
        read = [features(self.told.title, text, READ_WORDS) for text in texts]
        return frozenset(feature for each in read for feature in each.counts)


def _facts(each: Signals) -> Iterator[tuple[str, str]]:
    """Figures of the beginning that say more than a digit, and names, with how each is written."""
    text = each.document.text if each.document else ""
    for written in _WRITTEN.findall(f"{each.entry.title} {text}"[:READ_CHARACTERS]):
        fact = feature_of(written)
        is_named = fact in each.head.names and fact not in CALENDAR
        if fact in each.head.numbers or (is_named and len(fact) > 2):
            yield fact, written
