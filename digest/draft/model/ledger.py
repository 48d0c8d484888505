"""
What the door to the models needs written down: each call before it is made, each reply.

Pure. The store satisfies this. All of it must be on disk when a method returns, so that a
kill at any moment neither loses a reply that was written down nor hides a call that was paid.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, Protocol

from ...types import Call

Outcome = Literal["arrived", "refused", "cut"]
"""A reply came; the server made none and asks no money; it ended in between, and counts."""


class Ledger(Protocol):
    """Calls and replies."""

    def reply(self, key: str) -> tuple[str, str, Call] | None:
        """Text, finish reason and call of a stored reply; None where there is none."""

    def reserve(self, issue: str, key: str, call: Call, now: dt.datetime) -> int:
        """
        Write down a call before it is made.

        Args:
            issue: `digest/date`.
            key: Of the request.
            call: With what it may cost at most.

        Returns:
            Its number.
        """

    def settle(self, number: int, call: Call, outcome: Outcome, *, words: str = "") -> None:
        """
        Write down what a call came to that made no reply.

        Args:
            number: As `reserve` gave it.
            call: With what it did cost; all of the reservation where it was cut.
            outcome: What came of it.
            words: The reason, for people.
        """

    def arrive(self, number: int, key: str, call: Call, text: str, finish: str) -> None:
        """Write down a reply and what it cost, both or neither."""

    def tokens(self, issue: str, since: dt.datetime | None) -> int:
        """Tokens of an issue, read and written, reserved ones too; of calls from `since` on."""

    def usd(self, since: dt.datetime, until: dt.datetime) -> float:
        """Dollars of the calls in a time, reserved ones too; `until` is exclusive."""

    def calls(self, issue: str, since: dt.datetime | None) -> tuple[Call, ...]:
        """The calls of an issue that cost something, oldest first."""

    def interrupted(self) -> int:
        """Call cut what a run that was killed left reserved; how many that were."""
