"""
What the last run has rendered: the rows of issues, and the keys of the files of the site.

Touches one SQLite file. It may be lost or thrown away at any time: all in it follows from
content/, templates/ and feeds.yaml. A file of another version, or a broken one, is begun anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ..errors import StoreError

VERSION = 2
_SCHEMA = f"""
create table row (place text primary key, stamp text, hash text, basis text, text text)
    without rowid;
create table sheet (folder text, name text, key text, hash text, files text,
    primary key (folder, name)) without rowid;
create table mark (folder text primary key, text text) without rowid;
pragma user_version = {VERSION};
"""
WAIT_S = 60
"""Another run may be at work on the same file."""


class KeptRow(NamedTuple):
    stamp: str
    """Of the issue's files, when they were read."""
    hash: str
    """Of their bytes."""
    basis: str
    """Of what else the row depends on."""
    text: str


class KeptSheet(NamedTuple):
    key: str
    hash: str
    """Of its files."""
    files: tuple[str, ...]
    """Their paths, which hold no line feed."""


class Rendered:
    """As `opened` gives it; what is put in is kept if the block ends well."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self) -> dict[str, KeptRow]:
        """By the places of their issues."""
        found = self._connection.execute("select place, stamp, hash, basis, text from row")
        return {place: KeptRow(*rest) for place, *rest in found}

    def put_rows(self, rows: Iterable[tuple[str, KeptRow]]) -> None:
        self._connection.executemany(
            "insert or replace into row values (?, ?, ?, ?, ?)",
            ((place, *row) for place, row in rows),
        )

    def drop_rows(self, places: Iterable[str]) -> None:
        self._connection.executemany("delete from row where place = ?", ((p,) for p in places))

    def sheets(self, folder: str) -> dict[str, KeptSheet]:
        """By name."""
        found = self._connection.execute(
            "select name, key, hash, files from sheet where folder = ?", (folder,)
        )
        return {
            name: KeptSheet(key, hash_, tuple(files.split("\n") if files else ()))
            for name, key, hash_, files in found
        }

    def put_sheets(self, folder: str, sheets: Iterable[tuple[str, KeptSheet]]) -> None:
        self._connection.executemany(
            "insert or replace into sheet values (?, ?, ?, ?, ?)",
            (
                (folder, name, sheet.key, sheet.hash, "\n".join(sheet.files))
                for name, sheet in sheets
            ),
        )

    def drop_sheets(self, folder: str, names: Iterable[str]) -> None:
        self._connection.executemany(
            "delete from sheet where folder = ? and name = ?", ((folder, name) for name in names)
        )

    def mark(self, folder: str) -> str:
        """What the folder was marked with; empty where nothing is known of it."""
        found = self._connection.execute("select text from mark where folder = ?", (folder,))
        return str((found.fetchone() or ("",))[0])

    def put_mark(self, folder: str, mark: str) -> None:
        self._connection.execute("insert or replace into mark values (?, ?)", (folder, mark))

    def commit(self) -> None:
        """Keep what has been put in so far, whatever comes."""
        self._connection.execute("commit")
        self._connection.execute("begin immediate")


@contextmanager
def opened(path: Path) -> Iterator[Rendered]:
    """
    Raises:
        StoreError: The disk refuses, or another run holds the file for too long.
    """
    try:
        connection = _connected(path)
    except (sqlite3.Error, OSError) as exc:
        raise StoreError(str(path), f"cannot be opened: {exc}; it may be deleted") from exc
    try:
        yield Rendered(connection)
        connection.execute("commit")
    except sqlite3.Error as exc:
        raise StoreError(str(path), f"cannot be used: {exc}; it may be deleted") from exc
    finally:
        connection.close()  # what was not committed is not kept


def _connected(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = _connect(path)
    try:
        if connection.execute("pragma user_version").fetchone()[0] == VERSION:
            connection.execute("begin immediate")
            return connection
    except sqlite3.DatabaseError as exc:
        if isinstance(exc, sqlite3.OperationalError):
            connection.close()
            raise
    connection.close()
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    connection = _connect(path)
    connection.executescript(_SCHEMA)
    connection.execute("begin immediate")
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
    connection.execute("pragma synchronous = off")  # a torn file is begun anew
    return connection
