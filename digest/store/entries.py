"""Entries as their feeds published them, edits remembered. Touches the database."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType

from ..types import Entry, Key
from .columns import maybe_unpacked, must_time_from, time_from, time_to
from .known import Known, Row

LOOKED_BACK = dt.timedelta(days=60)
"""How long ago the entries were stored by which rare words are known."""


# A third of the time of `dataclasses.replace` and `json.dumps`: there are twenty a feed.
_FIELDS = [field.name for field in dataclasses.fields(Entry)]
_OF_SAID = attrgetter(*_FIELDS[: _FIELDS.index("first_seen")])
assert _FIELDS[-3:] == ["first_seen", "fetched_at", "document"]
_MAKE: Callable[..., Entry] = Entry
_JSON = json.JSONEncoder(ensure_ascii=False).encode


class Entries:
    """The tables `entries`, `appearances` and `revisions`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(
        self, entries: Iterable[Entry], now: dt.datetime
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """
        Store what a poll brought.

        A post that comes again under another id of the same feed (its address is the same)
        stays the entry that it was. What has not changed is not touched.

        Args:
            entries: In the order of the feed.
            now: When they were seen.

        Returns:
            The new ones and the edited ones, as they are stored.
        """
        brought, seen = tuple(entries), time_to(now) or ""
        known = Known(self._db, brought)
        new, edited = [], []
        rows = list[tuple[object, ...]]()
        for entry in brought:
            hash_ = _hash(entry)
            found = known.of(entry)
            if found is None:
                row = known.add(entry, hash_, seen)
                rows.append((row, entry.feed, entry.id, seen, *_said(entry, hash_)))
                new.append(_MAKE(*_OF_SAID(entry), now, now, entry.document))
                continue
            if found.hash != hash_ or found.id != entry.id:
                self._insert(rows)  # it may be one of them
            if found.hash != hash_:
                edited.append(self._edit(found, entry, hash_, now))
                known.edit(found, entry, hash_)
            if found.id != entry.id:
                self._db.execute(
                    "INSERT OR IGNORE INTO appearances VALUES (?,?,?,?)",
                    (entry.feed, entry.id, found.row, seen),
                )
        self._insert(rows)
        return tuple(new), tuple(edited)

    def _insert(self, rows: list[tuple[object, ...]]) -> None:
        """Insert what has come so far, and forget it."""
        self._db.executemany(
            "INSERT INTO entries (row, feed, id, first_seen, document, text_made, url, canonical,"
            " title, author, published, updated, html, tags, language, points_to, hash)"
            " VALUES (?,?,?,?,'',0,?,?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
        rows.clear()

    def _edit(self, found: Row, entry: Entry, hash_: str, now: dt.datetime) -> Entry:
        """
        Put what it says now in place of what it said, and remember that it said something else.

        A text of what it said was made if somebody wanted it: that is a document still, and the
        revision names it. Where nobody did, nothing that was published rests on it, and the
        revision has its title and the time alone; the HTML of texts that nobody wanted is not kept.
        """
        self._db.execute(
            "INSERT OR REPLACE INTO revisions SELECT row, ?, title, document FROM entries"
            " WHERE row = ?",
            (time_to(now), found.row),
        )
        self._db.execute(
            "UPDATE entries SET url=?, canonical=?, title=?, author=?, published=?, updated=?,"
            " html=?, tags=?, language=?, points_to=?, hash=?, edited_at=?, document='',"
            " text_made=0 WHERE row = ?",
            (*_said(entry, hash_), time_to(now), found.row),
        )
        return replace(entry, id=found.id, first_seen=time_from(found.first_seen), fetched_at=now)

    def set_document(self, entry: Entry, document: str) -> None:
        """Say which document holds the entry's own text, now that it is made; "" for none."""
        self._db.execute(
            "UPDATE entries SET document = ?, text_made = 1 WHERE feed = ? AND id = ?",
            (document, entry.feed, entry.id),
        )

    def of_document(self, document: str) -> Entry | None:
        """The entry whose own text a document holds; of several that was published first."""
        row = self._db.execute(
            "SELECT * FROM entries WHERE document = ? AND document <> ''"
            " ORDER BY coalesce(published, first_seen), feed, id LIMIT 1",
            (document,),
        ).fetchone()
        return _entry(row) if row else None

    def without_text(self, keys: Iterable[Key]) -> tuple[Entry, ...]:
        """Those of some entries whose text is still to be made: it never was, or they changed."""
        found = (
            self._db.execute(
                "SELECT * FROM entries WHERE feed = ? AND id = ? AND text_made = 0", key
            ).fetchone()
            for key in dict.fromkeys(keys)
        )
        return tuple(_entry(row) for row in found if row is not None)

    def want_page(self, entry: Entry) -> None:
        """Say that its page is to be read, so that a run that is killed leaves it to the next."""
        self._db.execute("UPDATE entries SET page_wanted = 1 WHERE feed = ? AND id = ?", entry.key)

    def end_page(self, entry: Entry, *, was_read: bool) -> None:
        """Say that its page is wanted no more; what was read makes another text of it."""
        self._db.execute(
            "UPDATE entries SET page_wanted = 0, text_made = text_made AND NOT ?"
            " WHERE feed = ? AND id = ?",
            (was_read, *entry.key),
        )

    def without_page(self, feeds: Collection[str], since: dt.datetime) -> tuple[Entry, ...]:
        """Entries of some feeds, fetched later than `since`, whose page is still to be read."""
        rows = self._db.execute(
            "SELECT * FROM entries WHERE page_wanted = 1"
            " AND feed IN (SELECT value FROM json_each(?))"
            " AND coalesce(edited_at, first_seen) > ? ORDER BY feed, row",
            (json.dumps(sorted(feeds)), time_to(since)),
        )
        return tuple(_entry(row) for row in rows)

    def waiting(
        self,
        feeds: Collection[str],
        *,
        seen_after: dt.datetime | None,
        published_after: dt.datetime | None,
        until: dt.datetime,
        unread: Mapping[str, dt.datetime] = MappingProxyType({}),
    ) -> tuple[Key, ...]:
        """
        The keys of the entries that an issue may tell of.

        Args:
            feeds: Slugs.
            seen_after: Only those first stored later; None for all.
            published_after: Only those published later, or undated; None for all.
            until: Only those published by then (first stored by then, where undated).
            unread: Feeds of which those published later than this count too.

        Returns:
            In the order of publication, then of feed and id.
        """
        since = time_to(published_after) or ""
        longer = {feed: min(since, time_to(time) or "") for feed, time in unread.items()}
        rows = self._db.execute(
            "SELECT feed, id, published FROM entries WHERE first_seen > ?"
            " AND coalesce(published, first_seen) <= ?"
            " AND (published IS NULL OR published > ?)"
            " ORDER BY coalesce(published, first_seen), feed, id",
            (time_to(seen_after) or "", time_to(until), min([since, *longer.values()])),
        )
        chosen = frozenset(feeds)
        return tuple(
            (feed, id_)
            for feed, id_, published in rows
            if feed in chosen and (published is None or published > longer.get(feed, since))
        )

    def before(
        self, feeds: Collection[str], until: dt.datetime, limit: int
    ) -> tuple[tuple[Key, str, str], ...]:
        """
        The latest entries of some feeds, as light as they come.

        Args:
            until: Only those published by then (first stored by then, where undated), and
                stored in the two months before it or later.

        Returns:
            Of each its key, title and document's id, the latest first.
        """
        rows = self._db.execute(
            "SELECT feed, id, title, document FROM entries"
            " WHERE first_seen > ? AND coalesce(published, first_seen) <= ?"
            " AND feed IN (SELECT value FROM json_each(?))"
            " ORDER BY coalesce(published, first_seen) DESC, feed, id LIMIT ?",
            (time_to(until - LOOKED_BACK), time_to(until), json.dumps(sorted(feeds)), limit),
        )
        return tuple(((row[0], row[1]), row[2], row[3]) for row in rows)

    def get(self, keys: Iterable[Key]) -> tuple[Entry, ...]:
        """The entries that are there, in the order of their keys."""
        found = (
            self._db.execute("SELECT * FROM entries WHERE feed = ? AND id = ?", key).fetchone()
            for key in keys
        )
        return tuple(_entry(row) for row in found if row is not None)

    def recent(self, feed: str, limit: int) -> Sequence[Entry]:
        """The newest entries of one feed: seen last, then published last."""
        rows = self._db.execute(
            "SELECT * FROM entries WHERE feed = ?"
            " ORDER BY first_seen DESC, published DESC, id LIMIT ?",
            (feed, limit),
        )
        return [_entry(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many entries each feed has, by slug."""
        rows = self._db.execute("SELECT feed, count(*) FROM entries GROUP BY feed")
        return {row[0]: row[1] for row in rows}


def _said(entry: Entry, hash_: str) -> tuple[str | None, ...]:
    """The columns that the feed decides, their hash last."""
    return (
        entry.url,
        entry.canonical,
        entry.title,
        entry.author,
        time_to(entry.published),
        time_to(entry.updated),
        entry.html,
        _JSON(entry.tags),
        entry.language,
        entry.points_to,
        hash_,
    )


def _hash(entry: Entry) -> str:
    said = (entry.url, entry.title, entry.author, entry.html, *entry.tags)
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _entry(row: sqlite3.Row) -> Entry:
    return Entry(
        feed=row["feed"],
        id=row["id"],
        url=row["url"],
        canonical=row["canonical"],
        title=row["title"],
        author=row["author"],
        published=time_from(row["published"]),
        updated=time_from(row["updated"]),
        html=maybe_unpacked(row["html"]),
        tags=tuple(json.loads(row["tags"])),
        language=row["language"],
        points_to=row["points_to"],
        first_seen=must_time_from(row["first_seen"]),
        fetched_at=must_time_from(row["edited_at"] or row["first_seen"]),
        document=row["document"],
    )
