"""
Which entries wait for a digest's next issue.

Touches store and content/, changes neither; light, since every run and `digest status` ask
it: of past issues it reads the heads alone.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from .. import content
from ..period import Window, due
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
) -> tuple[Window | None, tuple[Entry, ...], tuple[Head, ...]]:
    """
    What is due for a digest: its window, the entries in it that no issue covers, its issues.

    Raises:
        ContentError: An issue.md is not as it should be.
    """
    issues = content.read_heads(site / "content", digest.slug)
    window = due(digest.schedule, issues, now=now, timezone=config.site.timezone, asked=asked)
    if window is None:
        return None, (), issues
    covered = {key for issue in issues for key in issue.cover}
    entries = store.entries.window(
        [feed.slug for feed in config.feeds_of(digest)],
        seen_after=window.seen_after,
        published_after=window.published_after,
        until=now,
    )
    return window, tuple(entry for entry in entries if entry.key not in covered), issues
