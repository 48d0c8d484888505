"""
The store as one compact, checked file that travels, and back.

Touches disk. A copy is the database without its free pages, checked, then packed with gzip:
texts in it are packed already, and feeds' own HTML once it was pruned; of the rest gzip leaves
about two fifths. gzip's checksum finds a transfer that was cut off, SQLite's own
check what was broken before.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

from ..errors import StoreError
from .migrations import MIGRATIONS, applied

SQLITE_VERSION = sqlite3.sqlite_version
ASIDE = "before-pull"
"""Ending of the store that a pull replaced."""


class BrokenCopy(StoreError):
    """A copy that is no store: the store can be rebuilt, so this need not stop a run."""


def pack(path: Path) -> bytes:
    """
    A compact copy of the store.

    Args:
        path: The database, which no other process writes meanwhile.

    Raises:
        BrokenCopy: The store itself is broken.
        StoreError: There is none, or the disk refuses.
    """
    if not path.exists():
        raise StoreError(str(path), "not found; expected a store: `digest fetch` makes one")
    copy = path.with_name(f"{path.name}.packing")
    copy.unlink(missing_ok=True)  # left by a run that was killed
    try:
        with closing(sqlite3.connect(path)) as db:
            db.execute("VACUUM INTO ?", (str(copy),))
        check(copy)
        return gzip.compress(copy.read_bytes(), 6, mtime=0)
    except sqlite3.DatabaseError as exc:
        raise _refusal(path, exc) from exc
    finally:
        copy.unlink(missing_ok=True)


def unpack(copy: bytes, path: Path) -> None:
    """
    Put a copy in the store's place, whole or not at all; the old one is kept beside it.

    Args:
        copy: As `pack` made it.
        path: Where the store belongs.

    Raises:
        BrokenCopy: The copy is cut off or broken; the store stays as it is.
        StoreError: It is of a newer version, or the disk refuses.
    """
    making = path.with_name(f"{path.name}.making")
    try:
        making.write_bytes(gzip.decompress(copy))
        check(making)
        _settle(making)
        if path.exists():
            _set_aside(path)
        making.replace(path)
        _sync(path.parent)
    except (gzip.BadGzipFile, EOFError, zlib.error) as exc:
        raise BrokenCopy(str(path), f"the copy cannot be unpacked: {exc}") from exc
    except OSError as exc:
        raise StoreError(str(path), f"cannot be written: {exc.strerror or exc}") from exc
    finally:
        making.unlink(missing_ok=True)


def check(path: Path) -> None:
    """
    Read all of a database and see that it is a store of ours.

    Raises:
        BrokenCopy: SQLite finds it broken, or it is another program's.
        StoreError: A newer version of digest wrote it.
    """
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            (found,) = db.execute("PRAGMA integrity_check(1)").fetchone()
            version = applied(db)
    except sqlite3.DatabaseError as exc:
        raise _refusal(path, exc) from exc
    if found != "ok":
        raise BrokenCopy(str(path), f"is broken: {found}")
    if not version:
        raise BrokenCopy(str(path), "is no store of digest")
    if version > len(MIGRATIONS):
        raise StoreError(
            str(path),
            f"was written by a newer version of digest (shape {version}, expected at most "
            f"{len(MIGRATIONS)}); install that version",
        )


def _refusal(path: Path, exc: sqlite3.DatabaseError) -> StoreError:
    """Only what SQLite calls broken is; a full disk or a lock is not."""
    is_broken = getattr(exc, "sqlite_errorname", "") in {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
    return (BrokenCopy if is_broken else StoreError)(str(path), f"cannot be read: {exc}")


def fingerprint(path: Path) -> str:
    """SHA-256 of the store's file and journal; empty without a store."""
    digest = hashlib.sha256()
    if not path.exists():
        return ""
    for part in (path, path.with_name(f"{path.name}-wal")):
        if part.exists():
            digest.update(part.read_bytes())
    return digest.hexdigest()


def _set_aside(path: Path) -> None:
    """Keep the old store. A journal left to lie would be taken for the new one's."""
    try:
        with closing(sqlite3.connect(path, timeout=5)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error:  # broken: its journal goes with it
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    old = path.with_name(f"{path.name}.{ASIDE}")
    old.unlink(missing_ok=True)
    os.link(path, old)


def _settle(path: Path) -> None:
    """As `connect` would leave it, so that opening the store alone does not change its bytes."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    _sync(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
