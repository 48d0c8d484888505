"""
sitemap.xml and robots.txt.

Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import jinja2

from ..settings import Config
from ..types import Page, Publication
from . import view
from .addresses import absolute, essay_path, issue_path
from .shell import Shell


def sitemap(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """All pages with the day on which they changed last, where that is known."""
    issues = publication.issues
    changed = {issue_path(issue): view.updated(issue).date() for issue in issues}
    newest = max(changed.values(), default=None)
    places: dict[str, dt.date | None] = {"": newest, "archive/": newest}
    for link in Shell(publication, config, env).digests():
        own = [day for path, day in changed.items() if path.startswith(link.path)]
        places[link.path] = max(own, default=None)
    places |= changed
    if publication.essays:
        places["essays/"] = publication.essays[0].date
    places |= {essay_path(essay): essay.date for essay in publication.essays}
    places |= {f"{page.slug}/": page.date for page in publication.pages}
    addresses = [(absolute(config, path), day) for path, day in places.items()]
    text = env.get_template("sitemap.xml").render(addresses=addresses)
    yield Page("sitemap.xml", text.encode())


def robots(publication: Publication, config: Config, env: jinja2.Environment) -> Iterator[Page]:
    """Everything may be read; where the sitemap is."""
    text = env.get_template("robots.txt").render(sitemap=absolute(config, "sitemap.xml"))
    yield Page("robots.txt", text.encode())
