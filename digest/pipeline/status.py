"""
What a site looks like from outside: feeds' health, what waits, how old the newest issue is.

Touches store and content/, changes neither.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ..settings import Config
from ..store import Store
from .window import window_of


@dataclass(frozen=True, slots=True)
class FeedStatus:
    feed: str
    state: str
    """"ok", "failing", "gone", "not asked yet"."""
    entries: int
    error: str
    failures: int
    last_success: dt.datetime | None
    last_entry: dt.datetime | None
    next_poll: dt.datetime | None


@dataclass(frozen=True, slots=True)
class DigestStatus:
    digest: str
    issues: int
    last_issue: dt.date | None
    due: bool
    waiting: int
    """Entries in the window of the issue that is due; 0 where none is due."""


@dataclass(frozen=True, slots=True)
class Status:
    feeds: tuple[FeedStatus, ...]
    digests: tuple[DigestStatus, ...]
    newest: dt.datetime | None
    """`period_end` of the newest issue; None without any."""


def status(config: Config, store: Store, site: Path, *, now: dt.datetime) -> Status:
    """
    Raises:
        ContentError: A file in content/ is not as it should be.
    """
    states, counts = store.feeds.states(), store.entries.counts()
    feeds = []
    for feed in config.feeds:
        state = states.get(feed.slug)
        if state is None:
            word = "not asked yet"
        elif state.gone:
            word = "gone"
        else:
            word = "failing" if state.error else "ok"
        feeds.append(
            FeedStatus(
                feed=feed.slug,
                state=word,
                entries=counts.get(feed.slug, 0),
                error=state.error if state else "",
                failures=state.failures if state else 0,
                last_success=state.last_success if state else None,
                last_entry=state.last_entry if state else None,
                next_poll=state.next_poll if state else None,
            )
        )
    digests = []
    newest: list[dt.datetime] = []
    for digest in config.digests:
        window, waiting, issues = window_of(config, store, site, digest, now)
        newest += [issue.period_end for issue in issues]
        digests.append(
            DigestStatus(
                digest=digest.slug,
                issues=len(issues),
                last_issue=max((issue.date for issue in issues), default=None),
                due=window is not None and bool(waiting),
                waiting=len(waiting),
            )
        )
    return Status(tuple(feeds), tuple(digests), max(newest, default=None))
