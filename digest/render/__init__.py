"""
Issues, essays and pages → the files of the site, and the newsletters.

Pure, given a Jinja environment: no clock, no store; the same input gives the same bytes.
An output format is a function of a shell, which holds all there is to show, a line in
`RENDERERS`, a template and a golden file.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import jinja2

from ..errors import PublishError
from ..settings import Config
from ..types import Message, Page, Publication
from .book import Book
from .environment import environment
from .evidence import evidence
from .feeds import feeds, key_of_texts
from .lists import opml, search, sources, subscribe, tags, threads
from .machines import robots, sitemap, status
from .moved import address_of, aliases, lost
from .sheets import Section, Sheet, key_of
from .shell import Shell
from .site import (
    archive,
    articles,
    assets,
    digests,
    essays,
    home,
    issues,
    issues_of,
    key_of_issues,
    not_found,
)

__all__ = [
    "RENDERERS",
    "address_of",
    "environment",
    "lost",
    "messages",
    "pages",
    "sections",
    "sheets",
    "template_errors",
]

Renderer = Callable[[Shell], Iterator[Sheet]]

RENDERERS: dict[str, Renderer] = {
    "home": home,
    "feeds": feeds,
    "digests": digests,
    "issues": issues,
    "evidence": evidence,
    "archive": archive,
    "sources": sources,
    "opml": opml,
    "tags": tags,
    "threads": threads,
    "subscribe": subscribe,
    "search": search,
    "essays": essays,
    "articles": articles,
    "sitemap": sitemap,
    "status": status,
    "robots": robots,
    "aliases": aliases,
    "not found": not_found,
    "assets": assets,
}


def pages(
    publication: Publication,
    config: Config,
    env: jinja2.Environment,
    *,
    drafts: bool = False,
    known: Collection[str] = (),
    with_search: bool = False,
) -> Iterator[Page]:
    """
    All files of the site.

    Args:
        publication: Issues and essays newest first.
        config: Names, addresses, author.
        env: As `environment` makes it.
        drafts: Show drafts too, for a preview.
        known: Addresses that were published before, and must not be lost.
        with_search: An index will be made of the pages, so there is a page to search it.

    Raises:
        PublishError: A template is wrong, and the subject says where; or an address that was
            published would vanish.
    """
    shown = publication if drafts else published(publication)
    with template_errors():
        shell = Shell(Book.of(shown, config, env, search=with_search))
        made: set[str] = set()
        for sheet in sheets(shell):
            for page in sheet.make():
                made.add(address_of(page.path))
                yield page
        for sheet in lost(known, made, shell):
            yield from sheet.make()


def sheets(shell: Shell) -> Iterator[Sheet]:
    """The same not yet rendered, each with the key of what it is made from; without `known`."""
    for render in RENDERERS.values():
        yield from render(shell)


def sections(shell: Shell) -> Iterator[Section]:
    """The same sheets by what they are made of, none of them described yet."""
    book = shell.book
    lists = key_of((shell.key, book.shown, book.essays, book.pages, book.search))
    for volume in book.volumes:
        name = f"issues/{volume.digest}/{volume.year}"
        key = key_of_issues(volume, shell)
        yield Section(name, key, partial(issues_of, volume, shell))
    yield Section("feeds", key_of((lists, key_of_texts(shell))), partial(feeds, shell))
    yield Section("lists", lists, partial(_lists, shell))


def _lists(shell: Shell) -> Iterator[Sheet]:
    """What shows of issues no more than rows have."""
    for name, render in RENDERERS.items():
        if name not in {"issues", "feeds"}:
            yield from render(shell)


def messages(
    publication: Publication, config: Config, env: jinja2.Environment
) -> Iterator[Message]:
    """
    A newsletter for each published issue.

    Raises:
        PublishError: A template is wrong; the subject says where.
    """
    from .newsletter import newsletters  # with what puts styles into mail

    with template_errors():
        yield from newsletters(published(publication), config, env)


def published(publication: Publication) -> Publication:
    """The publication without its drafts."""
    return replace(
        publication, issues=tuple(i for i in publication.issues if i.status == "published")
    )


@contextmanager
def template_errors() -> Iterator[None]:
    """
    Raises:
        PublishError: A template is wrong; the subject says where.
    """
    try:
        yield
    except jinja2.TemplateSyntaxError as exc:
        raise PublishError(f"{exc.filename or exc.name}:{exc.lineno}", exc.message or "") from exc
    except jinja2.TemplateNotFound as exc:
        raise PublishError(str(exc.name), "there is no such template") from exc
    except jinja2.TemplateError as exc:
        raise PublishError(_place(exc), exc.message or "cannot be rendered") from exc


def _place(exc: Exception) -> str:
    """File and line of the template that was at work: Jinja puts it into the traceback."""
    import traceback

    frames = [f for f in traceback.extract_tb(exc.__traceback__) if not f.filename.endswith(".py")]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "templates"
