"""
What a site looks like from outside: feeds' health, what waits, how old the newest issue is.

Touches store and content/, changes neither.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from ..fetch.poll import MOVES_TO_KEEP
from ..period import month_of
from ..settings import Config
from ..store import Store
from ..store.replies import Spent
from ..types import FeedState
from .owed import Sending, sendings
from .window import window_of

FAILING = dt.timedelta(days=7)
"""A feed that has failed for so long does not come back by itself."""
MANY = 5
"""Failures in a row, so that one after a pause of ours gives no alarm."""
SILENT = dt.timedelta(days=365)


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
    advice: str = ""
    """What a person should do about it; empty while there is nothing to do."""


@dataclass(frozen=True, slots=True)
class DigestStatus:
    digest: str
    issues: int
    last_issue: dt.date | None
    due: bool
    waiting: int
    """Entries in the window of the issue that is due; 0 where none is due."""
    mail: tuple[Sending, ...]
    """Issues that are to be mailed, or whose sending has not ended well."""


@dataclass(frozen=True, slots=True)
class Status:
    feeds: tuple[FeedStatus, ...]
    digests: tuple[DigestStatus, ...]
    newest: dt.datetime | None
    """`period_end` of the newest issue; None without any."""
    mail_due: bool
    """Whether `digest send --auto` would send something."""
    spent: tuple[Spent, ...]
    """On language models, by month and digest, the newest month first."""
    left_usd: float | None
    """Of this month's budget; None without a model."""


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
                advice=_advice(state, now) if state else "",
            )
        )
    digests = []
    newest: list[dt.datetime] = []
    for digest in config.digests:
        waiting = window_of(config, store, site, digest, now)
        newest += [issue.period_end for issue in waiting.issues]
        digests.append(
            DigestStatus(
                digest=digest.slug,
                issues=len(waiting.issues),
                last_issue=max((issue.date for issue in waiting.issues), default=None),
                due=waiting.window is not None and bool(waiting.keys),
                waiting=len(waiting.keys),
                mail=sendings(config, store, site, digest),
            )
        )
    is_due = config.newsletter.auto and any(each.owed for line in digests for each in line.mail)
    return Status(
        feeds=tuple(feeds),
        digests=tuple(digests),
        newest=max(newest, default=None),
        mail_due=is_due,
        spent=store.replies.months(),
        left_usd=_left_usd(config, store, now),
    )


def _left_usd(config: Config, store: Store, now: dt.datetime) -> float | None:
    if config.model is None:
        return None
    spent = store.replies.usd(*month_of(now))
    return round(max(0.0, config.model.budget.month_usd - spent), 4)


def _advice(state: FeedState, now: dt.datetime) -> str:
    """What to do about a feed that has been dead for long, or moved, in words."""
    if state.gone:
        return f"its server says that it is gone for good: {_TAKE_OUT}"
    if state.moved_to and state.moved_count >= MOVES_TO_KEEP:
        return f"it has moved: change its address in feeds.yaml to {state.moved_to}"
    if state.error and state.failures >= MANY and _is_past(state.last_success, FAILING, now):
        since = f"since {state.last_success:%Y-%m-%d}" if state.last_success else "from the start"
        look = f"`digest feeds add {state.site_url}`" if state.site_url else "a search"
        return (
            f"it has failed {since}, {state.failures} times: {look} may find its new address; "
            f"else {_TAKE_OUT}"
        )
    if state.last_entry and not state.error and _is_past(state.last_entry, SILENT, now):
        return (
            f"its newest entry is of {state.last_entry:%Y-%m-%d}: it may go on elsewhere; "
            f"else {_TAKE_OUT}"
        )
    return ""


_TAKE_OUT = "take it out of feeds.yaml"


def _is_past(time: dt.datetime | None, age: dt.timedelta, now: dt.datetime) -> bool:
    return time is None or now - time > age
