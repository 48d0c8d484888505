"""
How feeds have fared over time, from what each poll left in the store.

Touches the store, changes nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..extract.post import TEASER_WORDS
from ..settings import Config, Feed
from ..store import Store
from ..store.feeds import Poll
from ..text import count_words
from ..types import Entry, FeedState

LOOKED_AT = 30
"""Newest entries of a feed, from which its pace and kind are read."""
FEWEST = 3
_TAG = re.compile(r"<[^>]*>")
MOST, SAME = 0.8, 0.6
"""Shares from which entries are of one kind, and two feeds are one."""


@dataclass(frozen=True, slots=True)
class Health:
    """One feed over the days that were asked for."""

    feed: str
    url: str
    state: str
    """"ok", "failing", "gone", "not asked yet"."""
    polls: int
    failed: int
    unchanged: int
    """Polls answered with 304."""
    new: int
    updated: int
    seconds: float
    """A poll's time in the mean; 0 without polls."""
    bytes: int
    """Received in all."""
    last_poll: dt.datetime | None
    last_entry: dt.datetime | None
    next_poll: dt.datetime | None
    failures: int
    """In a row, up to now."""
    error: str
    """Reason of the last failure; empty while the last poll was good."""
    moved_to: str
    """Where the feed says it lives now; empty where feeds.yaml says it right."""
    per_week: float | None
    """Entries it publishes in a week, by the dates of its newest; None where too few have one."""
    text: Literal["", "full text", "teasers", "some of both"]
    """What its newest entries hold; empty without any."""
    format: str
    """"Atom", "RSS 2.0", "RDF", "JSON Feed" …; empty while none of its documents was read."""
    same_as: str
    """Slug of an earlier feed of feeds.yaml that brings the same posts; empty where none does."""


def health(config: Config, store: Store, *, since: dt.datetime) -> tuple[Health, ...]:
    """
    All feeds in the order of feeds.yaml.

    Args:
        since: Polls before then do not count.
    """
    states, polls = store.feeds.states(), store.feeds.polls(since)
    lines: list[Health] = []
    addresses: dict[str, set[str]] = {}
    for feed in config.feeds:
        newest = store.entries.recent(feed.slug, LOOKED_AT)
        addresses[feed.slug] = {entry.canonical for entry in newest if entry.canonical}
        line = _health(feed, states.get(feed.slug), polls.get(feed.slug, ()), newest)
        before = [slug for slug in addresses if slug != feed.slug]
        twin = next((o for o in before if _is_same(addresses[o], addresses[feed.slug])), "")
        lines.append(replace(line, same_as=twin))
    return tuple(lines)


def _is_same(ours: set[str], theirs: set[str]) -> bool:
    """Most posts of the smaller are in the other: two addresses of one feed, or one's part."""
    fewer = min(len(ours), len(theirs))
    return fewer >= FEWEST and len(ours & theirs) >= SAME * fewer


def _per_week(newest: Sequence[Entry]) -> float | None:
    days = sorted(entry.published for entry in newest if entry.published)
    if len(days) < FEWEST or days[0] == days[-1]:
        return None
    return round((len(days) - 1) * 7 * 86_400 / (days[-1] - days[0]).total_seconds(), 1)


def _text(newest: Sequence[Entry]) -> Literal["", "full text", "teasers", "some of both"]:
    if not newest:
        return ""
    teasers = sum(count_words(_TAG.sub(" ", entry.html)) < TEASER_WORDS for entry in newest)
    if teasers > MOST * len(newest):
        return "teasers"
    return "full text" if teasers < (1 - MOST) * len(newest) else "some of both"


def _health(
    feed: Feed, state: FeedState | None, polls: tuple[Poll, ...], newest: Sequence[Entry]
) -> Health:
    seconds = sum(poll.seconds for poll in polls)
    known = state or FeedState(feed.slug, feed.url)
    return Health(
        feed=feed.slug,
        url=feed.url,
        state=_word(state),
        polls=len(polls),
        failed=sum(bool(poll.error) for poll in polls),
        unchanged=sum(poll.status == 304 for poll in polls),
        new=sum(poll.new for poll in polls),
        updated=sum(poll.updated for poll in polls),
        seconds=round(seconds / len(polls), 3) if polls else 0.0,
        bytes=sum(poll.bytes for poll in polls),
        last_poll=known.last_poll,
        last_entry=known.last_entry,
        next_poll=known.next_poll,
        failures=known.failures,
        error=known.error,
        moved_to=known.moved_to,
        per_week=_per_week(newest),
        text=_text(newest),
        format=known.format,
        same_as="",
    )


def _word(state: FeedState | None) -> str:
    if state is None or state.last_poll is None:
        return "not asked yet"
    if state.gone:
        return "gone"
    return "failing" if state.error else "ok"
