"""
The ledger of calls to language models, and the replies themselves.

Touches the database. A call stands here before it is made, and what came of it after; each
write is a commit that survives power loss (`synchronous = FULL`). What a killed run left
reserved counts as spent. Texts may be dropped when they are old, the calls stay: months are
summed from them.
"""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Literal

from ..types import Call
from .columns import packed, time_to, unpacked
from .database import transaction


@dataclass(frozen=True, slots=True)
class Spent:
    """What the calls of one digest came to in one month."""

    month: str
    """2026-04, in UTC."""
    digest: str
    calls: int
    input: int
    """Tokens."""
    output: int
    usd: float
    """Of the calls whose price is known."""
    unpriced: int
    """Calls whose price is not."""
    cut: int
    """Calls that ended without an answer, of which all that was reserved is counted."""


class Replies:
    """The tables `calls`, `replies` and `redone`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def salt(self) -> str:
        """
        32 hex digits that stay the same while the store lives.

        Words made from it fence what a model is shown: nobody who writes a document can
        guess them, and a run that is repeated asks the same as before.
        """
        self._db.execute(
            "INSERT INTO salt SELECT ? WHERE NOT EXISTS (SELECT 1 FROM salt)",
            (secrets.token_hex(16),),
        )
        value: str = self._db.execute("SELECT value FROM salt").fetchone()[0]
        return value

    def reply(self, key: str) -> tuple[str, str, Call] | None:
        """Text, finish reason and call of the reply to a request; None where there is none."""
        row = self._db.execute(
            "SELECT * FROM replies JOIN calls ON calls.number = replies.call WHERE replies.key = ?",
            (key,),
        ).fetchone()
        if row is None:
            return None
        return unpacked(row["text"]), row["finish"], _call(row)

    def reserve(self, issue: str, key: str, call: Call, now: dt.datetime) -> int:
        """Write down a call before it is made, with what it may cost; gives its number."""
        self._db.execute("PRAGMA synchronous = FULL")
        number = self._db.execute(
            "INSERT INTO calls (issue, key, role, model, at, state, input, output, usd, seconds,"
            " words) VALUES (?,?,?,?,?,'reserved',?,?,?,0,'')",
            (issue, key, call.role, call.model, time_to(now), call.input, call.output, call.usd),
        ).lastrowid
        assert number is not None
        return number

    def settle(
        self, number: int, call: Call, outcome: Literal["arrived", "refused", "cut"],
        *, words: str = "",
    ) -> None:  # fmt: skip
        """Write down what came of a call that made no reply, and why."""
        self._db.execute("PRAGMA synchronous = FULL")
        self._settle(number, call, outcome, words)

    def arrive(self, number: int, key: str, call: Call, text: str, finish: str) -> None:
        """Write down a reply and what it cost, both or neither."""
        self._db.execute("PRAGMA synchronous = FULL")
        with transaction(self._db):
            self._settle(number, call, "arrived", "")
            self._db.execute(
                "INSERT OR REPLACE INTO replies VALUES (?,?,?,?)",
                (key, number, packed(text), finish),
            )

    def _settle(self, number: int, call: Call, outcome: str, words: str) -> None:
        self._db.execute(
            "UPDATE calls SET state = ?, input = ?, output = ?, usd = ?, seconds = ?, words = ?"
            " WHERE number = ?",
            (outcome, call.input, call.output, call.usd, call.seconds, words, number),
        )

    def interrupted(self) -> int:
        """Call cut what a run that was killed left reserved; how many that were."""
        self._db.execute("PRAGMA synchronous = FULL")
        return self._db.execute(
            "UPDATE calls SET state = 'cut', words = 'the run was cut off' WHERE state = 'reserved'"
        ).rowcount

    def tokens(self, issue: str, since: dt.datetime | None) -> int:
        """Tokens of an issue, read and written, reserved ones too; of calls from `since` on."""
        (found,) = self._db.execute(
            "SELECT coalesce(sum(input + output), 0) FROM calls WHERE issue = ? AND at >= ?",
            (issue, time_to(since) if since else ""),
        ).fetchone()
        return int(found)

    def usd(self, since: dt.datetime, until: dt.datetime) -> float:
        """Dollars of the calls in a time, reserved ones too; `until` is exclusive."""
        (found,) = self._db.execute(
            "SELECT coalesce(sum(usd), 0) FROM calls WHERE at >= ? AND at < ?",
            (time_to(since), time_to(until)),
        ).fetchone()
        return float(found)

    def calls(self, issue: str, since: dt.datetime | None) -> tuple[Call, ...]:
        """The calls of an issue that cost something, oldest first; those from `since` on."""
        rows = self._db.execute(
            "SELECT * FROM calls WHERE issue = ? AND at >= ? AND state <> 'refused'"
            " ORDER BY number",
            (issue, time_to(since) if since else ""),
        )
        return tuple(_call(row) for row in rows)

    def redone(self, issue: str, part: str, stood: str) -> int:
        """
        How often a part was written anew, to its end, while the same stood there.

        Args:
            issue: `digest/date`.
            part: Empty for all of it.
            stood: Hash of what stood there.
        """
        row = self._db.execute(
            "SELECT times FROM redone WHERE issue = ? AND part = ? AND stood = ?",
            (issue, part, stood),
        ).fetchone()
        return int(row["times"]) if row else 0

    def redo(self, issue: str, part: str, stood: str) -> None:
        """Note that a part was written anew, to its end."""
        self._db.execute(
            "INSERT INTO redone VALUES (?1, ?2, ?3, 1) ON CONFLICT DO UPDATE SET"
            " times = CASE WHEN stood = ?3 THEN times + 1 ELSE 1 END, stood = ?3",
            (issue, part, stood),
        )

    def forget(self, before: dt.datetime) -> int:
        """
        Drop the texts of replies that are older; how many that were.

        The calls stay: months are summed from them.
        """
        return self._db.execute(
            "DELETE FROM replies WHERE call IN (SELECT number FROM calls WHERE at < ?)",
            (time_to(before),),
        ).rowcount

    def months(self) -> tuple[Spent, ...]:
        """What was spent, by month and digest; the newest month first."""
        rows = self._db.execute(
            "SELECT substr(at, 1, 7) AS month, substr(issue, 1, instr(issue, '/') - 1) AS digest,"
            " count(*) AS calls, sum(input) AS input, sum(output) AS output,"
            " coalesce(sum(usd), 0) AS usd, sum(usd IS NULL) AS unpriced,"
            " sum(state <> 'arrived') AS cut"
            " FROM calls WHERE state <> 'refused' GROUP BY 1, 2 ORDER BY 1 DESC, 2"
        )
        return tuple(Spent(**dict(row)) for row in rows)


def _call(row: sqlite3.Row) -> Call:
    names = ("role", "model", "input", "output", "usd", "seconds")
    return Call(**{name: row[name] for name in names})
