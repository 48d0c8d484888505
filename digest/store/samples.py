"""
Samples of entries' texts, by which a copy is found among any number of entries.

Touches the database. What a sample is and what makes a copy decides `select`; here they are
numbers. Looking up a dozen of them costs the same in a small store and in a large one.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable

from ..types import Key

COMMON = 40
"""Entries under one sample that are looked at, the oldest: more share a feed's furniture."""

_UNDER_ONE = (
    f"SELECT * FROM (SELECT entry FROM samples WHERE sample = ? ORDER BY entry LIMIT {COMMON})"  # noqa: S608
)
NEAREST = 10
"""Entries whose samples are compared."""


class Samples:
    """The tables `samples` and `signatures`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(
        self, key: Key, sampled: Collection[int], looked_up: Iterable[int], original: Key
    ) -> None:
        """
        Remember an entry's samples, in place of those that it had.

        Args:
            sampled: All of them.
            looked_up: Those under which it is to be found.
            original: The entry that it is a copy of, or its own key.
        """
        row = self._row(key)
        self._db.execute("DELETE FROM samples WHERE entry = ?", (row,))
        self._db.executemany(
            "INSERT OR IGNORE INTO samples VALUES (?,?)", ((each, row) for each in looked_up)
        )
        self._db.execute(
            "INSERT OR REPLACE INTO signatures VALUES (?,?,?)",
            (row, self._row(original), array("I", sorted(sampled)).tobytes()),
        )

    def near(self, key: Key, looked_up: Iterable[int]) -> list[tuple[Key, Key, frozenset[int]]]:
        """
        The entries that share most of some samples, in the order of publication.

        Returns:
            Of each its key, that of its original, and its samples; the entry itself is none.
        """
        own = self._row(key)
        wanted = tuple(looked_up)
        if not wanted:
            return []
        found = self._db.execute(" UNION ALL ".join([_UNDER_ONE] * len(wanted)), wanted)
        rows = Counter(row[0] for row in found if row[0] != own)
        fewest = min((count for _, count in rows.most_common(NEAREST)), default=0)
        # By their time, and not by when they were stored: that is chance.
        likely = sorted((row for row in rows if rows[row] >= fewest), key=self._time)
        nearest = sorted(likely, key=lambda row: -rows[row])[:NEAREST]
        return [self._signature(row) for row in likely if row in nearest]

    def originals(self, keys: Iterable[Key]) -> dict[Key, Key]:
        """Of each entry that is a copy the one that it is a copy of."""
        found = {}
        for key in keys:
            row = self._db.execute(
                "SELECT first.feed, first.id FROM entries AS own"
                " JOIN signatures ON signatures.entry = own.row"
                " JOIN entries AS first ON first.row = signatures.original"
                " WHERE own.feed = ? AND own.id = ? AND signatures.original != own.row",
                key,
            ).fetchone()
            if row is not None:
                found[key] = (row[0], row[1])
        return found

    def _row(self, key: Key) -> int:
        row: int = self._db.execute(
            "SELECT row FROM entries WHERE feed = ? AND id = ?", key
        ).fetchone()[0]
        return row

    def _time(self, row: int) -> tuple[str, str, str]:
        time, feed, id_ = self._db.execute(
            "SELECT coalesce(published, first_seen), feed, id FROM entries WHERE row = ?", (row,)
        ).fetchone()
        return time, feed, id_

    def _signature(self, row: int) -> tuple[Key, Key, frozenset[int]]:
        feed, id_, first_feed, first_id, sampled = self._db.execute(
            "SELECT own.feed, own.id, first.feed, first.id, samples FROM signatures"
            " JOIN entries AS own ON own.row = signatures.entry"
            " JOIN entries AS first ON first.row = signatures.original"
            " WHERE signatures.entry = ?",
            (row,),
        ).fetchone()
        numbers = array("I")
        numbers.frombytes(sampled)
        return (feed, id_), (first_feed, first_id), frozenset(numbers)
