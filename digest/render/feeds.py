"""
Atom, JSON Feed and RSS: all issues, each digest, the essays, the threads; with full text.

Pure. An entry's id is made of what never changes (host, digest, day), `updated` comes from
the content, so that a feed changes only when something was said.

Source: RFC 4287; RFC 4151 (tag addresses); JSON Feed 1.1; RSS 2.0.11
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

import jinja2
from markupsafe import escape

from ..settings import Config
from ..types import Article, Page
from . import markdown, view
from .addresses import Link, absolute, essay_path, host
from .rows import Row
from .sheets import Sheet, key_of, sheet
from .shell import Shell
from .threads import Thread

FORMATS = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}
"""Names of a feed's files."""
NEWEST = 20
"""Entries in a feed. Older ones stay on the site."""
NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""`updated` of a feed with nothing in it: Atom wants one, and there is no clock here."""


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    url: str
    title: str
    summary: str
    content: str
    """HTML with whole addresses."""
    published: dt.datetime
    updated: dt.datetime
    author: str
    categories: tuple[str, ...]


def feeds(shell: Shell) -> Iterator[Sheet]:
    """Every feed in each format."""
    book = shell.book
    for link in [Link("", ""), *shell.digests]:
        rows = list(islice(book.newest(link.path.rstrip("/")), NEWEST))
        yield _stream(link, rows, _issue_item, shell)
    if book.essays:
        link = Link(shell.words.plain("essays"), "essays/")
        yield _stream(link, book.essays[:NEWEST], _essay_item, shell)
    if book.has_threads:
        link = Link(shell.words.plain("threads"), "threads/")
        yield _stream(link, book.threads.all[:NEWEST], _thread_item, shell)


def key_of_texts(shell: Shell) -> str:
    """A key of the whole texts of the issues that feeds tell of."""
    streams = ["", *(link.path.rstrip("/") for link in shell.digests)]
    return key_of(
        [[row.key for row in islice(shell.book.newest(slug), NEWEST)] for slug in streams]
    )


T = TypeVar("T")


def _stream(link: Link, told: Sequence[T], item: Callable[[T, Shell], Item], shell: Shell) -> Sheet:
    """The files of one feed, whose entries are rendered only if one of them is another."""
    texts = [each.key for each in told if isinstance(each, Row)]  # all of it, not what lists show
    ways = [shell.book.ways(each) for each in told if isinstance(each, Row)]
    templates = (FORMATS["atom"], FORMATS["rss"], "issue-feed.html", "thread-feed.html")
    return sheet(
        f"{link.path}{FORMATS['atom']}",
        (link, told, texts, ways, shell.key),
        lambda: _feed(link, [item(each, shell) for each in told], shell),
        templates=templates,
    )


def _feed(link: Link, items: Sequence[Item], shell: Shell) -> Iterator[Page]:
    config = shell.config
    name = config.site.title
    context = {
        "title": f"{name}: {link.title}" if link.title else name,
        "id": tag(config, link.path),
        "home": absolute(config, link.path),
        "updated": max((item.updated for item in items), default=NEVER),
        "items": items,
        "site": config.site,
    }
    context |= {kind: absolute(config, f"{link.path}{file}") for kind, file in FORMATS.items()}
    for file in (FORMATS["atom"], FORMATS["rss"]):
        text = shell.env.get_template(file).render(context)
        yield Page(f"{link.path}{file}", text.encode())
    yield Page(f"{link.path}feed.json", _json(context, items, config, shell.env))


def tag(config: Config, path: str, day: dt.date | None = None) -> str:
    """An id that is never given twice: who names it, when, what."""
    base = urlsplit(config.site.url).path.strip("/")
    specific = "/".join(part for part in (base, path.strip("/")) if part)
    return f"tag:{host(config.site.url)},{day or NEVER.date()}:{specific}"


def _issue_item(row: Row, shell: Shell) -> Item:
    shown = shell.book.rendered(row)
    issue = shown.issue
    content = shell.env.get_template("issue-feed.html").render(view=shown, issue=issue)
    return Item(
        id=tag(shell.config, f"{issue.digest}/{issue.date}", issue.date),
        url=shown.url,
        title=issue.front.title,
        summary=issue.front.dek,
        content=content,
        published=shown.published,
        updated=shown.updated,
        author=_author(shell.config),
        categories=(shown.digest_title,),
    )


def _essay_item(essay: Article, shell: Shell) -> Item:
    path = essay_path(essay)
    url = absolute(shell.config, path)
    day = essay.date or NEVER.date()
    time = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    body = str(markdown.article_to_html(essay.body, base=url, labels=view.labels_of(shell.words)))
    return Item(
        id=tag(shell.config, path, day),
        url=url,
        title=essay.title,
        summary=essay.description,
        content=body.replace('href="#', f'href="{escape(url)}#'),
        published=time,
        updated=time,
        author=essay.author or _author(shell.config),
        categories=(),
    )


def _thread_item(thread: Thread, shell: Shell) -> Item:
    """A thread is told again when it goes on: the same id, a later `updated`."""
    first, last = thread.parts[0].row, thread.parts[-1].row
    content = shell.env.get_template("thread-feed.html").render(
        thread=thread, home=absolute(shell.config, "")
    )
    return Item(
        id=tag(shell.config, thread.path, first.date),
        url=absolute(shell.config, thread.path),
        title=thread.title,
        summary="",
        content=content,
        published=first.published,
        updated=max(part.row.updated for part in thread.parts),
        author=_author(shell.config),
        categories=tuple(dict.fromkeys((first.digest_title, last.digest_title))),
    )


def _author(config: Config) -> str:
    return config.site.author.name or config.site.title


def _json(
    context: dict[str, object], items: Sequence[Item], config: Config, env: jinja2.Environment
) -> bytes:
    """JSON Feed 1.1; what Jinja takes out of other files is taken out here too."""
    clean = env.finalize or (lambda value: value)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": context["title"],
        "home_page_url": context["home"],
        "feed_url": context["json"],
        "description": config.site.description,
        "language": config.site.language,
        "authors": [{"name": _author(config)}],
        "items": [
            {
                "id": item.id,
                "url": item.url,
                "title": clean(item.title),
                "summary": clean(item.summary),
                "content_html": clean(item.content),
                "date_published": item.published.isoformat(),
                "date_modified": item.updated.isoformat(),
                "authors": [{"name": clean(item.author)}],
                "tags": list(item.categories),
            }
            for item in items
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()
