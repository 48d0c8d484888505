"""
The pages that lead to texts by other ways: sources, tags, threads, subscribe.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from ..types import Page
from . import words
from .addresses import Link
from .shell import Shell
from .sources import Source, Use

MOST = 200
"""Items that the page of a source or tag lists; older ones stay in the archive."""


def sources(shell: Shell) -> Iterator[Page]:
    """Every feed, how it fared, and what was used of it."""
    known = shell.book.sources
    title = shell.words.plain("sources")
    yield shell.page("sources.html", "sources/", title, sources=known)
    for source in known:
        yield shell.page(
            "source.html",
            source.path,
            source.name,
            source=source,
            most=MOST,
            several=len(shell.digests) > 1,
        )


def tags(shell: Shell) -> Iterator[Page]:
    """The feeds by their tags, and what was used of them; nothing where no feed has one."""
    if not shell.book.tags:
        return
    yield shell.page("tags.html", "tags/", shell.words.plain("tags"), tags=shell.book.tags)
    for tag, known in shell.book.tags:
        yield shell.page("tag.html", tag.path, tag.title, sources=known, uses=_uses(known)[:MOST])


def _uses(known: tuple[Source, ...]) -> list[Use]:
    """What was used of several feeds, newest first, each item once."""
    found = {(use.row.path, use.anchor): use for source in known for use in source.uses[:MOST]}
    return sorted(found.values(), key=lambda use: use.row.issue.date, reverse=True)


def threads(shell: Shell) -> Iterator[Page]:
    """Stories that went on over several issues; nothing where none did."""
    known = shell.book.threads.all
    if not known:
        return
    feed = Link(shell.words.plain("threads"), "threads/")
    yield shell.page("threads.html", feed.path, feed.title, feed=feed, threads=known)
    for thread in known:
        yield shell.page(
            "thread.html", thread.path, thread.title, feed=feed, kind="article", thread=thread
        )


def subscribe(shell: Shell) -> Iterator[Page]:
    """What can be subscribed to, where, and how often it comes."""
    often = {
        f"{digest.slug}/": (how_often(digest.schedule, shell.words), digest.description)
        for digest in shell.config.digests
    }
    streams = [(link, *often.get(link.path, ("", ""))) for link in shell.streams]
    title = shell.words.plain("subscribe")
    yield shell.page("subscribe.html", "subscribe/", title, streams=streams)


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


def search(shell: Shell) -> Iterator[Page]:
    """The page to search the site; nothing where there will be no index."""
    if shell.book.search:
        title = shell.words.plain("search")
        yield shell.page("search.html", "search/", title, policy=SEARCH_POLICY)
        yield Page("assets/search.js", shell.env.get_template("search.js").render().encode())


def opml(shell: Shell) -> Iterator[Page]:
    """The sources as a list that other feed readers take over."""
    read = [source for source in shell.book.sources if source.url]
    text = shell.env.get_template("feeds.opml").render(title=shell.config.site.title, sources=read)
    yield Page("sources/feeds.opml", text.encode())
