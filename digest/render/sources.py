"""
What each feed gave to the site, and how it fared: from the issues' evidence alone.

Pure. A feed that left feeds.yaml keeps its page while an issue tells of it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..settings import Config, is_http
from ..text import slugify
from ..types import FeedLine
from . import words
from .rows import Row

MOST = 200
"""Items that the page of a source or tag lists."""


@dataclass(frozen=True, slots=True)
class Use:
    """An item of an issue that tells of a feed's entry."""

    row: Row
    anchor: str
    title: str
    source: str
    """Name of the feed."""


@dataclass(frozen=True, slots=True)
class Tag:
    title: str

    @property
    def path(self) -> str:
        return f"tags/{slugify(self.title)}/"


@dataclass(frozen=True, slots=True)
class Source:
    slug: str
    name: str
    url: str
    """Of the feed; empty where it is no longer read."""
    tags: tuple[Tag, ...]
    uses: tuple[Use, ...]
    """The newest first, and no more than pages show; older ones stay in the archive."""
    count: int
    """Of all there are."""
    health: str
    """In the site's words, at the newest issue that asked it."""
    asked: dt.date | None
    last_entry: dt.date | None

    @property
    def path(self) -> str:
        return f"sources/{self.slug}/"


def sources(rows: Sequence[Row], config: Config, say: words.Words) -> tuple[Source, ...]:
    """
    All feeds of feeds.yaml in its order, then those that only issues know.

    Args:
        rows: All issues, newest first.
        config: The feeds that are read.
        say: The site's own words.
    """
    known = {feed.slug: feed for feed in config.feeds}
    names: dict[str, str] = {}
    told: dict[str, list[tuple[Row, str, str]]] = {slug: [] for slug in known}
    count: Counter[str] = Counter()
    for row in rows:
        called, items = row.names_and_told
        names = called | names
        for slug, anchor, title in items:
            count[slug] += 1
            if count[slug] <= MOST:
                told.setdefault(slug, []).append((row, anchor, title))
    uses = {
        slug: tuple(Use(row, anchor, title, names.get(slug, slug)) for row, anchor, title in found)
        for slug, found in told.items()
    }
    asked = _asked(rows, known)
    return tuple(
        Source(
            slug=slug,
            name=names.get(slug, slug),
            url=known[slug].url if slug in known and is_http(known[slug].url) else "",
            tags=tuple(map(Tag, known[slug].tags)) if slug in known else (),
            uses=uses[slug],
            count=count[slug],
            health=_health(asked.get(slug), say) if slug in known else say.plain("left"),
            asked=_asked_day(asked.get(slug), config),
            last_entry=_last_entry(asked.get(slug), config),
        )
        for slug in [*known, *sorted(uses.keys() - known.keys())]
    )


Asked = tuple[Row, FeedLine]
"""The newest issue that asked a feed, and what came of it."""


def _asked(rows: Sequence[Row], known: Collection[str]) -> dict[str, Asked]:
    """By slug of the feeds that are known; rows of long ago are not unpacked when all are found."""
    newest: dict[str, Asked] = {}
    for row in rows:
        if newest.keys() >= set(known):
            break
        for line in row.feeds:
            newest.setdefault(line.slug, (row, line))
    return newest


def _health(asked: Asked | None, say: words.Words) -> str:
    if asked is None:
        return say.plain("health_unknown")
    line = asked[1]
    return say.plain("health_ok" if line.read else "health_failed", reason=line.failed)


def _asked_day(asked: Asked | None, config: Config) -> dt.date | None:
    return words.local_day(asked[0].published, config.site.timezone) if asked else None


def _last_entry(asked: Asked | None, config: Config) -> dt.date | None:
    if asked is None or asked[1].last_entry is None:
        return None
    return asked[1].last_entry.date()
