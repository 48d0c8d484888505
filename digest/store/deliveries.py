"""
How far the sending of issues has come, and what came of each recipient.

Touches the database. Each write is a commit that survives power loss (`synchronous = FULL`):
who is written down as being sent to is not sent to again. Recipients are hashes.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import get_args

from ..types import Delivery, DeliveryState, RecipientState
from .columns import time_from, time_to


class Deliveries:
    """The tables `deliveries` and `recipients`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, issue: str) -> Delivery | None:
        """How far an issue (`digest/date`) has come; None where its sending never began."""
        row = self._db.execute("SELECT * FROM deliveries WHERE issue = ?", (issue,)).fetchone()
        if row is None:
            return None
        state: DeliveryState = row["state"]
        return Delivery(
            issue, row["via"], state, row["remote_id"], row["sha256"], time_from(row["at"])
        )

    def put(self, delivery: Delivery) -> None:
        """Commit how far an issue has come."""
        self._commit(
            "INSERT OR REPLACE INTO deliveries VALUES (?,?,?,?,?,?)",
            (
                delivery.issue,
                delivery.via,
                delivery.state,
                delivery.remote_id,
                delivery.sha256,
                time_to(delivery.at),
            ),
        )

    def recipients(self, issue: str) -> dict[str, RecipientState]:
        """What came of each recipient of an issue, by hash."""
        rows = self._db.execute("SELECT recipient, state FROM recipients WHERE issue = ?", (issue,))
        return {row["recipient"]: row["state"] for row in rows}

    def put_recipient(
        self, issue: str, recipient: str, state: RecipientState, words: str, now: dt.datetime
    ) -> None:
        """Commit what came of one recipient; `words` is the server's reason."""
        self._commit(
            "INSERT OR REPLACE INTO recipients VALUES (?,?,?,?,?)",
            (issue, recipient, state, words, time_to(now)),
        )

    def interrupted(self, issue: str) -> int:
        """
        Call unknown what a run that was killed left in the middle of being sent.

        Returns:
            How many recipients of the issue that were.
        """
        return self._commit(
            "UPDATE recipients SET state = 'unknown', words = 'the run was cut off'"
            " WHERE issue = ? AND state = 'sending'",
            (issue,),
        )

    def counts(self, issue: str) -> dict[RecipientState, int]:
        """How many recipients of an issue are in each state; noughts left out."""
        rows = self._db.execute(
            "SELECT state, count(*) FROM recipients WHERE issue = ? GROUP BY state", (issue,)
        )
        found = {row[0]: row[1] for row in rows}
        return {state: found[state] for state in get_args(RecipientState) if state in found}

    def reasons(self, issue: str) -> tuple[tuple[str, int], ...]:
        """Why recipients of an issue did not get it, in words, and how many; the most first."""
        rows = self._db.execute(
            "SELECT words, count(*) AS n FROM recipients"
            " WHERE issue = ? AND state IN ('later', 'refused')"
            " GROUP BY words ORDER BY n DESC, words",
            (issue,),
        )
        return tuple((row[0], row[1]) for row in rows)

    def _commit(self, statement: str, values: tuple[object, ...]) -> int:
        self._db.execute("PRAGMA synchronous = FULL")
        return self._db.execute(statement, values).rowcount
