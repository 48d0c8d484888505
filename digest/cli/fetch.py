"""`digest fetch`: feeds → store. Touches network and store."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from .network import Address, cluster_of, with_cluster
from .options import (
    Options,
    Routes,
    as_json,
    check_slugs,
    clock,
    command,
    count,
    opened_store,
    user_agent,
)

if TYPE_CHECKING:
    from ..pipeline.fetch import FeedReport, FetchReport
    from ..settings import Config
    from ..store import Store


@click.command()
@click.option("--force", is_flag=True, help="Ask every feed, due or not.")
@click.option(
    "--feed", "only", multiple=True, metavar="SLUG", help="Ask this feed alone; may be repeated."
)
@click.option(
    "--cluster",
    type=Address(),
    metavar="ADDRESS",
    help="Have feeds read by a Dask scheduler's workers (tcp://host:8786) or by local:N.",
)
@click.option("--strict", is_flag=True, help="Exit 1 if any feed fails.")
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
@command
def fetch(
    options: Options,
    force: bool,
    only: tuple[str, ...],
    cluster: str | None,
    strict: bool,
    json_: bool,
) -> None:
    """
    Poll the feeds that are due and keep what they bring.

    A feed that fails is reported and asked again later; the others go on. Exit status 1
    means that every feed that was asked failed.

    \b
    Example:
      digest fetch
      digest fetch --force --feed simon-willison
      digest fetch --cluster local:4
    """
    config = with_cluster(options.config(), cluster)
    check_slugs(only, [feed.slug for feed in config.feeds], "feed")
    with opened_store(options, "digest fetch") as store:
        if store is None:
            return
        report = run_fetch(options, config, store, force=force, only=only)
    if json_:
        click.echo(as_json(report))
    else:
        print_fetch(report)
    failed = len(report.failed)
    if report.feeds and (failed == len(report.feeds) or (strict and failed)):
        sys.exit(1)


def run_fetch(
    options: Options,
    config: Config,
    store: Store,
    *,
    force: bool = False,
    only: tuple[str, ...] = (),
    now: Callable[[], dt.datetime] = clock,
    routes: Routes | None = None,
) -> FetchReport:
    """Fetch with progress on stderr; the command's own work and the demo's."""
    import asyncio

    from ..fetch.door import Door
    from ..pipeline.fetch import fetch as run

    progress = options.progress()

    def show(line: FeedReport, total: int) -> None:
        warning = f"{line.feed}: {line.error}" if line.error else ""
        if line.problem and not warning:
            warning = f"{line.feed}: {line.problem}"
        detail = (
            f"{line.feed}: {line.new} new, {line.updated} edited, {line.pages} pages in "
            f"{line.seconds:.1f} s"
        )
        if line.next_poll:
            detail += f"; next poll {line.next_poll:%Y-%m-%d %H:%M} UTC"
        progress.step(total, "feeds", detail=detail, warning=warning)
        for url, reason in line.unread:
            progress.line(f"{line.feed}: {url}: {reason}")

    agent = user_agent(config)

    async def work() -> FetchReport:
        async with Door(config.network, user_agent=agent, now=now, routes=routes) as door:
            return await run(
                config,
                store,
                door,
                now=now,
                environment=os.environ,
                force=force,
                only=only,
                report=show,
                cluster=cluster_of(config, progress.line, routes),
            )

    return asyncio.run(work())


def print_fetch(report: FetchReport) -> None:
    new = sum(line.new for line in report.feeds)
    updated = sum(line.updated for line in report.feeds)
    pages = sum(line.pages for line in report.feeds)
    unread = sum(len(line.unread) for line in report.feeds)
    parts = [
        _with_failures(count(len(report.feeds), "feed") + " asked", len(report.failed)),
        f"{new} new entries",
    ]
    if updated:
        parts.append(f"{updated} edited")
    if pages or unread:
        parts.append(_with_failures(f"{count(pages + unread, 'page')} opened", unread))
    if report.waiting:
        parts.append(f"{report.waiting} not due yet")
    click.echo(", ".join(parts))


def _with_failures(text: str, failed: int) -> str:
    return f"{text} ({failed} failed)" if failed else text
