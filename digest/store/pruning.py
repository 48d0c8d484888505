"""
Dropping what no issue needs any more, and packing what stays. Touches the database.

Entries themselves stay, without their HTML: a feed that shows an old one again must find it
known, or it would be news. The HTML of the others is packed here, to a third, and not when it is
fetched: to pack it takes three times as long as to store it.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .columns import packed, time_to
from .replies import Replies

NEWEST = 20
"""Entries of each feed that keep their HTML however old: a feed's furniture is learned there."""
SHORT = 300
"""Characters of HTML that packing makes hardly less of."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much was dropped."""

    documents: int
    texts: int
    """Entries that lost their HTML."""
    pages: int
    polls: int
    revisions: int
    replies: int
    """Texts of models' replies; what they cost stays known."""
    vectors: int


def prune(
    db: sqlite3.Connection,
    before: dt.datetime,
    cited: Collection[str],
    waiting: Mapping[str, dt.datetime],
) -> Pruned:
    """
    Args:
        db: Inside of a transaction.
        before: What is younger stays.
        cited: Ids of the documents that issues rest on; they stay for ever.
        waiting: Feed → the time since when its entries wait for an issue; those stay whole.
    """
    since = time_to(before)
    db.execute("CREATE TEMP TABLE needed (row INTEGER PRIMARY KEY)")
    db.execute("CREATE TEMP TABLE kept (id TEXT PRIMARY KEY)")
    try:
        db.execute("INSERT INTO needed SELECT row FROM entries WHERE first_seen >= ?", (since,))
        db.executemany(
            "INSERT OR IGNORE INTO needed"
            " SELECT row FROM entries WHERE feed = ? AND first_seen > ?",
            [(feed, time_to(time)) for feed, time in waiting.items()],
        )
        db.executemany(
            "INSERT OR IGNORE INTO needed SELECT row FROM entries WHERE feed = ?"
            " ORDER BY first_seen DESC, published DESC, id LIMIT ?",
            [(feed, NEWEST) for (feed,) in db.execute("SELECT feed FROM feeds").fetchall()],
        )
        db.executemany("INSERT OR IGNORE INTO kept VALUES (?)", [(id_,) for id_ in cited])
        # CROSS: from the few that are needed to their rows, and not the other way.
        of_needed = "FROM needed CROSS JOIN entries USING (row)"
        db.execute(f"INSERT OR IGNORE INTO kept SELECT document {of_needed}")
        db.execute(  # of whose pages a text may be made yet
            f"INSERT OR IGNORE INTO kept SELECT pages.document {of_needed}"
            " JOIN pages USING (canonical) WHERE text_made = 0"
        )
        pruned = Pruned(
            documents=db.execute(
                "DELETE FROM documents WHERE fetched_at < ? AND id NOT IN (SELECT id FROM kept)",
                (since,),
            ).rowcount,
            texts=db.execute(
                "UPDATE entries SET html = '' WHERE html <> '' AND first_seen < ?"
                " AND row NOT IN (SELECT row FROM needed)",
                (since,),
            ).rowcount,
            pages=db.execute(
                "DELETE FROM pages WHERE tried_at < ?"
                " AND document NOT IN (SELECT id FROM documents)",
                (since,),
            ).rowcount,
            polls=db.execute("DELETE FROM polls WHERE at < ?", (since,)).rowcount,
            revisions=db.execute("DELETE FROM revisions WHERE until < ?", (since,)).rowcount,
            replies=Replies(db).forget(before),
            vectors=db.execute("DELETE FROM vectors WHERE at < ?", (since,)).rowcount,
        )
        db.create_function("packed", 1, packed, deterministic=True)
        db.execute(
            "UPDATE entries SET html = packed(html) WHERE html <> '' AND first_seen > ''"
            " AND typeof(html) = 'text' AND length(html) > ?",
            (SHORT,),
        )
        return pruned
    finally:
        db.execute("DROP TABLE kept")
        db.execute("DROP TABLE needed")
