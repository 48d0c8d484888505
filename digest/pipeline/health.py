"""
How feeds have fared over time, from what each poll left in the store.

Touches the store, changes nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ..settings import Config, Feed
from ..store import Store
from ..store.feeds import Poll
from ..types import FeedState


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


def health(config: Config, store: Store, *, since: dt.datetime) -> tuple[Health, ...]:
    """
    All feeds in the order of feeds.yaml.

    Args:
        since: Polls before then do not count.
    """
    states, polls = store.feeds.states(), store.feeds.polls(since)
    return tuple(
        _health(feed, states.get(feed.slug), polls.get(feed.slug, ())) for feed in config.feeds
    )


def _health(feed: Feed, state: FeedState | None, polls: tuple[Poll, ...]) -> Health:
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
    )


def _word(state: FeedState | None) -> str:
    if state is None or state.last_poll is None:
        return "not asked yet"
    if state.gone:
        return "gone"
    return "failing" if state.error else "ok"
