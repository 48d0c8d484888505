"""
`digest draft --redo`: an issue that is there, or one part of it, written anew.

Touches store and content/ and, through the doors, the network and models.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from .models import opened_desk
from .network import cluster_of, opened_network
from .options import Options, clock

if TYPE_CHECKING:
    from ..pipeline.redo import Redone
    from ..pipeline.reports import DraftReport
    from ..settings import Config, Digest
    from ..store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which issue, which part of it, and how."""

    digest: str = ""
    """Slug; empty where feeds.yaml has one digest alone."""
    day: dt.date | None = None
    """The newest issue where None."""
    part: str = ""
    """A feature's number, `round-ups` or `front`; empty for all of it."""
    note: str = ""
    force: bool = False
    offline: bool = False


def run_redo(
    options: Options, config: Config, store: Store, wanted: Wanted
) -> DraftReport | Redone:
    """Write it anew; what was there stays where nothing better could be proved."""
    import asyncio
    from contextlib import AsyncExitStack

    from .. import content
    from ..draft import DRAFTERS
    from ..pipeline.draft import Again, draft
    from ..pipeline.redo import issue_of, redo

    digest = _digest(config, wanted.digest)
    progress = options.progress()

    async def work() -> DraftReport | Redone:
        async with AsyncExitStack() as stack:
            desk = await opened_desk(stack, options, config, store)
            door = searcher = None
            if not wanted.offline:
                door, searcher = await opened_network(stack, config, clock)
            drafter = DRAFTERS["extractive"]()
            if wanted.part:
                return await redo(
                    config,
                    store,
                    options.folder,
                    drafter,
                    door,
                    digest=digest,
                    day=wanted.day,
                    part=wanted.part,
                    desk=desk,
                    searcher=searcher,
                    note=wanted.note,
                    force=wanted.force,
                    warn=progress.line,
                )
            content.recover_all(options.folder / "content")  # the newest may be set aside
            issues = content.read_issues(options.folder / "content", digest.slug)
            issue = issue_of(issues, digest, wanted.day)
            (report,) = await draft(
                config,
                store,
                options.folder,
                drafter,
                door,
                now=issue.period_end,
                desk=desk,
                searcher=searcher,
                again=Again(issue, wanted.note, wanted.force),
                cluster=cluster_of(config, progress.line),
                report=progress.say if options.verbose else lambda line: None,
                warn=progress.line,
            )
            return report

    return asyncio.run(work())


def _digest(config: Config, slug: str) -> Digest:
    if not slug and len(config.digests) == 1:
        return config.digests[0]
    found = next((digest for digest in config.digests if digest.slug == slug), None)
    if found is None:
        slugs = ", ".join(digest.slug for digest in config.digests)
        raise click.UsageError(f"--redo writes one digest's issue anew: --digest, one of {slugs}")
    return found
