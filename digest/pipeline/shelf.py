"""
content/ → what is known of its issues: which have changed, and what lists show of all.

Touches content/ and what is kept of the last run. `look` opens no file of an issue that looks
as it did; `read` reads those that changed, and needs all that makes pages.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..content.stamps import Seen
from ..store.rendered import KeptVolume, Rendered
from .looking import Looked

if TYPE_CHECKING:
    from ..render.book import Book
    from ..render.rows import Row
    from ..render.volumes import Volume, Ways
    from .issue_making import Setting


class Facts(NamedTuple):
    """Of a volume; those of its issues that are shown, where it is not said otherwise."""

    total: int
    """Issues, with those that are not shown."""
    key: str = ""
    """As the others, of the volume as pages know it; empty where no issue is shown."""
    shown: str = ""
    newest: tuple[str, str, str] = ("", "", "")
    oldest: tuple[str, str, str] = ("", "", "")
    corrects: bool = False


@dataclass(slots=True)
class _Stand:
    """How a volume stands after a look."""

    place: tuple[str, str]
    """Slug and year."""
    kept: KeptVolume | None
    """What is known of it from the last run; None where that is of no use."""
    known: dict[str, Seen]
    facts: Facts
    changed: list[str]
    """Days of issues that are to be read."""
    is_less: bool
    """An issue has gone."""


class Shelf:
    """
    Args:
        content: The folder.
        digests: Slugs of the digests of feeds.yaml.
        kept: What the last run has kept.
        basis: Of what rows depend on beside the files of their issues.
        drafts: Those that wait for review are shown, too.
    """

    def __init__(
        self, content: Path, digests: Collection[str], kept: Rendered, basis: str, *, drafts: bool
    ) -> None:
        self._content, self._digests, self._kept = content, sorted(digests), kept
        self._basis, self._drafts = basis, drafts
        self._stands: list[_Stand] = []

    @property
    def total(self) -> int:
        """Issues, with those that are not shown."""
        return sum(stand.facts.total for stand in self._stands)

    @property
    def state(self) -> str:
        """A hash of all that pages are given of issues; empty while some are to be read."""
        if any(stand.changed or stand.is_less for stand in self._stands):
            return ""
        told = [(stand.place, stand.facts.key) for stand in self._stands]
        return hashlib.sha256(repr(told).encode()).hexdigest()

    # ------------------------------------------------------------------------- looking

    def look(self, looked: Looked) -> None:
        """
        Find what has changed.

        Args:
            looked: How the issues look now.
        """
        self._stands = [
            self._stand(place, known, looked.before.get(place))
            for place, known in looked.volumes.items()
        ]
        self._kept.drop_volumes(looked.before.keys() - looked.volumes.keys())

    def _stand(
        self, place: tuple[str, str], known: dict[str, Seen], kept: KeptVolume | None
    ) -> _Stand:
        before: dict[str, Seen] = kept.seen if kept else {}
        if kept is not None and kept.basis != self._basis:
            kept = None
        changed = [
            day
            for day, seen in known.items()
            if kept is None or day not in before or not seen[3] or seen[3] != before[day][3]
        ]
        stand = _Stand(
            place,
            kept,
            known,
            Facts(*kept.facts) if kept else Facts(len(known)),
            changed,
            bool(before.keys() - known.keys()),
        )
        if not changed and not stand.is_less and known != before:
            self._kept.put_seen(place, known)
        return stand

    # ------------------------------------------------------------------------- reading

    def read(self, setting: Setting) -> None:
        """
        Read what has changed.

        Raises:
            ContentError: A file of an issue is not as it should be.
        """
        from ..render.rows import Packed, to_packed
        from . import issue_making

        stands = {stand.place: stand for stand in self._stands}
        places = [
            issue_making.Place(stand.place[0], day, self._basis)
            for stand in self._stands
            for day in stand.changed
        ]
        new: dict[tuple[str, str], dict[str, Packed]] = {}
        for found in issue_making.rows(places, setting):
            assert found.row is not None
            place, day = (found.place.digest, found.place.day[:4]), found.place.day
            times, names, files, _ = stands[place].known[day]
            stands[place].known[day] = times, names, files, found.hash
            new.setdefault(place, {})[day] = to_packed(found.row)
        for stand in self._stands:
            if stand.changed or stand.is_less:
                self._put(stand, new.get(stand.place, {}))
        self._kept.commit()

    def _put(self, stand: _Stand, new: Mapping[str, Any]) -> None:
        from ..render.rows import from_packed

        old = self._kept.rows(stand.place) if stand.kept else {}
        rows = {day: new[day] if day in new else old[day] for day in sorted(stand.known)}
        stand.facts = self._facts([from_packed(row) for row in rows.values()])
        stand.kept = KeptVolume(self._basis, tuple(stand.facts), stand.known)
        self._kept.put_volume(stand.place, stand.kept, rows)
        stand.changed, stand.is_less = [], False

    def _facts(self, rows: list[Row]) -> Facts:
        """
        Args:
            rows: Oldest first.
        """
        from ..render.volumes import volume

        shown = self._shown(rows)
        if not shown:
            return Facts(len(rows))
        whole = volume(shown[0].digest, shown[0].date.year, shown)
        newest, oldest = (
            (near.path, near.title, str(near.date)) for near in (whole.newest, whole.oldest)
        )
        return Facts(len(rows), whole.key, whole.shown, newest, oldest, whole.corrects)

    def _shown(self, rows: Iterable[Row]) -> list[Row]:
        """Newest first."""
        shown = [row for row in rows if self._drafts or row.status == "published"]
        return shown[::-1]

    # ------------------------------------------------------------------------- showing

    def volumes(self) -> tuple[Volume, ...]:
        """All that are shown."""
        return tuple(self._volumes())

    def _volumes(self) -> Iterator[Volume]:
        from ..render.sheets import Near
        from ..render.volumes import Volume

        ways = self._kept.keys_of_ways()

        def near(told: tuple[str, str, str]) -> Near:
            return Near(told[0], told[1], dt.date.fromisoformat(told[2]))

        for stand in self._stands:
            facts, (digest, year) = stand.facts, stand.place
            if facts.key:
                yield Volume(
                    digest,
                    int(year),
                    facts.key,
                    facts.shown,
                    near(facts.newest),
                    near(facts.oldest),
                    facts.corrects,
                    partial(self._rows, stand.place),
                    ways.get(stand.place, ""),
                    partial(self._ways, stand.place),
                )

    def _rows(self, place: tuple[str, str]) -> list[Row]:
        from ..render.rows import from_packed

        return self._shown([from_packed(row) for row in self._kept.rows(place).values()])

    def _ways(self, place: tuple[str, str]) -> Ways:
        from ..render.view import Way

        return {
            path: {
                slug: Way((of[0], dt.date.fromisoformat(of[1])) if of else None, thread)
                for slug, of, thread in ways
            }
            for path, ways in self._kept.ways(place).items()
        }

    def has_threads(self, volumes: Collection[Volume]) -> bool | None:
        """
        Whether a story goes on over several issues, and the volumes know the ways of these; None
        where both are to be found anew, since lists show another thing of an issue.
        """
        from ..render.volumes import shown_key

        shown, _, found = self._kept.fact("threads").partition(" ")
        return bool(found) if shown == shown_key(volumes) else None

    def put_threads(self, book: Book) -> None:
        """Keep what was found anew."""
        known = self._kept.keys_of_ways()
        for volume in book.volumes:
            place, key = (volume.digest, f"{volume.year:04}"), book.key_of_ways(volume)
            if known.get(place) != key:
                self._kept.put_ways(place, key, _told(book.ways_of(volume)))
        self._kept.put_fact("threads", f"{book.shown} {'some' if book.has_threads else ''}")


def _told(ways: Ways) -> dict[str, list[tuple[str, tuple[str, ...], str]]]:
    return {
        path: [
            (slug, (way.update_of[0], str(way.update_of[1])) if way.update_of else (), way.thread)
            for slug, way in own.items()
        ]
        for path, own in ways.items()
    }
