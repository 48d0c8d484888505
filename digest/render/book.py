"""
Everything that the pages of a site are made from.

Pure. It holds all issues as rows and knows how to get one whole: from memory, or from
content/ while its page is made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import jinja2

from ..settings import Config
from ..types import Article, Issue, Publication
from . import view
from .rows import Row, row
from .sources import Source, Tag, sources
from .threads import Threads
from .words import words_of


class Book:
    """
    Args:
        rows: All issues, newest first.
        whole: Gives an issue of these whole.
        essays: Newest first.
        pages: By slug.
        config: Names, addresses, author.
        env: As `environment` makes it.
        search: There will be an index, and a page to search it.
        cards: Issues will have cards, and name them.
    """

    def __init__(
        self,
        rows: tuple[Row, ...],
        whole: Callable[[Row], Issue],
        essays: tuple[Article, ...],
        pages: tuple[Article, ...],
        config: Config,
        env: jinja2.Environment,
        *,
        search: bool = False,
        cards: bool = False,
    ) -> None:
        self.rows, self.essays, self.pages = rows, essays, pages
        self.config, self.env, self.search, self.cards = config, env, search, cards
        self.words = words_of(env)
        self._whole = whole
        self._shown: dict[str, view.IssueView] = {}

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
            tuple(row(issue, config) for issue in publication.issues),
            lambda wanted: issues[wanted.digest, wanted.date],
            publication.essays,
            publication.pages,
            config,
            env,
            search=search,
        )

    def shown(self, wanted: Row) -> view.IssueView:
        """The issue's texts, rendered; those asked for last are kept, for feeds come next."""
        if wanted.path not in self._shown:
            while len(self._shown) >= KEPT:
                del self._shown[next(iter(self._shown))]
            issue = self._whole(wanted)
            shown = view.view(issue, self.config, self.words, minutes=wanted.minutes)
            self._shown[wanted.path] = shown.with_ways(self.threads.ways(wanted))
        return self._shown[wanted.path]

    @cached_property
    def threads(self) -> Threads:
        return Threads(self.rows)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return sources(self.rows, self.config, self.words)

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
