"""
Which posts of a feed are stored as they would be read again. Touches the database.

A post is remembered where its entry is its own in the store: reading it again and storing it
would change nothing. Only the last document of a feed counts, so that a post that has gone and
comes back is read like a new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from ..types import Entry, FeedContent, Post
from .known import AT_ONCE


class Readings:
    """The table `readings`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def known(self, feed: str) -> dict[str, Post]:
        """The posts that need not be read again, by what they said."""
        row = self._db.execute("SELECT posts FROM readings WHERE feed = ?", (feed,)).fetchone()
        lines = row[0].split("\n") if row and row[0] else []
        return {post.said: post for post in (Post(*line.split(" ", 2)) for line in lines)}

    def keep(self, feed: str, content: FeedContent, new: Iterable[Entry]) -> None:
        """
        Remember the posts of a document whose entries have just been stored.

        Args:
            feed: Its slug.
            content: What was read.
            new: Those of its entries that the store had not.
        """
        own = {entry.id for entry in new}
        others = {
            entry.id: entry.canonical
            for entry in content.entries
            if entry.id in content.posts and entry.id not in own
        }
        own |= {
            id_ for id_, canonical in self._pages(feed, list(others)) if others[id_] == canonical
        }
        posts = {*content.unchanged, *(post for id_, post in content.posts.items() if id_ in own)}
        lines = sorted(f"{post.said} {post.page} {post.points_to}" for post in posts)
        self._db.execute(
            "INSERT INTO readings VALUES (?, ?) ON CONFLICT (feed) DO UPDATE"
            " SET posts = excluded.posts WHERE posts <> excluded.posts",
            (feed, "\n".join(lines)),
        )

    def _pages(self, feed: str, ids: list[str]) -> Iterable[tuple[str, str]]:
        """Id and address of the entries that there are under these ids."""
        for at in range(0, len(ids), AT_ONCE):
            some = ids[at : at + AT_ONCE]
            marks = ",".join("?" * len(some))
            yield from self._db.execute(
                f"SELECT id, canonical FROM entries WHERE feed = ? AND id IN ({marks})",  # noqa: S608
                (feed, *some),
            )
