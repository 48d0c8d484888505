"""Which of the entries that a poll brought the store has already. Touches the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from ..types import Entry, Key

AT_ONCE = 500
"""Values that one question names."""


class Row(NamedTuple):
    """What must be known of an entry when its feed brings it again."""

    row: int
    id: str
    hash: str
    first_seen: str


class Known:
    """What the store has of the entries that a poll brought, found in two questions a feed."""

    def __init__(self, db: sqlite3.Connection, entries: Sequence[Entry]) -> None:
        self._by_id = dict[Key, Row]()
        self._by_address = dict[Key, Row]()
        self._next: int = db.execute("SELECT coalesce(max(row), 0) + 1 FROM entries").fetchone()[0]
        for feed in dict.fromkeys(entry.feed for entry in entries):
            ids = [entry.id for entry in entries if entry.feed == feed]
            self._by_id |= _found(db, "id", feed, ids)
            addresses = {
                e.canonical
                for e in entries
                if e.feed == feed and e.canonical and e.key not in self._by_id
            }
            self._by_address |= _found(db, "canonical", feed, sorted(addresses))

    def of(self, entry: Entry) -> Row | None:
        """By its id, or else by its address."""
        found = self._by_id.get(entry.key)
        if found is None and entry.canonical:
            found = self._by_address.get((entry.feed, entry.canonical))
        return found

    def add(self, entry: Entry, hash_: str, seen: str) -> int:
        """Know a new one, seen at that time as columns have it; returns the row that it gets."""
        row = Row(self._next, entry.id, hash_, seen)
        self._next += 1
        self._by_id[entry.key] = row
        self._by_address.setdefault((entry.feed, entry.canonical), row)
        return row.row

    def edit(self, found: Row, entry: Entry, hash_: str) -> None:
        row = found._replace(hash=hash_)
        self._by_id[entry.feed, found.id] = row
        self._by_address[entry.feed, entry.canonical] = row


def _found(db: sqlite3.Connection, column: str, feed: str, values: Sequence[str]) -> dict[Key, Row]:
    """Rows of a feed by such a column; of several the oldest."""
    found = dict[Key, Row]()
    for at in range(0, len(values), AT_ONCE):
        some = values[at : at + AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = db.execute(
            f"SELECT {column}, row, id, hash, first_seen FROM entries"  # noqa: S608 (ours)
            f" WHERE feed = ? AND {column} IN ({marks}) ORDER BY row DESC",
            (feed, *some),
        )
        found |= {(feed, value): Row(*rest) for value, *rest in rows}
    return found
