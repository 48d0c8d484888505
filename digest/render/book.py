"""
Everything that the pages of a site are made from.

Pure. It holds all issues as rows in volumes and knows how to get one whole: from memory, or
from content/ while its page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from operator import attrgetter

import jinja2

from ..settings import Config
from ..types import Article, Issue, Publication
from . import view
from .rows import Row, row
from .sheets import Near, key_of
from .sources import Source, Tag, sources
from .threads import Threads
from .volumes import Volume, Ways, shown_key
from .volumes import volumes as in_volumes
from .words import words_of


class Book:
    """
    Args:
        volumes: All issues.
        whole: Gives an issue of these whole.
        essays: Newest first.
        pages: By slug.
        config: Names, addresses, author.
        env: As `environment` makes it.
        search: There will be an index, and a page to search it.
        cards: Issues will have cards, and name them.
        has_threads: Whether a story goes on over several issues, and that the volumes know the
            ways of their issues; both are found in all rows where None.
    """

    def __init__(
        self,
        volumes: tuple[Volume, ...],
        whole: Callable[[Row], Issue],
        essays: tuple[Article, ...],
        pages: tuple[Article, ...],
        config: Config,
        env: jinja2.Environment,
        *,
        search: bool = False,
        cards: bool = False,
        has_threads: bool | None = None,
    ) -> None:
        self.volumes = tuple(sorted(volumes, key=attrgetter("year", "digest"), reverse=True))
        self.essays, self.pages = essays, pages
        self.config, self.env, self.search, self.cards = config, env, search, cards
        self.words = words_of(env)
        self._whole = whole
        self._rendered: dict[str, view.IssueView] = {}
        self._has_threads = has_threads
        self._volume = {(each.digest, each.year): each for each in self.volumes}

    @classmethod
    def of(
        cls,
        publication: Publication,
        config: Config,
        env: jinja2.Environment,
        *,
        search: bool = False,
    ) -> Book:
        """A publication that is in memory."""
        issues = {(issue.digest, issue.date): issue for issue in publication.issues}
        return cls(
            in_volumes(row(issue, config) for issue in publication.issues),
            lambda wanted: issues[wanted.digest, wanted.date],
            publication.essays,
            publication.pages,
            config,
            env,
            search=search,
        )

    # ------------------------------------------------------------------------- issues

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All issues, newest first. Unpacks them: for what shows or counts all of them."""
        return tuple(self.newest())

    def newest(self, digest: str = "") -> Iterator[Row]:
        """The same one by one, or those of one digest; a year is unpacked when it comes to it."""
        own = [volume for volume in self.volumes if not digest or volume.digest == digest]
        for _, year in groupby(own, attrgetter("year")):
            rows = [row for volume in year for row in volume.rows]
            yield from sorted(rows, key=attrgetter("date", "digest"), reverse=True)

    @cached_property
    def digests(self) -> frozenset[str]:
        """Slugs of the digests that have issues."""
        return frozenset(volume.digest for volume in self.volumes)

    @cached_property
    def shown(self) -> str:
        """A key of all that lists show of issues."""
        return shown_key(self.volumes)

    def around(self, volume: Volume) -> tuple[Near | None, Near | None]:
        """The issue before the oldest of a volume, and the one after its newest."""
        own = [each for each in self.volumes if each.digest == volume.digest]
        place = own.index(volume)
        older = own[place + 1].newest if place + 1 < len(own) else None
        return older, own[place - 1].oldest if place else None

    def rendered(self, wanted: Row) -> view.IssueView:
        """The issue's texts, rendered; those asked for last are kept, for feeds come next."""
        if wanted.path not in self._rendered:
            while len(self._rendered) >= KEPT:
                del self._rendered[next(iter(self._rendered))]
            issue = self._whole(wanted)
            shown = view.view(issue, self.config, self.words, minutes=wanted.minutes)
            self._rendered[wanted.path] = shown.with_ways(self.ways(wanted))
        return self._rendered[wanted.path]

    # ------------------------------------------------------------------------ threads

    @cached_property
    def threads(self) -> Threads:
        return Threads(self.rows)

    @property
    def has_threads(self) -> bool:
        return bool(self.threads.all) if self._has_threads is None else self._has_threads

    def ways(self, row: Row) -> Mapping[str, view.Way]:
        """As `Threads.ways`."""
        if self._has_threads is None:
            return self.threads.ways(row)
        return self._volume[row.digest, row.date.year].ways.get(row.path, {})

    def ways_of(self, volume: Volume) -> Ways:
        """Of the issues of a volume that have any."""
        if self._has_threads is not None:
            return volume.ways
        found = ((row.path, self.threads.ways(row)) for row in volume.rows)
        return {path: ways for path, ways in found if ways}

    def key_of_ways(self, volume: Volume) -> str:
        """A key of these."""
        return volume.ways_key if self._has_threads is not None else key_of(self.ways_of(volume))

    # ------------------------------------------------------------------------ sources

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return sources(self.rows, self.config, self.words)

    @property
    def has_tags(self) -> bool:
        return any(feed.tags for feed in self.config.feeds)

    @cached_property
    def tags(self) -> tuple[tuple[Tag, tuple[Source, ...]], ...]:
        """The tags of the feeds, by name, and the feeds that have them."""
        by_path: dict[str, Tag] = {}
        for source in self.sources:
            for tag in source.tags:
                by_path.setdefault(tag.path, tag)
        return tuple(
            (tag, tuple(s for s in self.sources if path in {own.path for own in s.tags}))
            for path, tag in sorted(by_path.items())
        )


KEPT = 64
"""Issues that are kept rendered."""
