"""
The demo's web as it would be served: an answer for each host and path.

Touches only the package's own data. The same bytes each time: no clock, no chance.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from . import feeds, pages
from .publishers import SITES, Post, Site
from .sources import folder, posts

Address = tuple[str, str]
"""Host and path."""

_FOUNDED = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
"""Date of what has no date of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says at one address."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    modified: dt.datetime = _FOUNDED

    @property
    def etag(self) -> str:
        """Weak, because the packed and the plain body share it."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:16]}"'


@cache
def world() -> Mapping[Address, Answer]:
    """Every answer of the demo's hosts; all other paths are 404."""
    return {
        (site.host, path): answer for site in SITES for path, answer in _answers(site, posts(site))
    }


def _answers(site: Site, found: tuple[Post, ...]) -> Iterator[tuple[str, Answer]]:
    page = f"text/html; charset={site.encoding}"
    yield "/robots.txt", Answer(b"User-agent: *\nDisallow: /search\n", "text/plain")
    yield "/", Answer(pages.home(site, found), page, modified=_newest(found))
    yield "/about/", Answer(pages.about(site), page)
    yield from _feed(site, tuple(post for post in found if post.in_feed))
    for post in found:
        if not post.is_missing:
            yield post.path, Answer(pages.article(post, found), page, modified=post.updated)
    yield from _images(site)


def _feed(site: Site, found: tuple[Post, ...]) -> Iterator[tuple[str, Answer]]:
    if site.format == "broken":
        yield site.feed, Answer(b"The server is out of order.\n", "text/plain", status=500)
    elif site.format:
        content_type, body = feeds.write(site, found)
        yield site.feed, Answer(body, content_type, modified=_newest(found))


def _images(site: Site) -> Iterator[tuple[str, Answer]]:
    images = folder(site).joinpath("img")
    if images.is_dir():
        for file in sorted(images.iterdir(), key=lambda file: file.name):
            yield f"/img/{file.name}", Answer(file.read_bytes(), "image/svg+xml")


def _newest(found: tuple[Post, ...]) -> dt.datetime:
    return max((post.updated for post in found), default=_FOUNDED)
