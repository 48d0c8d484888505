"""`digest feeds list` and `digest feeds check`: subscriptions and their health. Reads the store."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from .options import Options, as_json, clock, command, count

if TYPE_CHECKING:
    from ..pipeline.health import Health


DAYS = click.IntRange(1, 3650)


@click.command(name="list")
@click.option("--json", "json_", is_flag=True, help="The list as JSON.")
@command
def list_(options: Options, json_: bool) -> None:
    """
    Show every feed: state, address, newest entry, when it is asked next.

    \b
    Example:
      digest feeds list
    """
    lines = _health(options, 30)
    if json_:
        click.echo(as_json(lines))
        return
    width = max(len(line.feed) for line in lines)
    for line in lines:
        newest = f"newest entry {line.last_entry:%Y-%m-%d}" if line.last_entry else "no entry yet"
        click.echo(f"{line.feed:<{width}}  {line.state:<13}  {newest:<23}  {_next(line)}")
        click.echo(f"{'':<{width}}  {line.url}")


@click.command()
@click.option("--days", default=30, show_default=True, type=DAYS, help="Polls of so many days.")
@click.option("--json", "json_", is_flag=True, help="The figures as JSON.")
@click.option("--strict", is_flag=True, help="Exit 1 if a feed is failing or gone.")
@command
def check(options: Options, days: int, json_: bool, strict: bool) -> None:
    """
    Show how feeds fare, as a table: state, format, newest entry, pace, kind of text, polls.

    Below it, what is wrong: failures and their reason, moves, feeds that bring the same posts.

    \b
    Example:
      digest feeds check
      digest feeds check --days 7 --strict
    """
    lines = _health(options, days)
    if json_:
        click.echo(as_json(lines))
    else:
        _print_table(lines)
        for line in lines:
            for words in _wrong(line):
                click.echo(f"{line.feed}: {words}")
    if strict and any(line.state in {"failing", "gone"} for line in lines):
        sys.exit(1)


def _health(options: Options, days: int) -> tuple[Health, ...]:
    from ..pipeline.health import health
    from ..store import FILE, Store

    config = options.config()
    with Store(options.folder / FILE) as store:
        return health(config, store, since=clock() - dt.timedelta(days=days))


HEAD = ("feed", "state", "format", "newest", "a week", "text", "polls", "failed", "new", "s", "kB")


def _print_table(lines: Sequence[Health]) -> None:
    rows = [HEAD, *(_row(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        cells = zip(row, widths, strict=True)
        click.echo("  ".join(f"{cell:<{width}}" for cell, width in cells).rstrip())


def _row(line: Health) -> tuple[str, ...]:
    polls = line.polls or 1
    return (
        line.feed,
        line.state,
        line.format or "–",
        f"{line.last_entry:%Y-%m-%d}" if line.last_entry else "–",
        "–" if line.per_week is None else f"{line.per_week:g}",
        line.text or "–",
        str(line.polls),
        str(line.failed),
        str(line.new),
        f"{line.seconds:.2f}",
        f"{line.bytes / polls / 1000:.0f}",
    )


def _wrong(line: Health) -> Iterator[str]:
    """What a person may have to do something about."""
    if line.error:
        yield f"{count(line.failures, 'failure')} in a row: {line.error}"
    if line.moved_to:
        yield f"it says that it lives at {line.moved_to}"
    if line.same_as:
        yield f"brings the same posts as {line.same_as}: one of the two can go"
    if line.state == "gone":
        again = f"digest fetch --force --feed {line.feed}"
        yield f"gone for good: take it out of feeds.yaml, or ask once more: {again}"


def _next(line: Health) -> str:
    if line.state == "gone":
        return "not asked again"
    return f"next {line.next_poll:%Y-%m-%d %H:%M} UTC" if line.next_poll else "due now"
