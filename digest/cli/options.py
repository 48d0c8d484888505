"""
What every command shares: options, errors as words with a status, clock, store, JSON.

Touches arguments, environment, clock and the standard streams.
"""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .. import __version__
from ..errors import ConfigError, ContentError, DigestError

if TYPE_CHECKING:
    from ..progress import Progress
    from ..settings import Config
    from ..store import Store

F = TypeVar("F", bound=Callable[..., Any])

Routes = dict[str, tuple[str, int]]
"""Host → loopback address and port that answers for it: the demo's world."""

USER_AGENT = f"digest/{__version__} (+https://pypi.org/project/digestpress/)"
"""The site's own address is added where feeds.yaml gives a public one."""


@dataclass(frozen=True, slots=True)
class Options:
    """What every command takes."""

    folder: Path
    verbose: bool
    quiet: bool

    def progress(self) -> Progress:
        from ..progress import Progress

        return Progress(sys.stderr, quiet=self.quiet, verbose=self.verbose)

    def config(self) -> Config:
        from ..config import read

        return read(self.folder)


def command(function: F) -> F:
    """The options that every command takes, and errors as words with a status."""

    @functools.wraps(function)
    def run(*args: Any, folder: Path, verbose: bool, quiet: bool, **kwargs: Any) -> None:
        try:
            function(Options(folder, verbose, quiet), *args, **kwargs)
        except DigestError as exc:
            click.echo(f"digest: {exc}", err=True)
            sys.exit(_status_of(exc))
        except KeyboardInterrupt:
            click.echo("digest: stopped", err=True)
            sys.exit(130)

    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Only warnings and results."),
        click.option("-v", "--verbose", is_flag=True, help="A line for each thing done."),
        click.option(
            "-C",
            "folder",
            default=".",
            type=click.Path(file_okay=False, path_type=Path),
            help="The folder with feeds.yaml (default: this one).",
        ),
    ):
        run = option(run)
    return run  # type: ignore[return-value]


def _status_of(exc: DigestError) -> int:
    """2 for what the user can mend in a file, 1 for what went wrong outside."""
    return 2 if isinstance(exc, ConfigError | ContentError) else 1


def as_json(value: Any) -> str:
    """A report as JSON: dataclasses as objects, times as text."""

    def plain(item: Any) -> Any:
        if is_dataclass(item) and not isinstance(item, type):
            return asdict(item)
        if isinstance(item, dt.datetime | dt.date):
            return item.isoformat().replace("+00:00", "Z")
        return str(item)

    import json

    return json.dumps(value, default=plain, ensure_ascii=False, indent=1)


def clock() -> dt.datetime:
    """Now, in UTC, to the millisecond that the store keeps."""
    now = dt.datetime.now(dt.UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class Time(click.ParamType[dt.datetime]):
    """A time such as 2026-04-24T06:30Z or a day, which means its last second."""

    name = "time"

    def convert(self, value: Any, param: Any, ctx: Any) -> dt.datetime:
        if isinstance(value, dt.datetime):
            return value
        try:
            if len(value) == 10:
                day = dt.date.fromisoformat(value)
                return dt.datetime.combine(day, dt.time(23, 59, 59), dt.UTC)
            time = dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r}, expected a time such as 2026-04-24T06:30Z or 2026-04-24")
        return time.astimezone(dt.UTC) if time.tzinfo else time.replace(tzinfo=dt.UTC)


class Age(click.ParamType[dt.timedelta]):
    """A span such as 3d, 36h or 5m."""

    name = "age"
    UNITS = {"d": "days", "h": "hours", "m": "minutes"}  # noqa: RUF012

    def convert(self, value: Any, param: Any, ctx: Any) -> dt.timedelta:
        if isinstance(value, dt.timedelta):
            return value
        if value[:-1].isdecimal() and value[-1:] in self.UNITS and len(value) < 8:
            return dt.timedelta(**{self.UNITS[value[-1]]: int(value[:-1])})
        return self.fail(f"{value!r}, expected an age such as 3d, 36h or 5m")


@contextmanager
def held_lock(options: Options, what: str) -> Iterator[bool]:
    """
    The site's lock; False where another run holds it (said on stderr).

    A second run is no failure: the first one does the work.
    """
    from ..store import locked

    with locked(options.folder, f"{what} (process {os.getpid()}, since {clock():%H:%M} UTC)") as by:
        if by:
            click.echo(f"digest: nothing done: {by} is at work in this folder", err=True)
        yield not by


@contextmanager
def opened_store(options: Options, what: str) -> Iterator[Store | None]:
    """The store, locked; None where another run holds the lock."""
    from ..store import FILE, Store

    with held_lock(options, what) as is_ours:
        if not is_ours:
            yield None
            return
        with Store(options.folder / FILE) as store:
            yield store


def user_agent(config: Config) -> str:
    url = config.site.url
    return USER_AGENT if "localhost" in url else USER_AGENT.replace(")", f"; {url})")


def check_slugs(given: Sequence[str], known: Sequence[str], what: str) -> None:
    for slug in given:
        if slug not in known:
            raise click.BadParameter(
                f"no {what} {slug!r} in feeds.yaml, expected one of {', '.join(known)}"
            )


R = TypeVar("R")


def tell(results: Sequence[R], show: Callable[[R], None], *, is_json: bool) -> None:
    """A report about several issues, for people or for programs."""
    if is_json:
        click.echo(as_json(results))
    else:
        for result in results:
            show(result)


def refuse_unknown(issue: str, names: Sequence[str], *others: str) -> None:
    """
    Nothing in content/ was meant by a name: a mistake, but for a site without any issue.

    Args:
        issue: As it was given; empty or "all" for no name.
        names: Of all issues there are, oldest first.
        others: What else may be named, in words.
    """
    if not names and issue in {"", "all"}:
        click.echo("digest: there is no issue yet", err=True)
        return
    choice = ", ".join((f"one such as {names[-1]}", "a digest", "a day", *others))
    raise click.BadParameter(
        f"no issue {issue!r} in content/, expected {choice if names else 'one that exists'}"
    )


def count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
