"""
`digest status`: feeds' health, what waits, how old the newest issue is, what models cost.

Reads the store.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from .options import Age, Options, as_json, clock, command, count

if TYPE_CHECKING:
    from ..pipeline.status import Status
    from ..store.replies import Spent

MONTHS = 2
"""How far back the costs are shown; `--json` has all."""


@click.command()
@click.option("--json", "json_", is_flag=True, help="The report as JSON.")
@click.option(
    "--fail-if-older",
    type=Age(),
    metavar="AGE",
    help="Exit 1 if the newest issue is older: 3d, 36h.",
)
@command
def status(options: Options, json_: bool, fail_if_older: dt.timedelta | None) -> None:
    """
    Show feeds' health, what waits for an issue or for the mail, how old the newest issue is, and
    what models have cost.

    \b
    Example:
      digest status --fail-if-older 3d
    """
    from ..pipeline.status import status as run
    from ..store import FILE, Store

    config = options.config()
    now = clock()
    with Store(options.folder / FILE) as store:
        report = run(config, store, options.folder, now=now)
    click.echo(as_json(report)) if json_ else _print_status(report, now)
    age = now - report.newest if report.newest else dt.timedelta.max
    if fail_if_older is not None and age > fail_if_older:
        click.echo(f"digest: the newest issue is older than {_span(fail_if_older)}", err=True)
        sys.exit(1)


def _print_status(report: Status, now: dt.datetime) -> None:
    from ..pipeline.owed import words_of

    width = max((len(feed.feed) for feed in report.feeds), default=0)
    for feed in report.feeds:
        line = f"{feed.feed:<{width}}  {feed.state:<13}  {feed.entries:>5} entries"
        if feed.last_entry:
            line += f", newest {_ago(now - feed.last_entry)}"
        if feed.next_poll and feed.next_poll > now:
            line += f", asked again in {_span(feed.next_poll - now)}"
        click.echo(line)
        if feed.error:
            click.echo(f"{'':<{width}}  {feed.failures} failures in a row: {feed.error}")
        if feed.advice:
            click.echo(f"{'':<{width}}  {feed.advice}")
    click.echo("")
    for digest in report.digests:
        last = f"last issue {digest.last_issue}" if digest.last_issue else "no issue yet"
        wait = f"due, {digest.waiting} entries wait" if digest.due else "nothing due"
        click.echo(f"{digest.digest}: {count(digest.issues, 'issue')}, {last}; {wait}")
        for sending in digest.mail:
            click.echo(f"  mail of {sending.issue} by {sending.via}: {words_of(sending)}")

    for line in _spent(report.spent):
        click.echo(line)
    if report.left_usd is not None:
        click.echo(f"models: {report.left_usd:.2f} USD are left of this month's budget")


def _spent(spent: Sequence[Spent]) -> Iterator[str]:
    """What models have cost in the newest months, a line for each digest."""
    months = list(dict.fromkeys(each.month for each in spent))[:MONTHS]
    for each in spent:
        if each.month not in months:
            return
        line = (
            f"models in {each.month}, {each.digest}: {count(each.calls, 'call')}, "
            f"{each.input:,} tokens read, {each.output:,} written"
        )
        if each.calls > each.unpriced:
            line += f", {each.usd:.2f} USD"
        if each.unpriced:
            line += f"; the price of {count(each.unpriced, 'call')} is not known"
        if each.cut:
            line += f"; {each.cut} cut off, counted in full"
        yield line


def _ago(age: dt.timedelta) -> str:
    return f"{_span(age)} ago"


def _span(age: dt.timedelta) -> str:
    seconds = int(age.total_seconds())
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60)):
        if seconds >= size:
            return f"{seconds // size}{unit}"
    return f"{max(seconds, 0)}s"
