"""
The pages that lead to texts by other ways: sources, tags, threads, subscribe.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from ..types import Page
from . import words
from .addresses import Link
from .compact import compact
from .sheets import Sheet, sheet
from .shell import Shell
from .sources import MOST, Source, Use


def sources(shell: Shell) -> Iterator[Sheet]:
    """Every feed, how it fared, and what was used of it."""
    known = shell.book.sources
    title = shell.words.plain("sources")
    yield shell.sheet("sources.html", "sources/", title, sources=known)
    for source in known:
        yield shell.sheet(
            "source.html",
            source.path,
            source.name,
            source=source,
            several=len(shell.digests) > 1,
        )


def tags(shell: Shell) -> Iterator[Sheet]:
    """The feeds by their tags, and what was used of them; nothing where no feed has one."""
    if not shell.book.tags:
        return
    yield shell.sheet("tags.html", "tags/", shell.words.plain("tags"), tags=shell.book.tags)
    for tag, known in shell.book.tags:
        yield shell.sheet("tag.html", tag.path, tag.title, sources=known, uses=_uses(known)[:MOST])


def _uses(known: tuple[Source, ...]) -> list[Use]:
    """What was used of several feeds, newest first, each item once."""
    found = {(use.row.path, use.anchor): use for source in known for use in source.uses}
    return sorted(found.values(), key=lambda use: use.row.date, reverse=True)


def threads(shell: Shell) -> Iterator[Sheet]:
    """Stories that went on over several issues; nothing where none did."""
    known = shell.book.threads.all
    if not known:
        return
    feed = Link(shell.words.plain("threads"), "threads/")
    yield shell.sheet("threads.html", feed.path, feed.title, feed=feed, threads=known)
    for thread in known:
        yield shell.sheet(
            "thread.html", thread.path, thread.title, feed=feed, kind="article", thread=thread
        )


def subscribe(shell: Shell) -> Iterator[Sheet]:
    """What can be subscribed to, where, and how often it comes."""
    often = {
        f"{digest.slug}/": (how_often(digest.schedule, shell.words), digest.description)
        for digest in shell.config.digests
    }
    streams = [(link, *often.get(link.path, ("", ""))) for link in shell.streams]
    title = shell.words.plain("subscribe")
    yield shell.sheet("subscribe.html", "subscribe/", title, streams=streams)


def how_often(schedule: str, say: words.Words) -> str:
    """`weekly mon` in words."""
    kind, _, weekday = schedule.partition(" ")
    if kind != "weekly":
        return say.plain(kind)
    return say.plain("weekly", weekday=say.choice("weekdays", weekday))


SEARCH_POLICY = Markup(
    "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "connect-src 'self'; worker-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""The index is read by a program in WebAssembly, from files of the site."""


def search(shell: Shell) -> Iterator[Sheet]:
    """The page to search the site; nothing where there will be no index."""
    if shell.book.search:
        title = shell.words.plain("search")
        yield shell.sheet("search.html", "search/", title, policy=SEARCH_POLICY)
        yield asset("search.js", shell)


def opml(shell: Shell) -> Iterator[Sheet]:
    """The sources as a list that other feed readers take over."""
    read = [source for source in shell.book.sources if source.url]
    title = shell.config.site.title
    told = [(source.name, source.url, source.tags) for source in read]
    path = "sources/feeds.opml"
    yield sheet(
        path,
        (title, told),
        lambda: [shell.file("feeds.opml", path, title=title, sources=read)],
        templates=("feeds.opml",),
    )


def asset(name: str, shell: Shell) -> Sheet:
    """A file of assets/; nothing is put into its template, so it changes with that alone."""
    path = f"assets/{name}"
    return sheet(path, path, lambda: [_asset(name, path, shell)], templates=(name,))


def _asset(name: str, path: str, shell: Shell) -> Page:
    file = shell.file(name, path)
    if not name.endswith(".css"):
        return file
    return replace(file, body=compact(file.body.decode()).encode())
