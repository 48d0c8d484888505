"""What is remembered of feeds, and what came of each poll. Touches the database."""

from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import dataclass

from ..types import FeedState, Fetched
from .columns import time_from, time_to

# In the order of the table. A row that is there is changed in its place: to replace it would be
# to take it out of the index of slugs and put it in again, twice for each feed of a run.
_COLUMNS = (
    "feed url etag last_modified last_poll last_success last_full next_poll pace_s last_entry"
    " failures gone moved_to moved_count error title site_url format"
).split()
_SAVE = (
    f"INSERT INTO feeds ({', '.join(_COLUMNS)})"  # noqa: S608 (ours)
    f" VALUES ({', '.join('?' * len(_COLUMNS))})"
    f" ON CONFLICT (feed) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in _COLUMNS[1:])}"
)


@dataclass(frozen=True, slots=True)
class Poll:
    """What one poll brought."""

    status: int
    error: str
    seconds: float
    bytes: int
    new: int
    updated: int


class Feeds:
    """The tables `feeds` and `polls`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def states(self) -> dict[str, FeedState]:
        """All that is remembered, by slug."""
        rows = self._db.execute("SELECT * FROM feeds")
        return {row["feed"]: _state(row) for row in rows}

    def save(self, state: FeedState) -> None:
        self._db.execute(
            _SAVE,
            (
                state.feed,
                state.url,
                state.etag,
                state.last_modified,
                time_to(state.last_poll),
                time_to(state.last_success),
                time_to(state.last_full),
                time_to(state.next_poll),
                state.pace_s,
                time_to(state.last_entry),
                state.failures,
                int(state.gone),
                state.moved_to,
                state.moved_count,
                state.error,
                state.title,
                state.site_url,
                state.format,
            ),
        )

    def add_poll(
        self,
        feed: str,
        at: dt.datetime,
        fetched: Fetched,
        error: str,
        size: int,
        new: int,
        updated: int,
    ) -> None:
        """
        Remember what one poll brought.

        Args:
            error: Empty where it was good.
            size: Bytes of the body, which need not be here any more.
        """
        self._db.execute(
            "INSERT OR REPLACE INTO polls VALUES (?,?,?,?,?,?,?,?)",
            (
                feed,
                time_to(at),
                fetched.status,
                error,
                fetched.elapsed_s,
                size,
                new,
                updated,
            ),
        )

    def polls(self, since: dt.datetime) -> dict[str, tuple[Poll, ...]]:
        """Polls from then on, oldest first, by slug."""
        rows = self._db.execute("SELECT * FROM polls WHERE at >= ? ORDER BY at", (time_to(since),))
        found: dict[str, list[Poll]] = {}
        for row in rows:
            poll = Poll(*(row[name] for name in Poll.__slots__))
            found.setdefault(row["feed"], []).append(poll)
        return {feed: tuple(polls) for feed, polls in found.items()}


def _state(row: sqlite3.Row) -> FeedState:
    return FeedState(
        feed=row["feed"],
        url=row["url"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        last_poll=time_from(row["last_poll"]),
        last_success=time_from(row["last_success"]),
        last_full=time_from(row["last_full"]),
        next_poll=time_from(row["next_poll"]),
        pace_s=row["pace_s"],
        last_entry=time_from(row["last_entry"]),
        failures=row["failures"],
        gone=bool(row["gone"]),
        moved_to=row["moved_to"],
        moved_count=row["moved_count"],
        error=row["error"],
        title=row["title"],
        site_url=row["site_url"],
        format=row["format"],
    )
