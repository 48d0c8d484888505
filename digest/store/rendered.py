"""
What the last run has rendered: issues as lists show them, and the keys of the files of the site.

Touches one SQLite file. It may be lost, damaged or thrown away at any time: all in it follows
from content/, templates/ and feeds.yaml. A file of another version, or a broken one, is begun
anew. What belongs together lies together: the issues of a digest's year are a row, sheets that
are made of the same things are one, so a run opens of ten thousand issues what it needs.
"""

from __future__ import annotations

import marshal
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from .disposable import Spoiled, disposable

VERSION = 4
_SCHEMA = """
create table volume (digest text, year text, facts blob, seen blob, rows blob,
    primary key (digest, year));
create table ways (digest text, year text, key text, ways blob, primary key (digest, year));
create table past (digest text, year text, heads blob, covers blob, primary key (digest, year));
create table section (folder text, name text, facts blob, sheets blob,
    primary key (folder, name));
create table fact (name text primary key, text text) without rowid;
"""
_FORM = 4
"""Of what `marshal` writes; all versions of Python that are supported read it."""


class KeptVolume(NamedTuple):
    """Of the issues of one digest in one year."""

    basis: str
    """Of what their rows depend on beside their files."""
    facts: tuple[Any, ...]
    """What few runs need more than."""
    seen: dict[str, Any]
    """By day: how the files looked, and the hash of their bytes."""


class KeptSheet(NamedTuple):
    key: str
    hash: str
    """Of its files."""
    files: tuple[str, ...]
    """Their paths, which hold no line feed."""


class KeptSection(NamedTuple):
    """Of sheets that are made of the same things."""

    key: str
    hash: str
    """Of all their files."""
    paths: str
    """A hash of the paths of these alone."""
    files: int
    """How many there are."""


def packed(value: Any) -> bytes:
    """Numbers, texts, and collections of them as bytes, which tell when they are damaged."""
    body = marshal.dumps(value, _FORM)
    return zlib.crc32(body).to_bytes(4, "big") + body


def unpacked(body: Any) -> Any:
    """
    The value that was packed.

    Raises:
        Spoiled: These are other bytes.
    """
    if (
        not isinstance(body, bytes)
        or len(body) < 5
        or zlib.crc32(body[4:]).to_bytes(4, "big") != body[:4]
    ):
        raise Spoiled
    try:
        return marshal.loads(body[4:])
    except (ValueError, EOFError, TypeError) as exc:
        raise Spoiled from exc


class Rendered:
    """As `opened` gives it; what is put in is kept if the block ends well."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    # ----------------------------------------------------------------------- issues

    def volumes(self) -> dict[tuple[str, str], KeptVolume]:
        """By slug and year."""
        found = self._connection.execute("select digest, year, facts, seen from volume")
        out: dict[tuple[str, str], KeptVolume] = {}
        for digest, year, facts, seen in found:
            basis, told = unpacked(facts)
            out[digest, year] = KeptVolume(basis, told, unpacked(seen))
        return out

    def rows(self, volume: tuple[str, str]) -> dict[str, Any]:
        """What lists show of the issues of a volume, by day."""
        rows: dict[str, Any] = self._unpacked(
            "select rows from volume where digest = ? and year = ?", volume
        )
        return rows

    def put_volume(
        self, volume: tuple[str, str], kept: KeptVolume, rows: Mapping[str, Any]
    ) -> None:
        facts = packed((kept.basis, kept.facts))
        self._connection.execute(
            "insert or replace into volume values (?, ?, ?, ?, ?)",
            (*volume, facts, packed(kept.seen), packed(rows)),
        )

    def put_seen(self, volume: tuple[str, str], seen: Mapping[str, Any]) -> None:
        self._connection.execute(
            "update volume set seen = ? where digest = ? and year = ?", (packed(seen), *volume)
        )

    def drop_volumes(self, volumes: Iterable[tuple[str, str]]) -> None:
        self._connection.executemany("delete from volume where digest = ? and year = ?", volumes)

    def keys_of_ways(self) -> dict[tuple[str, str], str]:
        """By volume: a key of the ways of its features to the rest of their stories."""
        found = self._connection.execute("select digest, year, key from ways")
        return {(digest, year): key for digest, year, key in found}

    def ways(self, volume: tuple[str, str]) -> dict[str, Any]:
        """These ways, by path."""
        ways: dict[str, Any] = self._unpacked(
            "select ways from ways where digest = ? and year = ?", volume
        )
        return ways

    def put_ways(self, volume: tuple[str, str], key: str, ways: Mapping[str, Any]) -> None:
        self._connection.execute(
            "insert or replace into ways values (?, ?, ?, ?)", (*volume, key, packed(ways))
        )

    # ------------------------------------------------------------------------- past

    def heads(self) -> dict[tuple[str, str], dict[str, Any]]:
        """By volume and day: what was put in with `put_past`."""
        found = self._connection.execute("select digest, year, heads from past")
        return {(digest, year): unpacked(heads) for digest, year, heads in found}

    def covers(self, volume: tuple[str, str]) -> dict[str, Any]:
        """By day: what the issues of a volume cover."""
        covers: dict[str, Any] = self._unpacked(
            "select covers from past where digest = ? and year = ?", volume
        )
        return covers

    def put_past(
        self, volume: tuple[str, str], heads: Mapping[str, Any], covers: Mapping[str, Any]
    ) -> None:
        self._connection.execute(
            "insert or replace into past values (?, ?, ?, ?)",
            (*volume, packed(heads), packed(covers)),
        )

    # ----------------------------------------------------------------------- sheets

    def sections(self, folder: str) -> dict[str, KeptSection]:
        """By name."""
        found = self._connection.execute(
            "select name, facts from section where folder = ?", (folder,)
        )
        return {name: KeptSection(*unpacked(facts)) for name, facts in found}

    def sheets(self, folder: str, section: str) -> dict[str, KeptSheet]:
        """Those of a section, by name."""
        found = self._unpacked(
            "select sheets from section where folder = ? and name = ?", (folder, section)
        )
        return {name: KeptSheet(*rest) for name, rest in found.items()}

    def put_section(
        self, folder: str, name: str, kept: KeptSection, sheets: Mapping[str, KeptSheet]
    ) -> None:
        body = packed({name: tuple(sheet) for name, sheet in sheets.items()})
        self._connection.execute(
            "insert or replace into section values (?, ?, ?, ?)",
            (folder, name, packed(tuple(kept)), body),
        )

    def drop_sections(self, folder: str, names: Iterable[str]) -> None:
        self._connection.executemany(
            "delete from section where folder = ? and name = ?", ((folder, name) for name in names)
        )

    # ------------------------------------------------------------------------ facts

    def fact(self, name: str) -> str:
        """What was put in by this name; empty where nothing was."""
        found = self._connection.execute("select text from fact where name = ?", (name,))
        return str((found.fetchone() or ("",))[0])

    def put_fact(self, name: str, text: str) -> None:
        if self.fact(name) != text:
            self._connection.execute("insert or replace into fact values (?, ?)", (name, text))

    def _unpacked(self, query: str, values: tuple[str, str]) -> Any:
        found = self._connection.execute(query, values).fetchone()
        if found is None:  # another query told of it
            raise Spoiled
        return unpacked(found[0])

    def commit(self) -> None:
        """Keep what has been put in so far, whatever comes."""
        self._connection.execute("commit")
        self._connection.execute("begin immediate")


@contextmanager
def opened(path: Path) -> Iterator[Rendered]:
    """
    What the last run has rendered; another run waits until this one has done with it.

    Raises:
        StoreError: The disk refuses, or another run holds the file for too long.
        Spoiled: The file is damaged.
    """
    with disposable(path, _SCHEMA, VERSION, first="begin immediate") as connection:
        yield Rendered(connection)
