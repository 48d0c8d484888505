"""
Documents, each once by the hash of its text, and the pages they came from.

Touches the database.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import sqlite3
from collections.abc import Iterable
from operator import attrgetter

from ..types import Block, Document, Link
from .columns import must_time_from, packed, time_from, time_to, unpacked

# Twenty times as fast as `dataclasses.astuple`, which copies what cannot change.
_OF_BLOCK = attrgetter(*(field.name for field in dataclasses.fields(Block)))
_OF_LINK = attrgetter(*(field.name for field in dataclasses.fields(Link)))

_PUT = """
    INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
    ON CONFLICT (id) DO UPDATE SET
        (url, final_url, publisher, site, title, author, published, fetched_at, language, wall,
         structure)
        = (excluded.url, excluded.final_url, excluded.publisher, excluded.site, excluded.title,
           excluded.author, excluded.published, excluded.fetched_at, excluded.language,
           excluded.wall, excluded.structure)
    WHERE substr(excluded.fetched_at, 1, 10) = substr(fetched_at, 1, 10)
        AND (coalesce(excluded.published, '~'), excluded.url) < (coalesce(published, '~'), url)
"""


class Documents:
    """The tables `documents` and `pages`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, document: Document) -> str:
        """
        Store a document, and return its id.

        A text is stored once. Of several that were read on one day it is that which was published
        first, then that of the lesser address, in whatever order they came; what was stored on an
        earlier day stays as it is.
        """
        self._db.execute(
            _PUT,
            (
                document.id,
                document.sha256,
                document.url,
                document.final_url,
                document.publisher,
                document.site,
                document.title,
                document.author,
                time_to(document.published),
                time_to(document.fetched_at),
                document.language,
                document.wall,
                packed(document.text),
                packed(_structure(document)),
            ),
        )
        return document.id

    def get(self, ids: Iterable[str]) -> dict[str, Document]:
        """The documents that are there, by id."""
        found = {}
        for id_ in dict.fromkeys(ids):
            row = self._db.execute("SELECT * FROM documents WHERE id = ?", (id_,)).fetchone()
            if row is not None:
                found[id_] = _document(row)
        return found

    def count(self) -> int:
        number: int = self._db.execute("SELECT count(*) FROM documents").fetchone()[0]
        return number

    def put_page(self, canonical: str, document: str, error: str, now: dt.datetime) -> None:
        """Remember what came of opening an address: a document's id, or the reason for none."""
        self._db.execute(
            "INSERT OR REPLACE INTO pages VALUES (?,?,?,?)",
            (canonical, document, error, time_to(now)),
        )

    def page(self, canonical: str) -> tuple[str, str, dt.datetime] | None:
        """What came of opening an address last: document, error, when; None if it never was."""
        row = self._db.execute("SELECT * FROM pages WHERE canonical = ?", (canonical,)).fetchone()
        if row is None:
            return None
        return (row["document"], row["error"], must_time_from(row["tried_at"]))

    def answered_at(self, addresses: Iterable[str]) -> dict[str, str]:
        """
        Where pages that were read are to be found.

        Args:
            addresses: Canonical.

        Returns:
            Of each that was read the address of its document, after redirects, as its page
            names it; none for a page behind a wall, which answers for many.
        """
        found = {}
        for address in dict.fromkeys(addresses):
            row = self._db.execute(
                "SELECT documents.url FROM pages JOIN documents ON documents.id = pages.document"
                " WHERE pages.canonical = ? AND documents.wall = ''",
                (address,),
            ).fetchone()
            if row is not None:
                found[address] = row[0]
        return found


def _structure(document: Document) -> str:
    blocks = [_OF_BLOCK(block) for block in document.blocks]
    links = [_OF_LINK(link) for link in document.links]
    rights = {"license": document.license, "reserved": document.reserved}
    held = {
        "blocks": blocks,
        "links": links,
        **{name: said for name, said in rights.items() if said},
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def _document(row: sqlite3.Row) -> Document:
    structure = json.loads(unpacked(row["structure"]))
    return Document(
        url=row["url"],
        final_url=row["final_url"],
        publisher=row["publisher"],
        site=row["site"],
        title=row["title"],
        author=row["author"],
        published=time_from(row["published"]),
        text=unpacked(row["text"]),
        sha256=row["sha256"],
        fetched_at=must_time_from(row["fetched_at"]),
        language=row["language"],
        blocks=tuple(Block(*values) for values in structure["blocks"]),
        links=tuple(Link(*values) for values in structure["links"]),
        wall=row["wall"],
        license=structure.get("license", ""),
        reserved=structure.get("reserved", ""),
    )
