"""
The pages of the site that people read, and the files these need.

Pure. Each renderer is a function of publication, configuration and environment;
`RENDERERS` in the package's `__init__` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

import jinja2

from ..settings import Config
from ..types import Issue, Page, Publication
from . import markdown, view
from .addresses import essay_path, issue_path
from .shell import Link, Shell

NEWEST = 12
"""Issues in the list of the home page."""
ASSETS = ("style.css", "script.js", "icon.svg")


def home(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """The newest issues of all digests."""
    shell = Shell(publication, config, env)
    yield shell.page(
        "home.html",
        "",
        config.site.title,
        issues=[view.row(issue, config) for issue in publication.issues[:NEWEST]],
        has_more=len(publication.issues) > NEWEST,
        descriptions={f"{digest.slug}/": digest.description for digest in config.digests},
    )


def digests(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """A page per digest with all its issues."""
    shell = Shell(publication, config, env)
    descriptions = {digest.slug: digest.description for digest in config.digests}
    for link in shell.digests():
        slug = link.path.rstrip("/")
        own = [view.row(issue, config) for issue in publication.issues if issue.digest == slug]
        yield shell.page(
            "digest.html",
            link.path,
            link.title,
            descriptions.get(slug, ""),
            feed=link,
            issues=own,
            summary=descriptions.get(slug, ""),
        )


def issues(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """A page per issue, with the way to its neighbours in the same digest."""
    shell = Shell(publication, config, env)
    neighbours = _neighbours(publication.issues)
    for issue in publication.issues:
        shown = view.view(issue, config, publication.issues)
        older, newer = neighbours[shown.path]
        yield shell.page(
            "issue.html",
            shown.path,
            issue.front.title,
            issue.front.dek,
            feed=Link(shown.digest_title, f"{issue.digest}/"),
            kind="article",
            view=shown,
            issue=issue,
            older=older and view.row(older, config),
            newer=newer and view.row(newer, config),
        )


def archive(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """All issues, by year and month."""
    rows = (view.row(issue, config) for issue in publication.issues)
    months = [
        (first.issue.date, [first, *rest])
        for _, (first, *rest) in groupby(rows, lambda r: (r.issue.date.year, r.issue.date.month))
    ]
    shell = Shell(publication, config, env)
    yield shell.page("archive.html", "archive/", "Archive", months=months)


def essays(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """The essays and their list; nothing where there is none."""
    shell = Shell(publication, config, env)
    feed = Link("Essays", "essays/")
    if publication.essays:
        yield shell.page("essays.html", feed.path, feed.title, feed=feed)
    for essay in publication.essays:
        yield shell.page(
            "article.html",
            essay_path(essay),
            essay.title,
            essay.description,
            feed=feed,
            kind="article",
            article=essay,
            body=markdown.article_to_html(essay.body),
            minutes=view.minutes_of(essay),
        )


def articles(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """Pages written by people: about, colophon."""
    shell = Shell(publication, config, env)
    for page in publication.pages:
        yield shell.page(
            "article.html",
            f"{page.slug}/",
            page.title,
            page.description,
            article=page,
            body=markdown.article_to_html(page.body),
            minutes=None,
        )


def not_found(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """The page for addresses that are none; it is shown at any depth, so its links are whole."""
    root = urlsplit(config.site.url).path.rstrip("/") + "/"
    yield Shell(publication, config, env).page("404.html", "404.html", "Not found", root=root)


def assets(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """Style, script and icon."""
    for name in ASSETS:
        yield Page(f"assets/{name}", env.get_template(name).render().encode())


def _neighbours(issues: Iterable[Issue]) -> dict[str, tuple[Issue | None, Issue | None]]:
    """By path: the issue before and the one after, of the same digest."""
    of_digest: dict[str, list[Issue]] = {}
    for issue in issues:
        of_digest.setdefault(issue.digest, []).append(issue)
    return {
        issue_path(issue): (older, newer)
        for own in of_digest.values()
        for newer, issue, older in zip([None, *own], own, [*own[1:], None], strict=False)
    }
