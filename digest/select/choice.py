"""
The two functions of this step: choose stories, and settle the choice after research.

Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ..settings import Digest, Feed
from ..text import count_words
from ..types import Document, Dossier, Entry, Story, Told
from ..urls import canonical
from .features import Features, features
from .filters import refusal
from .grouping import Group, groups
from .leading import CARRIES, ordered
from .places import Offer, Places
from .scoring import Scorer
from .signals import Signals, rarities, signals
from .themes import steady, themes
from .told import Continued, Past

Key = tuple[str, str]
REMEMBERED_THEMES = 40
"""Told stories whose headings are taken again."""
NONE: Mapping[Key, Key] = MappingProxyType({})
NOTHING: Mapping[Key, str] = MappingProxyType({})


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
    """
    Put entries together that tell one piece of news, rank the stories, give them places.

    Args:
        entries: Those of the issue's window, in any order.
        texts: Documents by id; an entry's own is `texts[entry.document]`.
        digest: Whose issue it is: its brief, words, quotas.
        feeds: Those of the digest, for weights and tags.
        now: The run's time, in UTC.
        told: Stories that past issues of the digest told; `texts` holds their documents too.
        copies: Of entries of the window and of past issues that print another's text the
            key of that other, which may be older than both.

    Returns:
        Every story: features first, then round-ups by theme, then what is left out, each by
        score.
        A feature may still be a link post whose page nobody has read: see `settle`.
    """
    seen = [signals(entry, texts) for entry in entries]
    refused = {each.key: why for each in seen if (why := refusal(each, digest))}
    found = groups([each for each in seen if each.key not in refused])
    past = Past(told, texts, [each.head for each in seen], copies)
    again = {id(group): past.continued(group, now) for group in found}
    fresh = [group for group in found if (known := again[id(group)]) is None or known.fresh]
    scorer = Scorer(found, digest, feeds, past, now)
    weights = {feed.slug: feed.weight for feed in feeds}
    offers = [_offer(ordered(group, weights), scorer, again[id(group)]) for group in fresh]
    placed = Places(offers, digest, rarities(offer.matter for offer in offers)).give()
    return (
        *_themed(placed, feeds, _headings(told)),
        *(
            _left_out(ordered(group, weights), _told(known.told))
            for group in found
            if (known := again[id(group)]) and not known.fresh
        ),
        *(
            _left_out((each,), refused[each.key])
            for each in sorted(seen, key=lambda each: each.key)
            if each.key in refused
        ),
    )


def _told(told: Told) -> str:
    return f"left out: the issue of {told.issue.rpartition('/')[2]} told it, and nothing is new"


def settle(
    dossiers: Sequence[Dossier], digest: Digest, *, refused: Mapping[Key, str] = NOTHING
) -> tuple[Dossier, ...]:
    """
    Look again at the places once research has read, or failed to read, what stories rest on.

    A feature whose documents do not carry it becomes a round-up and says why; the next
    round-up whose documents carry one moves up.

    Args:
        dossiers: Of all stories that `stories` gave a place.
        digest: Whose issue it is.
        refused: Reasons why no feature could be written, by the key of a story's leading
            entry: such a story stays down.

    Returns:
        The same dossiers with their places settled: features, round-ups by theme, and what
        no place is left for, each by score.
    """
    by_key = {dossier.story.lead.key: dossier for dossier in dossiers}
    heads = [_head(dossier) for dossier in dossiers]
    offers = [
        Offer(
            dossier.story,
            refused.get(dossier.story.lead.key, "") or _shortfall(dossier),
            head,
        )
        for dossier, head in zip(dossiers, heads, strict=True)
    ]
    placed = steady(Places(offers, digest, rarities(heads)).give())
    return tuple(replace(by_key[story.lead.key], story=story) for story in placed)


def _offer(group: Group, scorer: Scorer, known: Continued | None) -> Offer:
    score = scorer.score(group)
    story = Story(
        tuple(each.entry for each in group),
        score.value,
        score.parts,
        update_of=known.told.issue if known else "",
        fresh=known.fresh if known else (),
    )
    return Offer(story, _barred(group), group[0].head)


def _barred(group: Sequence[Signals]) -> str:
    """Why a story cannot be a feature before research; a page that it points to may help it."""
    longest = max(each.words for each in group)
    if longest >= CARRIES or any(each.points_to for each in group):
        return ""
    return f"its text has {longest} words and a feature needs {CARRIES}"


def _shortfall(dossier: Dossier) -> str:
    """Why a story cannot be a feature after research; empty where its dossier carries it."""
    lead = dossier.story.lead
    reasons = dict(dossier.unread)
    if not dossier.documents:
        why = next(iter(reasons.values()), "it has no text")
        return f"nothing of it could be read: {why}"
    first = dossier.documents[0]
    is_own = canonical(first.url) == lead.canonical
    if lead.points_to in reasons and is_own:
        return f"the page that it points to could not be read: {reasons[lead.points_to]}"
    if first.wall:
        return f"its page is behind a {first.wall} wall"
    length = count_words(first.text)
    if length < CARRIES:
        return f"what it is about has {length} words and a feature needs {CARRIES}"
    return ""


def _head(dossier: Dossier) -> Features:
    """Of what the story leads with; asked anew in each round, and remembered."""
    lead = dossier.story.lead
    own = next((each.text for each in dossier.documents if each.id == lead.document), "")
    return features(lead.title, own)


def _left_out(group: Group, reason: str) -> Story:
    return Story(tuple(each.entry for each in group), 0.0, place="left out", reason=reason)


def _headings(told: Sequence[Told]) -> list[str]:
    """Of the latest stories that had one."""
    latest = sorted((each for each in told if each.theme), key=lambda each: each.at)
    return [each.theme for each in latest[-REMEMBERED_THEMES:]]


def _themed(
    placed: Sequence[Story], feeds: Sequence[Feed], before: Sequence[str]
) -> tuple[Story, ...]:
    """Features get a theme too: after research they may be round-ups."""
    headings = themes([story for story in placed if story.place != "left out"], feeds, before)
    return steady([replace(s, theme=headings.get(s.lead.key, "")) for s in placed])
