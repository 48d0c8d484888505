"""`digest feeds`: the list of subscriptions. Touches feeds.yaml, network and store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .health import check, list_
from .options import Options, clock, command, count, user_agent

if TYPE_CHECKING:
    from ..errors import DigestError
    from ..pipeline.discover import Found
    from ..settings import Config, Feed


@click.group()
def feeds() -> None:
    """
    Keep the list of feeds.

    \b
    Example:
      digest feeds add example.org
      digest feeds import subscriptions.opml
    """


@feeds.command()
@click.argument("addresses", nargs=-1, required=True, metavar="URL...")
@click.option("--tag", "tags", multiple=True, metavar="WORD", help="To choose it by; repeatable.")
@command
def add(options: Options, addresses: tuple[str, ...], tags: tuple[str, ...]) -> None:
    """
    Find the feed behind any page's address and add it to feeds.yaml.

    A page, a blog's front, or an account of YouTube, Mastodon, GitHub, Substack, Reddit,
    Medium or arXiv will do. The feed is opened before it is added; one that is there already
    is said to be. The rest of feeds.yaml, comments too, stays as it is.

    \b
    Example:
      digest feeds add simonwillison.net --tag ai
      digest feeds add https://github.com/python/cpython https://www.youtube.com/@3blue1brown
    """
    from ..settings import Feed
    from ..text import one_line

    config = options.config()
    found = []
    for address, outcome in zip(addresses, _discover(config, addresses), strict=True):
        if isinstance(outcome, Exception):
            click.echo(f"digest: {outcome}", err=True)
            continue
        click.echo(f"{address}: {outcome.url}: {_described(outcome)}")
        for other in outcome.others:
            click.echo(f"  its page names another feed, too: {one_line(other)}")
        found.append(Feed(url=outcome.url, slug="", tags=tags))
    _add(options, found)
    if not found:
        raise click.exceptions.Exit(1)


def _discover(config: Config, addresses: Sequence[str]) -> list[Found | DigestError]:
    import asyncio

    from ..errors import FetchError
    from ..fetch.door import Door
    from ..pipeline.discover import discover

    async def work() -> list[Found | DigestError]:
        found: list[Found | DigestError] = []
        async with Door(config.network, user_agent=user_agent(config), now=clock) as door:
            for address in addresses:
                try:
                    found.append(await discover(address, door))
                except FetchError as exc:
                    found.append(exc)
        return found

    return asyncio.run(work())


def _described(found: Found) -> str:
    dates = [entry.published for entry in found.content.entries if entry.published]
    newest = f", the newest of {max(dates):%Y-%m-%d}" if dates else ""
    name = f"“{found.content.title}”, " if found.content.title else ""
    return f"{name}{len(found.content.entries)} entries{newest}"


@feeds.command(name="import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@command
def import_(options: Options, file: Path) -> None:
    """
    Add the feeds of an OPML file, as other readers export it.

    Folders become tags. Feeds that are there already are left as they are. Nothing is opened:
    `digest fetch` says which of them answer.

    \b
    Example:
      digest feeds import subscriptions.opml
    """
    options.config()
    _add(options, read_opml(file))


def read_opml(file: Path) -> tuple[Feed, ...]:
    """
    The feeds of an OPML file; what no feed can be is said on stderr.

    Raises:
        ConfigError: The file cannot be read, or holds no feed.
    """
    from ..errors import ConfigError, ParseError
    from ..opml import read

    try:
        found, refused = read(file.read_bytes(), str(file))
    except OSError as exc:
        raise ConfigError(str(file), f"cannot be read: {exc.strerror or exc}") from exc
    except ParseError as exc:
        raise ConfigError(exc.subject, exc.message) from exc
    for url in refused:
        click.echo(f"digest: {file}: {url!r} left out, expected an address of the web", err=True)
    if not found:
        raise ConfigError(str(file), "holds no feed, expected outlines with `xmlUrl`")
    return found


@feeds.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@command
def export(options: Options, file: Path | None) -> None:
    """
    Write the feeds as OPML, which every reader can import, to FILE or stdout.

    \b
    Example:
      digest feeds export my-feeds.opml
    """
    from ..errors import ConfigError
    from ..opml import write

    config = options.config()
    text = write(config.site.title, config.feeds)
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, "utf-8", newline="\n")
    except OSError as exc:
        raise ConfigError(str(file), f"cannot be written: {exc.strerror or exc}") from exc
    click.echo(f"wrote {file}: {count(len(config.feeds), 'feed')}")


def _add(options: Options, found: Sequence[Feed]) -> None:
    """Write the new ones into feeds.yaml; say which were there."""
    from ..config.editing import add_to_file

    if not found:
        return
    added, there = add_to_file(options.folder, found)
    for feed, known in there:
        click.echo(f"{feed.url}: is there already, as {known.slug}")
    for feed in added:
        click.echo(f"added {feed.slug}: {feed.url}")


feeds.add_command(list_)
feeds.add_command(check)
