"""
Which entries wait for a digest's next issue.

Touches store and content/, changes neither; light, since every run and `digest status` ask
it: of past issues it reads the heads alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from .. import content
from ..period import LONGEST_OUTAGE, Window, due
from ..settings import Config, Digest
from ..store import Store
from ..types import Entry, Head


def window_of(
    config: Config,
    store: Store,
    site: Path,
    digest: Digest,
    now: dt.datetime,
    *,
    asked: bool = False,
    before: dt.date | None = None,
) -> tuple[Window | None, tuple[Entry, ...], tuple[Head, ...]]:
    """
    What is due for a digest: its window, the entries in it that no issue covers, its issues.

    Args:
        asked: Somebody asks for an issue, whatever the schedule says.
        before: The issue of that day is as if it were not there; later ones open no window,
            and what they tell is not told again.

    Raises:
        ContentError: An issue.md is not as it should be.
    """
    heads = content.read_heads(site / "content", digest.slug)
    covered = {key for issue in heads if issue.date != before for key in issue.cover}
    issues = tuple(issue for issue in heads if before is None or issue.date < before)
    window = due(digest.schedule, issues, now=now, timezone=config.site.timezone, asked=asked)
    if window is None:
        return None, (), issues
    entries = store.entries.window(**_bounds(config, site, digest, window, issues, now))
    return window, tuple(entry for entry in entries if entry.key not in covered), issues


def waiting(
    config: Config, store: Store, site: Path, digest: Digest, now: dt.datetime
) -> tuple[int | None, tuple[Head, ...]]:
    """
    How many entries `window_of` would give, and the digest's issues; none of them is read.

    Returns:
        None for the number where nothing is due.

    Raises:
        ContentError: An issue.md is not as it should be.
    """
    issues = content.read_heads(site / "content", digest.slug)
    window = due(digest.schedule, issues, now=now, timezone=config.site.timezone, asked=False)
    if window is None:
        return None, issues
    found = store.entries.window_keys(**_bounds(config, site, digest, window, issues, now))
    return len(found.difference(*(issue.cover for issue in issues))), issues


class _Bounds(TypedDict):
    """What `Entries.window` is asked with."""

    feeds: list[str]
    seen_after: dt.datetime | None
    published_after: dt.datetime | None
    until: dt.datetime
    unread: dict[str, dt.datetime]


def _bounds(
    config: Config,
    site: Path,
    digest: Digest,
    window: Window,
    issues: Sequence[Head],
    now: dt.datetime,
) -> _Bounds:
    return _Bounds(
        feeds=[feed.slug for feed in config.feeds_of(digest)],
        seen_after=window.seen_after,
        published_after=window.published_after,
        until=now,
        unread=_unread(site / "content", issues, window),
    )


def _unread(folder: Path, heads: Sequence[Head], window: Window) -> dict[str, dt.datetime]:
    """
    Feeds that could not be read when the last issue was made, with the newest entry then known.

    What they have published since is news, however long before that issue: nobody was told
    of it. The issue itself says which they were, so that a lost store changes nothing.
    """
    last = next((head for head in heads if head.period_end == window.seen_after), None)
    if last is None:
        return {}
    issue = content.read_issue(folder / last.digest / last.date.isoformat(), last.digest)
    return {
        line.slug: max(line.last_entry, last.period_end - LONGEST_OUTAGE)
        for line in issue.feeds
        if line.last_entry is not None and not line.read
    }
