"""
What issues show, kept from one run to the next: a packed body for each, with the key of all that
it was made from.

Touches one SQLite file. It may be lost, damaged or thrown away at any time: it holds nothing that
does not follow from content/, templates/ and feeds.yaml, and a body that is not whole is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .disposable import disposable

VERSION = 1
_SCHEMA = """
create table body (place text primary key, key text, body blob) without rowid;
"""
_FIRST = "select place, key, body from body limit 1"
AT_ONCE = 100
"""So many are put in between two commits: a megabyte, which needs no room beside the file."""


class Texts:
    """As `opened_texts` gives it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting = 0

    def get(self, place: str, key: str) -> bytes:
        """
        Args:
            place: Which issue.
            key: Of all that its body is made from.

        Returns:
            Its body; empty where none of this key is kept.
        """
        found = self._connection.execute(
            "select body from body where place = ? and key = ?", (place, key)
        )
        body = (found.fetchone() or (b"",))[0]
        return body if isinstance(body, bytes) else b""

    def put(self, place: str, key: str, body: bytes) -> None:
        """Keep a body, in the place of any other of this issue."""
        self._connection.execute("insert or replace into body values (?, ?, ?)", (place, key, body))
        self._waiting += 1
        if self._waiting == AT_ONCE:
            self._connection.commit()
            self._waiting = 0

    def drop(self, is_gone: Callable[[str], bool]) -> None:
        """Drop the bodies of issues that are gone, asked by their places."""
        places = [place for (place,) in self._connection.execute("select place from body")]
        gone = [(place,) for place in places if is_gone(place)]
        self._connection.executemany("delete from body where place = ?", gone)


@contextmanager
def opened_texts(path: Path) -> Iterator[Texts]:
    """
    Raises:
        StoreError: The disk refuses, or another run holds the file for too long.
        Spoiled: The file is damaged.
    """
    with disposable(path, _SCHEMA, VERSION, first=_FIRST) as connection:
        yield Texts(connection)
