"""
When a feed is asked, with what, and what is remembered of the answer.

Pure. Manners that its owner may rely on, whatever the caller does (`force` aside):

    asked with a validator at most hourly, without one at most daily
    a validator goes back byte for byte, and each 200 brings the new ones or none
    Cache-Control, Expires, Retry-After, `<ttl>` and `sy:` obeyed, seven days at most
    a quarter of the usual time between entries, or of the silence since the last one
    failures back off from an hour to most of a day; 410 ends it
    a permanent redirect is followed from memory once `MOVES_TO_KEEP` polls have met it
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from itertools import pairwise

from ..settings import Feed
from ..types import FeedContent, FeedState, Fetched
from .freshness import LONGEST, hold

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)
SLOWEST = dt.timedelta(hours=20)
"""Longest wait that is our own idea. Under a day, so that a daily run finds each feed due,
though its start wavers."""
SLOWEST_RETRY = dt.timedelta(hours=16)
"""With its jitter, `SLOWEST`."""
JITTER = 0.25
SHARE_OF_GAP = 4
"""Polls for each usual gap between entries."""
MOVES_TO_KEEP = 5
MAX_VALIDATOR = 1_000
"""Characters; what is longer is not kept, and could not be trusted to be sent back."""
EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
UNREADABLE = "not a feed that can be read"


@dataclass(frozen=True, slots=True)
class Ask:
    """The next request for a feed."""

    url: str
    etag: str
    last_modified: str


def is_due(state: FeedState | None, feed: Feed, now: dt.datetime, *, force: bool = False) -> bool:
    """Whether the feed may be asked; `force` asks all, also those that are gone."""
    if force or state is None or state.url != feed.url:
        return True
    if state.gone:
        return False
    if state.next_poll is None:
        return True
    # No wait is longer than that: the clock was wrong when it was set.
    return now >= state.next_poll or state.next_poll - now > LONGEST


def ask(state: FeedState | None, feed: Feed) -> Ask:
    """
    Where to ask for the feed and with which validators.

    A feed with a secret is asked at its own address always, so that no redirect decides
    who gets to see it.
    """
    known = _known(state, feed)
    is_kept = known.moved_count >= MOVES_TO_KEEP and feed.auth is None
    return Ask(known.moved_to if is_kept else feed.url, known.etag, known.last_modified)


def before(state: FeedState | None, feed: Feed, now: dt.datetime) -> FeedState:
    """
    What is to be stored as the request leaves, so that a kill cannot lead to one too soon.

    Until `after` says better: at least an hour with a validator, a day without, and as
    long as the feed was left alone the last time, which its server may have asked for.
    """
    known = _known(state, feed)
    wait = dt.timedelta(0)
    if known.next_poll and known.last_poll:
        wait = min(known.next_poll - known.last_poll, DAY)
    full = known.last_full if _has_validator(known) else now
    return replace(known, last_full=full, next_poll=_next(known, full, now, wait))


def after(
    state: FeedState | None,
    feed: Feed,
    fetched: Fetched,
    content: FeedContent | None,
    now: dt.datetime,
    *,
    gave_up: bool = False,
) -> FeedState:
    """
    What is remembered once the feed has been asked.

    Args:
        state: What was remembered before; of another address, it is forgotten.
        feed: The feed as feeds.yaml has it.
        fetched: What came back for `ask(state, feed)`.
        content: What was read in the body; None for anything but a readable 200.
        now: The time; the answer's own is taken where it is later.
        gave_up: Whether the body took too long to read. Its validators are forgotten: "not
            modified" would leave the feed unread for good, though a day later a calmer machine
            could read it.

    Returns:
        The state to store, `next_poll` included.
    """
    at = max(now, fetched.fetched_at)
    known = _known(state, feed)
    is_full = fetched.reached and not _has_validator(known)
    full = at if is_full else known.last_full
    if fetched.error is not None:
        known = replace(known, last_full=full, last_poll=at)
        return _failed(known, feed, fetched, fetched.error.message, at)
    moved_to, moved_count = _moved(known, feed, fetched)
    known = replace(
        known,
        last_full=full,
        last_poll=at,
        last_success=at,
        gone=False,
        moved_to=moved_to,
        moved_count=moved_count,
    )
    if fetched.is_unchanged:
        if _was_unreadable(state, feed):
            return _failed(known, feed, fetched, known.error, at)
    else:
        etag, last_modified = (_validator(fetched, name) for name in ("etag", "last-modified"))
        known = replace(known, etag=etag, last_modified=last_modified)
        if content is None:
            if gave_up:
                known = replace(known, etag="", last_modified="", last_full=at)
            return _failed(known, feed, fetched, UNREADABLE, at)
        known = _learned(known, content, at)
    wait = max(_pace(known, at), hold(fetched.headers, at))
    return replace(known, failures=0, error="", next_poll=_next(known, known.last_full, at, wait))


def _known(state: FeedState | None, feed: Feed) -> FeedState:
    if state is None or state.url != feed.url:
        return FeedState(feed.slug, feed.url)
    return state


def _has_validator(state: FeedState) -> bool:
    return bool(state.etag or state.last_modified)


def _was_unreadable(state: FeedState | None, feed: Feed) -> bool:
    """Whether the document that has not changed since is one that could not be read."""
    known = _known(state, feed)
    return bool(known.error) and known.last_success == known.last_poll


def _validator(fetched: Fetched, name: str) -> str:
    value = fetched.headers.get(name, "")
    return "" if len(value) > MAX_VALIDATOR else value


def _moved(known: FeedState, feed: Feed, fetched: Fetched) -> tuple[str, int]:
    """Where the feed says it lives now, and how many polls in a row have said so."""
    if fetched.url != feed.url and not fetched.moved_to:  # asked there, and it still does
        return known.moved_to, known.moved_count
    count = known.moved_count + 1 if fetched.moved_to == known.moved_to else 1
    return fetched.moved_to, count if fetched.moved_to else 0


def _failed(
    known: FeedState, feed: Feed, fetched: Fetched, error: str, at: dt.datetime
) -> FeedState:
    failures = known.failures + 1
    known = replace(known, failures=failures, error=error)
    if fetched.url != feed.url:  # the remembered address let us down: back to the feed's own
        known = replace(known, moved_to="", moved_count=0)
    elif fetched.status == 410:
        return replace(known, gone=True, next_poll=None)
    wait = min(HOUR * 2 ** min(failures - 1, 10), SLOWEST_RETRY)
    wait *= 1 + JITTER * _fraction(f"{feed.slug} {failures}")
    wait = max(wait, hold(fetched.headers, at))
    return replace(known, next_poll=_next(known, known.last_full, at, wait))


def _fraction(text: str) -> float:
    """From 0 to 1, the same for the same text: failures of many feeds spread without chance."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


def _learned(known: FeedState, content: FeedContent, at: dt.datetime) -> FeedState:
    dates = _dates(content, at)
    newest = max([*dates, *([known.last_entry] if known.last_entry else [])], default=None)
    asked_for = min(dt.timedelta(seconds=max(content.ttl_s, 0)), LONGEST)
    return replace(
        known,
        last_entry=newest,
        pace_s=int(max(_share(_gap(dates)), asked_for).total_seconds()),
        title=content.title or known.title,
        site_url=content.site_url or known.site_url,
        format=content.format,
    )


def _dates(content: FeedContent, at: dt.datetime) -> list[dt.datetime]:
    """Different dates of posts, in order; none that a clock or a joke made up."""
    dates = {entry.published or entry.updated for entry in content.entries}
    dates |= {post.published for post in content.unchanged}
    return sorted(date for date in dates if date and EARLIEST <= date <= at + DAY)


def _gap(dates: list[dt.datetime]) -> dt.timedelta:
    """The usual time between two entries; 0 where there are not two."""
    from statistics import (
        median,
    )  # it loads fractions and chance, and `digest status` needs neither

    gaps = [later - earlier for earlier, later in pairwise(dates)]
    return dt.timedelta(seconds=median(gap.total_seconds() for gap in gaps) if gaps else 0)


def _share(time: dt.timedelta) -> dt.timedelta:
    return min(time / SHARE_OF_GAP, SLOWEST)


def _pace(known: FeedState, at: dt.datetime) -> dt.timedelta:
    silence = at - known.last_entry if known.last_entry else dt.timedelta(0)
    return max(dt.timedelta(seconds=known.pace_s), _share(silence))


def _next(
    known: FeedState, last_full: dt.datetime | None, at: dt.datetime, wait: dt.timedelta
) -> dt.datetime:
    """The next poll: after the wait, and no earlier than manners allow."""
    earliest = at + HOUR
    if last_full and not _has_validator(known):
        earliest = max(earliest, last_full + DAY)
    return max(at + min(wait, LONGEST), earliest)
