"""
What every run asks of past issues: their days, how far they reach, what they cover, whether all
their text has been proved.

Touches content/ and what is kept of the last run. It follows from an issue's files alone, so it is
kept with their hash, and no file of an issue that looks as it did is opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from .. import content
from ..content.stamps import files_hash
from ..store.disposable import Spoiled
from ..store.rendered import KeptVolume, opened
from .looking import KEPT, Place, kept_file, look_at

Cover = tuple[tuple[str, str], ...]


class Past(NamedTuple):
    """An issue that is there, as the choice of the next one asks for it."""

    digest: str
    date: dt.date
    period_end: dt.datetime


@dataclass(slots=True)
class _Known:
    """Of an issue."""

    past: Past
    hash: str
    """Of its files."""
    cover: Cover | None
    """None where it is kept, and was not asked for."""
    is_proved: bool = False


class PastIssues:
    """
    Args:
        site: The folder that holds content/.
        digests: Slugs of the digests of feeds.yaml.

    Raises:
        StoreError: What was kept of the last run can be neither used nor begun anew.
    """

    def __init__(self, site: Path, digests: Collection[str]) -> None:
        self._content, self._file = site / "content", kept_file(site / KEPT)
        before: dict[Place, KeptVolume] = {}
        heads: dict[Place, dict[str, Any]] = {}
        with suppress(Spoiled), opened(self._file) as kept:  # `render` begins it anew
            heads, before = kept.heads(), kept.volumes()
        self.looked = look_at(self._content, digests, before, site / KEPT)
        """How the issues look now."""
        self._known: dict[str, dict[str, _Known]] = {slug: {} for slug in digests}
        self._covers: dict[Place, dict[str, Cover]] = {}
        self._changed = set(heads.keys() - self.looked.volumes.keys())
        for place, seen in self.looked.volumes.items():
            own = self._known[place[0]]
            for day, (hash_, date, end, is_proved) in heads.get(place, {}).items():
                if day in seen and self._hash(place, day) == hash_:
                    times = dt.date.fromisoformat(date), dt.datetime.fromisoformat(end)
                    own[day] = _Known(Past(place[0], *times), hash_, None, is_proved)
                else:
                    self._changed.add(place)

    def issues(self, digest: str) -> tuple[Past, ...]:
        """
        Those of a digest, oldest first.

        Raises:
            ContentError: An issue.md is not as it should be.
        """
        return tuple(self._of(digest, day).past for day in self._days(digest))

    def covered(self, digest: str, but: dt.date | None) -> set[tuple[str, str]]:
        """The keys of all entries that issues of a digest cover, but that of one day."""
        return {
            key
            for day in self._days(digest)
            if but is None or day != but.isoformat()
            for key in self._cover(digest, day)
        }

    def unproved(self, digest: str) -> Iterator[Path]:
        """The folders of issues with files that have changed since they were verified."""
        for day in self._days(digest):
            known, folder = self._of(digest, day), self._content / digest / day
            if known.is_proved:
                continue
            if content.unverified(folder):
                yield folder
            else:
                known.is_proved = True
                self._changed.add((digest, day[:4]))

    def has_written(self, folder: Path) -> None:
        """An issue has other files than when it was looked at."""
        digest, day = folder.parent.name, folder.name
        self._known[digest].pop(day, None)
        self.looked.again(digest, day)
        self._changed.add((digest, day[:4]))

    def keep(self) -> None:
        """Keep for the next run what was found."""
        if not self._changed:
            return
        with suppress(Spoiled), opened(self._file) as kept:
            before = kept.heads()
            for place in self._changed:
                old = kept.covers(place) if place in before else {}
                heads, covers = {}, {}
                for day in self.looked.volumes.get(place, {}):
                    known = self._known[place[0]].get(day)
                    if known is not None:
                        times = str(known.past.date), known.past.period_end.isoformat()
                        heads[day] = (known.hash, *times, known.is_proved)
                        covers[day] = old[day] if known.cover is None else known.cover
                kept.put_past(place, heads, covers)

    def _days(self, digest: str) -> Iterator[str]:
        for slug, year in sorted(self.looked.volumes):
            if slug == digest:
                yield from sorted(self.looked.volumes[slug, year])

    def _of(self, digest: str, day: str) -> _Known:
        own = self._known[digest]
        if day not in own:
            place, folder = (digest, day[:4]), self._content / digest / day
            # Before it is read: what comes in between has another hash the next time.
            hash_ = self._hash(place, day)
            head = content.read_head(folder, digest)
            own[day] = _Known(Past(digest, head.date, head.period_end), hash_, head.cover)
            self._changed.add(place)
        return own[day]

    def _hash(self, place: Place, day: str) -> str:
        """Of an issue's files; those are opened where rendering has not kept how they looked."""
        seen = self.looked.volumes[place][day]
        return seen[3] or files_hash(self._content / place[0] / day)

    def _cover(self, digest: str, day: str) -> Cover:
        known, place = self._of(digest, day), (digest, day[:4])
        if known.cover is not None:
            return known.cover
        if place not in self._covers:
            self._covers[place] = {}
            with suppress(Spoiled), opened(self._file) as kept:
                self._covers[place] = kept.covers(place)
        if day not in self._covers[place]:  # damaged
            known.cover = content.read_head(self._content / digest / day, digest).cover
            return known.cover
        return self._covers[place][day]
