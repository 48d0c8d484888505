"""`digest extract`: what is read from pages, and why. Touches network, files and processes."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from .options import Options, clock, command, user_agent

if TYPE_CHECKING:
    from ..pipeline.extracting import Outcome
    from ..settings import Config


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="URL|FILE...")
@click.option("--markdown", "as_markdown", is_flag=True, help="Headings, lists, tables and links.")
@click.option("--json", "json_", is_flag=True, help="A line of JSON for each source.")
@command
def extract(options: Options, sources: tuple[str, ...], as_markdown: bool, json_: bool) -> None:
    """
    Show what is read from pages, and why.

    The text is what a claim may rest on. With --json each line is an object with source, title,
    text, markdown, chosen (the candidate that won), why, and what the page says of itself; or
    with source and error. Several pages are read at once; one that takes over 10 seconds or 500 MB
    is given up. Exit status 1 means that nothing could be read from any of them.

    \b
    Example:
      digest extract https://example.org/a-post
      digest extract --json saved/*.html > pages.jsonl
    """
    import asyncio

    failed = asyncio.run(_run(options, sources, as_markdown, json_))
    if failed == len(sources):
        sys.exit(1)


async def _run(options: Options, sources: tuple[str, ...], as_markdown: bool, json_: bool) -> int:
    """Print what is read as it comes; returns how many sources gave nothing."""
    from ..fetch.door import Door
    from ..pipeline.extracting import extract as read
    from ..pipeline.workers import Workers

    config, progress = _config(options), options.progress()
    failed = 0
    async with (
        Door(config.network, user_agent=user_agent(config), now=clock) as door,
        Workers() as workers,
    ):
        async for outcome in read(sources, config=config, door=door, workers=workers, now=clock):
            failed += bool(outcome.error)
            if json_:
                click.echo(json.dumps(_facts(outcome), ensure_ascii=False))
            elif outcome.examined is not None:
                click.echo(_shown(outcome, as_markdown, len(sources) > 1))
            if outcome.error:
                progress.line(f"{outcome.source}: {outcome.error}")
    return failed


def _config(options: Options) -> Config:
    """The site's, for its limits and families; the defaults outside of a site."""
    from ..settings import Config

    is_site = (options.folder / "feeds.yaml").exists()
    return options.config() if is_site else Config(feeds=())


def _shown(outcome: Outcome, as_markdown: bool, is_one_of_many: bool) -> str:
    from ..extract.markdown import markdown

    assert outcome.examined is not None
    document = outcome.examined.document
    head = f"==> {outcome.source} <==\n\n" if is_one_of_many else ""
    wall = f"({document.wall})\n\n" if document.wall else ""
    if as_markdown:
        return head + wall + markdown(document)
    title = f"{document.title}\n\n" if document.title else ""
    return f"{head}{wall}{title}{document.text}\n"


def _facts(outcome: Outcome) -> dict[str, Any]:
    from ..extract.markdown import markdown
    from ..text import count_words

    if outcome.examined is None:
        return {"source": outcome.source, "error": outcome.error}
    document = outcome.examined.document
    return {
        "source": outcome.source,
        "title": document.title,
        "text": document.text,
        "markdown": markdown(document),
        "chosen": outcome.examined.chosen,
        "why": outcome.examined.why,
        "url": document.url,
        "publisher": document.publisher,
        "site": document.site,
        "author": document.author,
        "published": document.published.isoformat() if document.published else "",
        "language": document.language,
        "words": count_words(document.text),
        "wall": document.wall,
        "license": document.license,
        "reserved": document.reserved,
        "sha256": document.sha256,
        "links": [
            {"url": link.url, "start": link.start, "end": link.end} for link in document.links
        ],
    }
