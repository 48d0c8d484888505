"""
Atom and JSON Feed: all issues, each digest, the essays; with full text.

Pure. An entry's id is made of what never changes (host, digest, day), `updated` comes from
the content, so that a feed changes only when something was said.

Source: RFC 4287; RFC 4151 (tag addresses); JSON Feed 1.1
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import jinja2

from ..settings import Config
from ..types import Article, Issue, Page, Publication
from . import markdown, view
from .addresses import absolute, essay_path, host
from .shell import Link, Shell

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


def feeds(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """Both formats of every feed."""
    shell = Shell(publication, config, env)
    yield from _feed(Link("", ""), publication.issues, shell)
    for link in shell.digests():
        own = [i for i in publication.issues if f"{i.digest}/" == link.path]
        yield from _feed(link, own, shell)
    if publication.essays:
        yield from _feed(Link("Essays", "essays/"), publication.essays, shell)


def _feed(link: Link, texts: Sequence[Issue | Article], shell: Shell) -> Iterator[Page]:
    config = shell.config
    items = [
        _issue_item(text, shell) if isinstance(text, Issue) else _essay_item(text, config)
        for text in texts[:NEWEST]
    ]
    name = config.site.title
    context = {
        "title": f"{name}: {link.title}" if link.title else name,
        "id": tag(config, link.path),
        "home": absolute(config, link.path),
        "atom": absolute(config, f"{link.path}atom.xml"),
        "json": absolute(config, f"{link.path}feed.json"),
        "updated": max((item.updated for item in items), default=NEVER),
        "items": items,
        "site": config.site,
    }
    atom = shell.env.get_template("atom.xml").render(context)
    yield Page(f"{link.path}atom.xml", atom.encode())
    yield Page(f"{link.path}feed.json", _json(context, items, config, shell.env))


def tag(config: Config, path: str, day: dt.date | None = None) -> str:
    """An id that is never given twice: who names it, when, what."""
    base = urlsplit(config.site.url).path.strip("/")
    specific = "/".join(part for part in (base, path.strip("/")) if part)
    return f"tag:{host(config.site.url)},{day or NEVER.date()}:{specific}"


def _issue_item(issue: Issue, shell: Shell) -> Item:
    shown = view.view(issue, shell.config, shell.publication.issues)
    content = shell.env.get_template("issue-feed.html").render(view=shown, issue=issue)
    return Item(
        id=tag(shell.config, f"{issue.digest}/{issue.date}", issue.date),
        url=shown.url,
        title=issue.front.title,
        summary=issue.front.dek,
        content=content,
        published=shown.published,
        updated=shown.updated,
        author=shell.config.site.author.name or shell.config.site.title,
        categories=(shown.digest_title,),
    )


def _essay_item(essay: Article, config: Config) -> Item:
    path = essay_path(essay)
    url = absolute(config, path)
    day = essay.date or NEVER.date()
    time = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    return Item(
        id=tag(config, path, day),
        url=url,
        title=essay.title,
        summary=essay.description,
        content=str(markdown.article_to_html(essay.body, base=url)),
        published=time,
        updated=time,
        author=essay.author or config.site.author.name or config.site.title,
        categories=(),
    )


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
        "authors": [{"name": config.site.author.name or config.site.title}],
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
