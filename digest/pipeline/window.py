"""
Which entries wait for a digest's next issue.

Touches store and content/, changes neither; light, since every run and `digest status` ask
it: of past issues it reads the heads alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import content
from ..period import LONGEST_OUTAGE, Window, due
from ..settings import Config, Digest
from ..store import Store
from ..types import Head
from .past import Past, PastIssues

MOST = 5_000
"""Entries of one window, the newest. A first issue's has no beginning: of five thousand feeds it
would hold a hundred thousand, of which an issue tells a dozen."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is due for a digest."""

    window: Window | None
    """None while nothing is."""
    keys: tuple[tuple[str, str], ...]
    """Of the entries in it that no issue covers, in the order of publication."""
    issues: tuple[Past, ...]
    """Those before it."""

    @property
    def newest(self) -> tuple[tuple[str, str], ...]:
        """Those that its issue is chosen from."""
        return self.keys[-MOST:]


def window_of(
    config: Config,
    store: Store,
    site: Path,
    digest: Digest,
    now: dt.datetime,
    *,
    asked: bool = False,
    before: dt.date | None = None,
    known: PastIssues | None = None,
) -> Waiting:
    """
    What is due for a digest: its window, the entries in it that no issue covers, its issues.

    Args:
        asked: Somebody asks for an issue, whatever the schedule says.
        before: The issue of that day is as if it were not there; later ones open no window,
            and what they tell is not told again.
        known: What is known of past issues; their heads are read where None.

    Raises:
        ContentError: An issue.md is not as it should be.
    """
    heads: tuple[Head, ...] = ()
    if known is None:
        heads = content.read_heads(site / "content", digest.slug)
        past = tuple(Past(digest.slug, head.date, head.period_end) for head in heads)
    else:
        past = known.issues(digest.slug)
    issues = tuple(issue for issue in past if before is None or issue.date < before)
    window = due(digest.schedule, issues, now=now, timezone=config.site.timezone, asked=asked)
    if window is None:
        return Waiting(None, (), issues)
    keys = store.entries.waiting(
        [feed.slug for feed in config.feeds_of(digest)],
        seen_after=window.seen_after,
        published_after=window.published_after,
        until=now,
        unread=_unread(site / "content", issues, window),
    )
    if not keys:
        return Waiting(window, (), issues)
    if known is None:
        covered = {key for issue in heads if issue.date != before for key in issue.cover}
    else:
        covered = known.covered(digest.slug, before)
    return Waiting(window, tuple(key for key in keys if key not in covered), issues)


def _unread(folder: Path, heads: Sequence[Past], window: Window) -> dict[str, dt.datetime]:
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
