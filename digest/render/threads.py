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
from ..types import Feature
from .rows import Row
from .view import Way, tldr


@dataclass(frozen=True, slots=True)
class Part:
    """A feature, as one step of a story."""

    row: Row
    feature: Feature

    @property
    def slug(self) -> str:
        return self.feature.slug

    @property
    def title(self) -> str:
        return self.feature.title

    @property
    def tldr(self) -> tuple[Markup, ...]:
        return tldr(self.feature)

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
        self._by_day = {f"{row.issue.digest}/{row.issue.date}": row for row in reversed(rows)}
        self._by_day |= {row.path.rstrip("/"): row for row in rows}
        parts = [Part(row, item) for row in reversed(rows) for item in row.issue.features]
        self._before: dict[tuple[str, str], Part] = {}
        chains: dict[tuple[str, str], list[Part]] = {}
        for part in parts:
            before = self._earlier(part)
            chain = chains.setdefault(before.key, [before]) if before else [part]
            if before:
                self._before[part.key] = before
                chain.append(part)
            chains[part.key] = chain
        self.all = tuple(_named({id(chain): chain for chain in chains.values()}.values()))
        self._thread = {part.key: thread for thread in self.all for part in thread.parts}

    def ways(self, row: Row) -> Mapping[str, Way]:
        """For each feature of an issue, by slug: what it goes on with, and its thread."""
        return {item.slug: self._way(Part(row, item)) for item in row.issue.features}

    def _way(self, part: Part) -> Way:
        row, before = self._goes_on(part), self._before.get(part.key)
        thread = self._thread.get(part.key)
        anchor = f"#{before.slug}" if before else ""
        return Way(
            (f"{row.path}{anchor}", row.issue.date) if row else None,
            thread.path if thread else "",
        )

    def _earlier(self, part: Part) -> Part | None:
        """The feature that this one goes on with."""
        row = self._goes_on(part)
        if row is None or not row.issue.features:
            return None
        return Part(row, max(row.issue.features, key=lambda item: _shared(item, part.feature)))

    def _goes_on(self, part: Part) -> Row | None:
        """The issue that a feature goes on with."""
        row = self._by_day.get(part.feature.update_of.rstrip("/"))
        return row if row and row.issue.date < part.row.issue.date else None


def _shared(one: Feature, other: Feature) -> tuple[int, int]:
    """How much two features have in common: addresses, then words of their titles."""
    places = [
        {ref.url for ref in item.documents} | {entry.url for entry in item.entries}
        for item in (one, other)
    ]
    titles = [set(content_words(item.title)) for item in (one, other)]
    return len(places[0] & places[1]), len(titles[0] & titles[1])


def _named(chains: Iterable[list[Part]]) -> Iterable[Thread]:
    """Threads with slugs of their own, those that moved last first."""
    taken: set[str] = set()
    threads: list[Thread] = []
    for chain in chains:
        if len(chain) < 2:
            continue
        first = chain[0]
        slug = first.slug if first.slug not in taken else f"{first.slug}-{first.row.issue.date}"
        taken.add(slug)
        threads.append(Thread(slug, tuple(chain)))
    threads.sort(key=lambda thread: thread.parts[-1].row.issue.date, reverse=True)
    return threads
