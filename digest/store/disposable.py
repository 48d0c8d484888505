"""
SQLite files that hold nothing but what follows from other files: they may be lost at any time.

Touches one such file. One of another version, or a broken one, is begun anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import StoreError

WAIT_S = 60
"""Another run may be at work on the same file."""
_OF_DISK = (
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
)
"""Codes of what a file begun anew would not mend."""


class Spoiled(Exception):
    """What was kept cannot be understood; it is to be begun anew."""


@contextmanager
def disposable(
    path: Path, schema: str, version: int, *, first: str
) -> Iterator[sqlite3.Connection]:
    """
    A connection to the file, begun anew where it is not of this version; what was put in is
    committed if the block ends well.

    Args:
        schema: Statements that make its tables.
        version: Another one whenever these have changed.
        first: The statement that begins each use, and finds out whether the file is one.

    Raises:
        StoreError: The disk refuses, or another run holds the file for too long.
        Spoiled: The file is damaged.
    """
    try:
        connection = _connected(path, f"{schema}pragma user_version = {version};", version, first)
    except (sqlite3.Error, OSError) as exc:
        raise StoreError(str(path), f"cannot be opened: {exc}; it may be deleted") from exc
    try:
        yield connection
        connection.commit()
    except sqlite3.Error as exc:
        if _is_of_disk(exc):
            raise StoreError(str(path), f"cannot be used: {exc}; it may be deleted") from exc
        raise Spoiled(str(exc)) from exc
    finally:
        connection.close()  # what was not committed is not kept


def _is_of_disk(exc: sqlite3.Error) -> bool:
    """Whether the disk, or another run, is the reason: then it is of no use to begin anew."""
    return getattr(exc, "sqlite_errorcode", 0) & 0xFF in _OF_DISK


def _connected(path: Path, schema: str, version: int, first: str) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=WAIT_S)
    try:
        if connection.execute("pragma user_version").fetchone()[0] == version:
            return _begun(connection, first)
    except sqlite3.Error as exc:
        if _is_of_disk(exc):
            connection.close()
            raise
    connection.close()
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    connection = sqlite3.connect(path, timeout=WAIT_S)
    connection.executescript(schema)
    return _begun(connection, first)


def _begun(connection: sqlite3.Connection, first: str) -> sqlite3.Connection:
    connection.execute("pragma synchronous = off")  # a torn file is begun anew
    connection.execute(first).fetchone()
    return connection
