"""
The pages of the site that hold texts, the lists of them, and the files these need.

Pure. Each renderer is a function of a shell, which holds all there is; `RENDERERS` in the
package's `__init__` lists them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from urllib.parse import urlsplit

from ..types import Page
from . import markdown, view
from .addresses import Link, essay_path
from .cards import TEMPLATES as CARD_TEMPLATES
from .cards import can_show
from .evidence import EVIDENCE as EVIDENCE_FOLDER
from .evidence import evidence_pages
from .issues import CARD_FILE, card_texts, issue_page
from .lists import asset
from .ready import FOOTNOTES, STATEMENTS, ready
from .rows import Row
from .sheets import CARD, EVIDENCE, PAGE, Order, Sheet, key_of, ready_key
from .shell import Shell
from .volumes import Volume, near

PAGE_TEMPLATES, EVIDENCE_TEMPLATES = ("issue.html", FOOTNOTES), ("evidence.html", STATEMENTS)
NEWEST = 12
"""Issues in the list of the home page."""
NEWEST_OF_DIGEST = 60
"""Issues in the list of a digest's page; the archive has all."""
NEWEST_OF_LOST = 3
"""Issues that the page for wrong addresses names."""
NEWEST_THREADS = 4
"""Threads on the home page."""
NEWEST_ESSAYS = 5
"""Essays on the home page."""
ASSETS = ("style.css", "script.js", "icon.svg")


def home(shell: Shell) -> Iterator[Sheet]:
    """The newest issues of all digests."""
    book, config = shell.book, shell.config
    yield shell.sheet(
        "home.html",
        "",
        config.site.title,
        issues=book.rows[:NEWEST],
        has_more=len(book.rows) > NEWEST,
        threads=book.threads.all[:NEWEST_THREADS],
        essays=book.essays[:NEWEST_ESSAYS],
        descriptions={f"{digest.slug}/": digest.description for digest in config.digests},
    )


def digests(shell: Shell) -> Iterator[Sheet]:
    """A page per digest with its newest issues."""
    descriptions = {digest.slug: digest.description for digest in shell.config.digests}
    for link in shell.digests:
        slug = link.path.rstrip("/")
        own = [row for row in shell.book.rows if row.digest == slug]
        yield shell.sheet(
            "digest.html",
            link.path,
            link.title,
            descriptions.get(slug, ""),
            feed=link,
            issues=own[:NEWEST_OF_DIGEST],
            count=len(own),
            summary=descriptions.get(slug, ""),
        )


def issues(shell: Shell) -> Iterator[Sheet]:
    """The files of all issues."""
    for volume in shell.book.volumes:
        yield from issues_of(volume, shell)


def key_of_issues(volume: Volume, shell: Shell) -> str:
    """A key of all that `issues_of` describes."""
    book = shell.book
    given = (volume.key, book.around(volume), book.key_of_ways(volume), book.cards, shell.key)
    return key_of(given)


def issues_of(volume: Volume, shell: Shell) -> Iterator[Sheet]:
    """
    The page of each issue, with the way to its neighbours in the same digest; the page of its
    evidence; its card, which whoever knows how to make pictures makes.
    """
    book, rows = shell.book, volume.rows
    before, after = book.around(volume)
    nears = [after, *map(near, rows), before]
    for row, newer, older in zip(rows, nears, nears[2:], strict=False):
        order = Order(row, older, newer, book.ways(row))
        card = can_show(card_texts(row, shell)) if book.cards else False
        key = ready_key(f"{order.key} {card} {shell.key}")
        yield Sheet(row.path, key, partial(_issue, order, shell), order, PAGE, PAGE_TEMPLATES)
        if row.has_evidence:
            name = f"{row.path}{EVIDENCE_FOLDER}"
            key = f"{row.key} {shell.key}"
            make = partial(_evidence, row, shell)
            yield Sheet(name, key, make, order, EVIDENCE, EVIDENCE_TEMPLATES)
        if card:
            key = key_of(card_texts(row, shell))
            yield Sheet(f"{row.path}{CARD_FILE}", key, list, order, CARD, CARD_TEMPLATES)


def _issue(order: Order, shell: Shell) -> list[Page]:
    made = ready(shell.book.rendered(order.row), shell)
    return [issue_page(made, order, shell)]


def _evidence(row: Row, shell: Shell) -> Iterator[Page]:
    shown = shell.book.rendered(row)
    return evidence_pages(ready(shown, shell), shown.issue.evidence, row, shell)


def archive(shell: Shell) -> Iterator[Sheet]:
    """All issues, by year and month: a page per year, the newest on the first."""
    years = [(year, list(rows)) for year, rows in groupby(shell.book.rows, lambda r: r.date.year)]
    links = [
        Link(str(year), f"archive/{year}/" if number else "archive/")
        for number, (year, _) in enumerate(years)
    ]
    title = shell.words.plain("archive")
    for number, link in enumerate(links or [Link("", "archive/")]):
        rows = years[number][1] if years else []
        months = [
            (own[0].date, own)
            for own in (list(group) for _, group in groupby(rows, lambda r: r.date.month))
        ]
        yield shell.sheet(
            "archive.html",
            link.path,
            f"{title} {link.title}" if number else title,
            months=months,
            years=links,
            several=len(shell.digests) > 1,
        )


def essays(shell: Shell) -> Iterator[Sheet]:
    """The essays and their list; nothing where there is none."""
    feed = Link(shell.words.plain("essays"), "essays/")
    if shell.book.essays:
        yield shell.sheet("essays.html", feed.path, feed.title, feed=feed, essays=shell.book.essays)
    for essay in shell.book.essays:
        yield shell.sheet(
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


def articles(shell: Shell) -> Iterator[Sheet]:
    """Pages written by people: about, colophon."""
    for page in shell.book.pages:
        yield shell.sheet(
            "article.html",
            f"{page.slug}/",
            page.title,
            page.description,
            article=page,
            body=markdown.article_to_html(page.body, labels=view.labels_of(shell.words)),
            minutes=None,
        )


def not_found(shell: Shell) -> Iterator[Sheet]:
    """The page for addresses that are none; it is shown at any depth, so its links are whole."""
    root = urlsplit(shell.config.site.url).path.rstrip("/") + "/"
    yield shell.sheet(
        "404.html",
        "404.html",
        shell.words.plain("not_found"),
        root=root,
        issues=shell.book.rows[:NEWEST_OF_LOST],
    )


def assets(shell: Shell) -> Iterator[Sheet]:
    """Style, script and icon."""
    for name in ASSETS:
        yield asset(name, shell)
