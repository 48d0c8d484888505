"""
Opening the store: one SQLite file, one writer, an older shape migrated after a backup.

Touches disk.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..errors import StoreError
from .migrations import MIGRATIONS, applied, migrate

FILE = "digest.db"


class _Connection(sqlite3.Connection):
    """Translates what goes wrong while the store is used: a full disk, a broken file."""

    path = ""
    """Set once the database is open; before that `connect` finds the words."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        try:
            return super().execute(sql, parameters)
        except sqlite3.Error as exc:
            if not self.path:
                raise
            raise StoreError(self.path, f"{exc}; nothing of this step was kept") from exc

    def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
        try:
            return super().executemany(sql, parameters)
        except sqlite3.Error as exc:
            raise StoreError(self.path, f"{exc}; nothing of this step was kept") from exc


def connect(path: Path) -> sqlite3.Connection:
    """
    Open or make the database.

    Raises:
        StoreError: It is no database, broken, of a newer version, or the disk refuses.
    """
    try:
        db = sqlite3.connect(path, isolation_level=None, timeout=30, factory=_Connection)
    except sqlite3.Error as exc:
        raise StoreError(str(path), f"cannot be opened: {exc}") from exc
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode = WAL")
        # Consistent after a kill or power loss; the last commits may be fetched again.
        db.execute("PRAGMA synchronous = NORMAL")
        # In pages, 16 MB: whoever writes waits for each until the disk has it.
        db.execute("PRAGMA wal_autocheckpoint = 4000")
        version = applied(db)
        if version > len(MIGRATIONS):
            raise StoreError(
                str(path),
                f"was written by a newer version of digest (shape {version}, expected at most "
                f"{len(MIGRATIONS)}); install that version or move the file away",
            )
        if 0 < version < len(MIGRATIONS):
            _back_up(db, path.with_name(f"{path.name}.{version}.bak"))
        migrate(db)
    except sqlite3.Error as exc:
        db.close()
        raise StoreError(
            str(path),
            f"{exc}; expected a store of digest, which can be rebuilt: move the file away",
        ) from exc
    except StoreError:
        db.close()
        raise
    db.path = str(path)
    return db


def _back_up(db: sqlite3.Connection, path: Path) -> None:
    copy = sqlite3.connect(path)
    try:
        db.backup(copy)
    finally:
        copy.close()


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite itself rolls back where the disk is full
            db.execute("ROLLBACK")
        raise


@contextmanager
def locked(folder: Path, what: str) -> Iterator[str]:
    """
    Hold the site's lock while the block runs.

    Args:
        folder: The site's folder.
        what: Who holds it, for the others: "digest fetch (process 12)".

    Yields:
        Empty, or the words of the one who holds it already: then the block must not run.
        The kernel frees the lock when its holder ends, however that is.
    """
    path = folder / f"{FILE}.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as exc:
        raise StoreError(str(path), f"cannot be made: {exc.strerror}") from exc
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield os.pread(handle, 200, 0).decode("utf-8", "replace") or "another run"
            return
        os.ftruncate(handle, 0)
        os.pwrite(handle, what.encode(), 0)
        yield ""
    finally:
        os.close(handle)
