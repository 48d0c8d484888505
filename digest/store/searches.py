"""
What search providers answered, so that a run that is repeated asks, and pays, once.

Touches the database.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Sequence

from .columns import time_to


class Searches:
    """The table `searches`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(
        self, provider: str, query: str, hits: Sequence[Sequence[str]], now: dt.datetime
    ) -> None:
        """Remember an answer: a row of texts for each result."""
        self._db.execute(
            "INSERT OR REPLACE INTO searches VALUES (?,?,?,?)",
            (provider, query, json.dumps(hits, ensure_ascii=False), time_to(now)),
        )

    def get(
        self, provider: str, query: str, *, since: dt.datetime
    ) -> tuple[tuple[str, ...], ...] | None:
        """An answer that came since then; None where there is none."""
        row = self._db.execute(
            "SELECT hits FROM searches WHERE provider = ? AND query = ? AND at >= ?",
            (provider, query, time_to(since)),
        ).fetchone()
        return None if row is None else tuple(tuple(hit) for hit in json.loads(row["hits"]))

    def drop(self, before: dt.datetime) -> None:
        """Forget answers that are older."""
        self._db.execute("DELETE FROM searches WHERE at < ?", (time_to(before),))
