"""`digest feeds list` and `digest feeds check`: subscriptions and their health. Reads the store."""

from __future__ import annotations

import datetime as dt
import sys
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
    Show how feeds have fared over time: polls, failures, entries, time, moves.

    \b
    Example:
      digest feeds check
      digest feeds check --days 7 --strict
    """
    lines = _health(options, days)
    if json_:
        click.echo(as_json(lines))
    else:
        for line in lines:
            _print(line)
    if strict and any(line.state in {"failing", "gone"} for line in lines):
        sys.exit(1)


def _health(options: Options, days: int) -> tuple[Health, ...]:
    from ..pipeline.health import health
    from ..store import FILE, Store

    config = options.config()
    with Store(options.folder / FILE) as store:
        return health(config, store, since=clock() - dt.timedelta(days=days))


def _print(line: Health) -> None:
    click.echo(f"{line.feed}: {line.state}")
    if line.polls:
        click.echo(
            f"  {count(line.polls, 'poll')}, {line.failed} failed, {line.unchanged} unchanged; "
            f"{line.new} new, {line.updated} edited; {line.seconds:.2f} s and "
            f"{line.bytes // line.polls:,} bytes in the mean; {_next(line)}"
        )
    if line.error:
        click.echo(f"  {count(line.failures, 'failure')} in a row: {line.error}")
    if line.moved_to:
        click.echo(f"  it says that it lives at {line.moved_to}")
    if line.state == "gone":
        again = f"digest fetch --force --feed {line.feed}"
        click.echo(f"  take it out of feeds.yaml, or ask once more: {again}")


def _next(line: Health) -> str:
    if line.state == "gone":
        return "not asked again"
    return f"next {line.next_poll:%Y-%m-%d %H:%M} UTC" if line.next_poll else "due now"
