"""
The pages of the site that hold texts, the lists of them, and the files these need.

Pure. Each renderer is a function of a shell, which holds all there is; `RENDERERS` in the
package's `__init__` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from ..types import Page
from . import markdown, view
from .addresses import Link, essay_path
from .rows import Row
from .shell import Shell
from .structured import news_article

NEWEST = 12
"""Issues in the list of the home page."""
NEWEST_OF_DIGEST = 60
"""Issues in the list of a digest's page; the archive has all."""
NEWEST_THREADS = 4
"""Threads on the home page."""
ASSETS = ("style.css", "script.js", "icon.svg")


def home(shell: Shell) -> Iterator[Page]:
    """The newest issues of all digests."""
    book, config = shell.book, shell.config
    yield shell.page(
        "home.html",
        "",
        config.site.title,
        issues=book.rows[:NEWEST],
        has_more=len(book.rows) > NEWEST,
        threads=book.threads.all[:NEWEST_THREADS],
        descriptions={f"{digest.slug}/": digest.description for digest in config.digests},
    )


def digests(shell: Shell) -> Iterator[Page]:
    """A page per digest with its newest issues."""
    descriptions = {digest.slug: digest.description for digest in shell.config.digests}
    for link in shell.digests:
        slug = link.path.rstrip("/")
        own = [row for row in shell.book.rows if row.issue.digest == slug]
        yield shell.page(
            "digest.html",
            link.path,
            link.title,
            descriptions.get(slug, ""),
            feed=link,
            issues=own[:NEWEST_OF_DIGEST],
            count=len(own),
            summary=descriptions.get(slug, ""),
        )


def issues(shell: Shell) -> Iterator[Page]:
    """A page per issue, with the way to its neighbours in the same digest."""
    neighbours = _neighbours(shell.book.rows)
    for row in shell.book.rows:
        shown = shell.book.shown(row)
        older, newer = neighbours[row.path]
        yield shell.page(
            "issue.html",
            row.path,
            row.issue.front.title,
            row.issue.front.dek,
            feed=Link(row.digest_title, f"{row.issue.digest}/"),
            kind="article",
            view=shown,
            issue=shown.issue,
            structured=news_article(shown, shell.config),
            older=older,
            newer=newer,
        )


def archive(shell: Shell) -> Iterator[Page]:
    """All issues, by year and month: a page per year, the newest on the first."""
    years = [
        (year, list(rows)) for year, rows in groupby(shell.book.rows, lambda r: r.issue.date.year)
    ]
    links = [
        Link(str(year), f"archive/{year}/" if number else "archive/")
        for number, (year, _) in enumerate(years)
    ]
    title = shell.words.plain("archive")
    for number, link in enumerate(links or [Link("", "archive/")]):
        rows = years[number][1] if years else []
        months = [
            (own[0].issue.date, own)
            for own in (list(group) for _, group in groupby(rows, lambda r: r.issue.date.month))
        ]
        yield shell.page(
            "archive.html",
            link.path,
            f"{title} {link.title}" if number else title,
            months=months,
            years=links,
            several=len(shell.digests) > 1,
        )


def essays(shell: Shell) -> Iterator[Page]:
    """The essays and their list; nothing where there is none."""
    feed = Link(shell.words.plain("essays"), "essays/")
    if shell.book.essays:
        yield shell.page("essays.html", feed.path, feed.title, feed=feed)
    for essay in shell.book.essays:
        yield shell.page(
            "article.html",
            essay_path(essay),
            essay.title,
            essay.description,
            feed=feed,
            kind="article",
            article=essay,
            body=markdown.article_to_html(essay.body, labels=view.labels_of(shell.words)),
            minutes=view.minutes_of(essay),
        )


def articles(shell: Shell) -> Iterator[Page]:
    """Pages written by people: about, colophon."""
    for page in shell.book.pages:
        yield shell.page(
            "article.html",
            f"{page.slug}/",
            page.title,
            page.description,
            article=page,
            body=markdown.article_to_html(page.body, labels=view.labels_of(shell.words)),
            minutes=None,
        )


def not_found(shell: Shell) -> Iterator[Page]:
    """The page for addresses that are none; it is shown at any depth, so its links are whole."""
    root = urlsplit(shell.config.site.url).path.rstrip("/") + "/"
    yield shell.page("404.html", "404.html", shell.words.plain("not_found"), root=root)


def assets(shell: Shell) -> Iterator[Page]:
    """Style, script and icon."""
    for name in ASSETS:
        yield Page(f"assets/{name}", shell.env.get_template(name).render().encode())


def _neighbours(rows: Iterable[Row]) -> dict[str, tuple[Row | None, Row | None]]:
    """By path: the issue before and the one after, of the same digest."""
    of_digest: dict[str, list[Row]] = {}
    for row in rows:
        of_digest.setdefault(row.issue.digest, []).append(row)
    return {
        row.path: (older, newer)
        for own in of_digest.values()
        for newer, row, older in zip([None, *own], own, [*own[1:], None], strict=False)
    }
