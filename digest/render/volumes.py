"""
The issues of a digest in one year, which are held together and unpacked when one is asked for.

Pure. What a site of many years shows depends on all its issues, but little of that changes
when one of them does: a volume tells by two keys whether its issues are what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from .rows import Row
from .sheets import Near, ready_key
from .view import Way

Ways = Mapping[str, Mapping[str, Way]]
"""By path of an issue, then slug of a feature: as `Threads.ways` gives them."""


@dataclass(frozen=True)
class Volume:
    digest: str
    year: int
    key: str
    """Another one whenever anything of an issue in it is another."""
    shown: str
    """Another one whenever anything that lists show of them is another."""
    newest: Near
    oldest: Near
    corrects: bool
    """One of its issues has been corrected."""
    load: Callable[[], Sequence[Row]]
    """Unpacks its rows, newest first."""

    ways_key: str = ""
    """`key_of(ways)`, where these are known."""
    load_ways: Callable[[], Ways] = dict
    """Unpacks the ways of its issues, where they are known."""

    @cached_property
    def rows(self) -> Sequence[Row]:
        return self.load()

    @cached_property
    def ways(self) -> Ways:
        return self.load_ways()


def near(row: Row) -> Near:
    return Near(row.path, row.title, row.date)


def keys_of(rows: Iterable[Row]) -> tuple[str, str]:
    """`Volume.key` and `Volume.shown` of rows, newest first."""
    whole = "".join(f"{row.path}\n{row.key}\n" for row in rows)
    shown = "".join(f"{row.path}\n{row.shown}\n" for row in rows)
    return ready_key(whole), ready_key(shown)


def shown_key(volumes: Iterable[Volume]) -> str:
    """A key of all that lists show of the issues of a site."""
    told = sorted((each.digest, each.year, each.shown) for each in volumes)
    return ready_key(repr(told))


def volume(digest: str, year: int, rows: Sequence[Row]) -> Volume:
    """Rows that are there already, newest first, one at least."""
    return Volume(
        digest,
        year,
        *keys_of(rows),
        near(rows[0]),
        near(rows[-1]),
        any(row.corrections for row in rows),
        lambda: rows,
    )


def volumes(rows: Iterable[Row]) -> tuple[Volume, ...]:
    """All rows of a site, in any order, as volumes."""
    ordered = sorted(rows, key=lambda row: (row.digest, row.date), reverse=True)
    return tuple(
        volume(digest, year, list(own))
        for (digest, year), own in groupby(ordered, lambda row: (row.digest, row.date.year))
    )
