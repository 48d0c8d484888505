"""
Embeddings, each under the hash of its model and text, so that none is paid for twice.

Touches the database. Numbers are kept with four bytes each: a cosine of two vectors of 1,536
numbers is exact to six digits.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence

from .columns import time_to


class Vectors:
    """The table `vectors`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, keys: Iterable[str]) -> dict[str, array[float]]:
        """The vectors that are there, by key."""
        found = {}
        for key in dict.fromkeys(keys):
            row = self._db.execute("SELECT numbers FROM vectors WHERE key = ?", (key,)).fetchone()
            if row is not None:
                numbers = array("f")
                numbers.frombytes(row[0])
                found[key] = numbers
        return found

    def put(self, vectors: Mapping[str, Sequence[float]], now: dt.datetime) -> None:
        """Keep vectors; those that are there stay as they are."""
        self._db.executemany(
            "INSERT OR IGNORE INTO vectors VALUES (?,?,?)",
            [
                (key, array("f", numbers).tobytes(), time_to(now))
                for key, numbers in vectors.items()
            ],
        )
