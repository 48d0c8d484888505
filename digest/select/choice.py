"""
The steps of choosing: read a window, make stories of it, give them places.

Pure. Without a model `stories` does all of it. With one, each step gives out what may be
asked, by ids, and the next takes the answers, which are values like all else:

    read ─ Reading.pairs (is this one story?) ─ PairAnswer ─
    offer ─ Offered.contenders (what matters to these readers?) ─ Ranked, ThemeAnswer ─
    choose ─ stories with place and reason
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from urllib.parse import urlsplit

from ..settings import Digest, Feed
from ..types import (
    ClosePair,
    Contender,
    Document,
    Entry,
    Key,
    PairAnswer,
    Ranked,
    Story,
    ThemeAnswer,
    Told,
)
from .close import CLOSE, Doubt, answered, close_pairs, doubts
from .features import features
from .filters import refusal
from .grouping import NO_VECTORS, SAME, Group, Grouper
from .leading import CARRIES, ordered
from .nearness import Vector
from .places import Offer, Places
from .ranking import contenders, headings, ranks, with_rank
from .scoring import Scorer
from .signals import NOTHING, Signals, rarities, signals
from .themes import REST, steady, themes
from .told import Continued, Past

REMEMBERED_THEMES = 40
"""Told stories whose headings are taken again."""
NONE: Mapping[Key, Key] = MappingProxyType({})


class Reading:
    """
    A window of entries, read and compared.

    Args:
        entries: Those of the issue's window, in any order.
        texts: Documents by id; an entry's own is `texts[entry.document]`.
        digest: Whose words and vetoes turn entries away.
        moved: Of canonical addresses that redirect those that answer, canonical too.
        vectors: Embeddings of entries by key, all of one model; there may be none.
        background: Titles and texts of earlier entries. A window of a day is too small to
            know which words are rare: with the month before it twice as many stories are
            found.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        texts: Mapping[str, Document],
        digest: Digest,
        *,
        moved: Mapping[str, str] = NOTHING,
        vectors: Mapping[Key, Vector] = NO_VECTORS,
        background: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.digest, self.texts = digest, texts
        earlier = [features(title, text) for title, text in background]
        moves = _posts(entries, moved)
        self.seen = [signals(entry, texts, moves) for entry in entries]
        self.refused = {each.key: why for each in self.seen if (why := refusal(each, digest))}
        self.heads = [*(each.head for each in self.seen), *earlier]
        self.grouper = Grouper(
            [each for each in self.seen if each.key not in self.refused], vectors, earlier
        )

    @staticmethod
    def least(*, asks: bool) -> float:
        """Likeness from which a pair counts; less where a model is asked about doubtful ones."""
        return CLOSE if asks else SAME

    @cached_property
    def pairs(self) -> tuple[ClosePair, ...]:
        """What a model may be asked: pairs of entries that may tell one story, 40 at most."""
        return close_pairs(self.grouper, self._doubts)

    def groups(self, answers: Sequence[PairAnswer] = ()) -> list[Group]:
        """The groups, after what was answered to `pairs`."""
        grouper = self.grouper
        found = answered(grouper, self._doubts, answers) if answers else grouper.groups()
        return [tuple(grouper.members[i] for i in group) for group in found]

    def answers(self, group: Group) -> tuple[Entry, ...]:
        """What denies a group's news or is denied by it, and stands in another group."""
        found = {j for each in group for j in self._answers.get(each.key, ())}
        told = {each.key for each in group}
        members = (self.grouper.members[j] for j in sorted(found))
        return tuple(each.entry for each in members if each.key not in told)

    @cached_property
    def _answers(self) -> dict[Key, frozenset[int]]:
        members = self.grouper.members
        return {members[i].key: found for i, found in self.grouper.answers().items()}

    @cached_property
    def _doubts(self) -> tuple[Doubt, ...]:
        return doubts(self.grouper)


def _posts(entries: Sequence[Entry], moved: Mapping[str, str]) -> dict[str, str]:
    """
    Redirects that lead to a post.

    Not those to a front page, nor to where several posts of one feed end: that is a page of
    consent, or the place of what is gone.
    """
    ends = Counter({(e.feed, moved.get(e.canonical, e.canonical), e.canonical) for e in entries})
    shared = Counter((feed, end) for feed, end, _ in ends)
    crowded = {end for (_, end), count in shared.items() if count > 1}
    return {
        start: end
        for start, end in moved.items()
        if end not in crowded and urlsplit(end).path.strip("/")
    }


@dataclass(frozen=True, slots=True)
class Offered:
    """The stories of a window that want a place, and those that can have none."""

    digest: Digest
    feeds: tuple[Feed, ...]
    texts: Mapping[str, Document]
    offers: tuple[Offer, ...]
    out: tuple[Story, ...]
    """Left out for good: told before, vetoed, turned away by the digest's words."""
    headings: tuple[str, ...]
    """Of past issues, the latest last: a theme that goes on keeps its name."""

    @property
    def contenders(self) -> tuple[Contender, ...]:
        """What a model may rank, and name themes for: the 40 with the highest scores."""
        return contenders(offer.story for offer in self.offers)


def offer(
    reading: Reading,
    feeds: Sequence[Feed],
    *,
    now: dt.datetime,
    told: Sequence[Told] = (),
    copies: Mapping[Key, Key] = NONE,
    answers: Sequence[PairAnswer] = (),
) -> Offered:
    """
    Make stories of a window, each with its score.

    Args:
        feeds: Those of the digest, for weights and tags.
        now: The run's time, in UTC.
        told: Stories that past issues of the digest told; the texts hold their documents too.
        copies: Of entries of the window and of past issues that print another's text the
            key of that other, which may be older than both.
        answers: What a model said of `reading.pairs`.
    """
    found, digest = reading.groups(answers), reading.digest
    past = Past(told, reading.texts, reading.heads, copies)
    again = {id(group): past.continued(group, now) for group in found}
    fresh = [group for group in found if (known := again[id(group)]) is None or known.fresh]
    scorer = Scorer(found, digest, feeds, past, now)
    weights = {feed.slug: feed.weight for feed in feeds}
    return Offered(
        digest=digest,
        feeds=tuple(feeds),
        texts=reading.texts,
        offers=tuple(
            _offer(ordered(g, weights), scorer, again[id(g)], reading.answers(g)) for g in fresh
        ),
        out=(
            *(
                _left_out(ordered(group, weights), _told(known.told))
                for group in found
                if (known := again[id(group)]) and not known.fresh
            ),
            *(
                _left_out((each,), reading.refused[each.key])
                for each in sorted(reading.seen, key=lambda each: each.key)
                if each.key in reading.refused
            ),
        ),
        headings=tuple(_headings(told)),
    )


def choose(
    offered: Offered, *, ranking: Sequence[Ranked] = (), named: Sequence[ThemeAnswer] = ()
) -> tuple[Story, ...]:
    """
    Give the places.

    Args:
        ranking: A model's, the best first. What it names comes before the rest, which stays
            in order of score; how many places there are, shares, pins and must feeds hold.
        named: A model's names for themes.

    Returns:
        Every story: features first, then round-ups by theme, then what is left out, each by
        rank and score.
        A feature may still be a link post whose page nobody has read: see `settle`.
    """
    listed = offered.contenders
    given = ranks(listed, ranking)
    offers = [replace(each, story=with_rank(each.story, given)) for each in offered.offers]
    rarity = rarities(each.matter for each in offers)
    placed = Places(offers, offered.digest, rarity).give()
    told = [story for story in placed if story.place != "left out"]
    found = themes(told, offered.feeds, offered.headings)
    if better := headings(listed, named, offered.texts, offered.headings):
        found = {story.lead.key: REST for story in told} | found | better
    # Features get a theme too: after research they may be round-ups.
    themed = [replace(story, theme=found.get(story.lead.key, "")) for story in placed]
    return (*steady(themed), *offered.out)


def stories(
    entries: Sequence[Entry],
    texts: Mapping[str, Document],
    digest: Digest,
    feeds: Sequence[Feed],
    *,
    now: dt.datetime,
    told: Sequence[Told] = (),
    copies: Mapping[Key, Key] = NONE,
) -> tuple[Story, ...]:
    """Choose with no model: `Reading`, `offer` and `choose` say what goes in and comes out."""
    reading = Reading(entries, texts, digest)
    return choose(offer(reading, feeds, now=now, told=told, copies=copies))


def _told(told: Told) -> str:
    return f"left out: the issue of {told.issue.rpartition('/')[2]} told it, and nothing is new"


def _offer(
    group: Group, scorer: Scorer, known: Continued | None, answers: tuple[Entry, ...]
) -> Offer:
    score = scorer.score(group)
    story = Story(
        tuple(each.entry for each in group),
        score.value,
        score.parts,
        update_of=known.told.issue if known else "",
        fresh=known.fresh if known else (),
        answers=answers,
    )
    return Offer(story, _barred(group), group[0].head)


def _barred(group: Sequence[Signals]) -> str:
    """Why a story cannot be a feature before research; a page that it points to may help it."""
    longest = max(each.words for each in group)
    if longest >= CARRIES or any(each.points_to for each in group):
        return ""
    return f"its text has {longest} words and a feature needs {CARRIES}"


def _left_out(group: Group, reason: str) -> Story:
    return Story(tuple(each.entry for each in group), 0.0, place="left out", reason=reason)


def _headings(told: Sequence[Told]) -> list[str]:
    """Of the latest stories that had one."""
    latest = sorted((each for each in told if each.theme), key=lambda each: each.at)
    return [each.theme for each in latest[-REMEMBERED_THEMES:]]
