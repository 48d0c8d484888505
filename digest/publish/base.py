"""
What a way out for the newsletter is to the pipeline.

Pure. The pipeline writes down each step before and after it; a mailer does one step at a
time and says what it does not know. `Unanswered` is the one outcome that may mean either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from ..errors import ConfigError, PublishError
from ..types import Message, RecipientState, Remote

if TYPE_CHECKING:
    from .recipients import Recipients

CANNOT_BE_ASKED = frozenset({"smtp"})
"""Ways out that do not know what became of an issue: our own records are all there is."""


class Unanswered(PublishError):
    """A request went out and no answer came: it may or may not have been done."""


class Ledger(Protocol):
    """What came of each recipient of one issue, committed before this returns."""

    def state(self, recipient: str) -> RecipientState | None:
        """By the recipient's hash; None where nothing was tried."""
        ...

    def record(self, recipient: str, state: RecipientState, words: str = "") -> None: ...


class Mailer(Protocol):
    """One way out."""

    name: str

    def recipients(self) -> Recipients | None:
        """
        Who will get it; None where the provider keeps the list.

        Raises:
            PublishError: There is no list.
        """
        ...

    def status(self, message: Message, remote_id: str = "") -> Remote | None:
        """
        What the provider holds of this issue, found by its number there or by the issue's key.

        Raises:
            PublishError: It cannot be asked.
        """
        ...

    def upsert_draft(self, message: Message, remote_id: str = "") -> str:
        """
        Lay the message down as a draft, or bring the draft up to date; returns its number.

        Raises:
            Unanswered: No reply came.
            PublishError: It was refused.
        """
        ...

    def send(self, message: Message, remote_id: str, ledger: Ledger) -> None:
        """
        Send it: to the provider's list, or to each of ours whom the ledger does not know.

        Raises:
            Unanswered: No reply came.
            PublishError: It was refused, or cannot go on; the ledger says how far it came.
        """
        ...

    def test(self, message: Message, remote_id: str, address: str) -> None:
        """
        Send it to one address as a trial.

        Raises:
            PublishError: It was refused.
        """
        ...


def secret(environ: Mapping[str, str], name: str, what: str) -> str:
    """
    A secret from the environment.

    Raises:
        ConfigError: It is not there.
    """
    value = environ.get(name, "")
    if not value:
        raise ConfigError(name, f"this environment variable is not set, expected {what}")
    return value
