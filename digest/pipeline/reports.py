"""
What came of drafting; and the report of a run for which no issue is due.

Reads the store and content/; light, so that such a run need not load all that writes an issue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..settings import Config
from ..store import Store
from .window import window_of

if TYPE_CHECKING:
    from ..period import Window
    from ..types import Issue, Story
    from .estimate import Estimate
    from .past import PastIssues
    from .researching import Outlook


@dataclass(frozen=True, slots=True)
class Plan:
    """What an issue would tell of, and why."""

    digest: str
    window: Window
    stories: tuple[Story, ...]
    evidence: tuple[Outlook, ...] = ()
    """What its features would be told from."""
    cost: Estimate | None = None
    """What its models would be paid; None without one."""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What came of one digest's turn."""

    digest: str
    outcome: str
    """"written", "not due", "no news", "all dropped"."""
    folder: str = ""
    issue: Issue | None = None
    """What was written; where none is due, the one that is there."""
    plan: Plan | None = None


def idle(
    config: Config,
    store: Store,
    site: Path,
    past: PastIssues,
    *,
    now: dt.datetime,
    only: Collection[str],
) -> tuple[DraftReport, ...] | None:
    """
    What `draft` would report where it has nothing to write, without the issues that are there.

    Args:
        only: Slugs of digests; all where empty.

    Returns:
        None where an issue is to be written.

    Raises:
        ContentError: An issue.md is not as it should be.
    """
    reports = []
    for digest in config.digests:
        if not only or digest.slug in only:
            waiting = window_of(config, store, site, digest, now, asked=bool(only), known=past)
            if waiting.window is not None and waiting.keys:
                return None
            outcome = "not due" if waiting.window is None else "no news"
            reports.append(DraftReport(digest.slug, outcome))
    return tuple(reports)
