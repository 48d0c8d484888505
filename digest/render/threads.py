"""
Threads: stories that go on over several issues.

Pure. A feature says by `update_of` which issue it goes on with, not which feature of it; that
is the one that shares most with it: sources, then words of the title.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..text import content_words
from .rows import Row, RowFeature
from .view import Way


@dataclass(frozen=True, slots=True)
class Part:
    """A feature, as one step of a story."""

    row: Row
    feature: RowFeature

    @property
    def slug(self) -> str:
        return self.feature.slug

    @property
    def title(self) -> str:
        return self.feature.title

    @property
    def tldr(self) -> tuple[Markup, ...]:
        return self.feature.tldr

    @property
    def key(self) -> tuple[str, str]:
        return (self.row.path, self.feature.slug)


@dataclass(frozen=True, slots=True)
class Thread:
    slug: str
    parts: tuple[Part, ...]
    """Oldest first, two at least."""

    @property
    def title(self) -> str:
        return self.parts[-1].title

    @property
    def path(self) -> str:
        return f"threads/{self.slug}/"


class Threads:
    """
    All threads of a site, those that moved last first.

    Args:
        rows: All issues, newest first.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._by_day = {f"{row.digest}/{row.date}": row for row in reversed(rows)}
        self._by_day |= {row.path.rstrip("/"): row for row in rows}
        parts = [
            Part(row, item)
            for row in reversed(rows)
            if row.goes_on  # few do; the others are not even unpacked
            for item in row.features
            if item.update_of
        ]
        self._before: dict[tuple[str, str], Part] = {}
        chains: dict[tuple[str, str], list[Part]] = {}
        for part in parts:
            before = self._earlier(part)
            if before:
                self._before[part.key] = before
                chain = chains.setdefault(before.key, [before])
                chain.append(part)
                chains[part.key] = chain
        self.all = tuple(_named({id(chain): chain for chain in chains.values()}.values()))
        self._rows = {part.row.path for thread in self.all for part in thread.parts}
        self._thread = {part.key: thread for thread in self.all for part in thread.parts}

    def ways(self, row: Row) -> Mapping[str, Way]:
        """By slug: what features of an issue go on with, and their threads, where there are any."""
        if not row.goes_on and row.path not in self._rows:
            return {}
        found = {item.slug: self._way(Part(row, item)) for item in row.features}
        return {slug: way for slug, way in found.items() if way.update_of or way.thread}

    def _way(self, part: Part) -> Way:
        row, before = self._goes_on(part), self._before.get(part.key)
        thread = self._thread.get(part.key)
        anchor = f"#{before.slug}" if before else ""
        return Way(
            (f"{row.path}{anchor}", row.date) if row else None,
            thread.path if thread else "",
        )

    def _earlier(self, part: Part) -> Part | None:
        """The feature that this one goes on with."""
        row = self._goes_on(part)
        if row is None or not row.features:
            return None
        return Part(row, max(row.features, key=lambda item: _shared(item, part.feature)))

    def _goes_on(self, part: Part) -> Row | None:
        """The issue that a feature goes on with."""
        row = self._by_day.get(part.feature.update_of.rstrip("/"))
        return row if row and row.date < part.row.date else None


def _shared(one: RowFeature, other: RowFeature) -> tuple[int, int]:
    """How much two features have in common: addresses, then words of their titles."""
    titles = [set(content_words(item.title)) for item in (one, other)]
    return len(one.urls & other.urls), len(titles[0] & titles[1])


def _named(chains: Iterable[list[Part]]) -> Iterable[Thread]:
    """Threads with slugs of their own, those that moved last first."""
    taken: set[str] = set()
    threads: list[Thread] = []
    for chain in chains:
        if len(chain) < 2:
            continue
        first = chain[0]
        slug = first.slug if first.slug not in taken else f"{first.slug}-{first.row.date}"
        taken.add(slug)
        threads.append(Thread(slug, tuple(chain)))
    threads.sort(key=lambda thread: thread.parts[-1].row.date, reverse=True)
    return threads
