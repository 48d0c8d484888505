"""
Sending newsletters: each issue once, to people who asked for it.

Touches content/, the store and, through a mailer, the network. How far a sending has come is
committed to the store and to the issue's sent.json before each step and after it:

    creating ─ the draft is laid down ─ draft ─ it is sent ─ sending ─ sent

A run that finds "creating" or "sending" asks the provider what became of it before it does
anything. A mail server cannot be asked: there each recipient has such a record of their own,
and one who was being sent to when the run was cut off is "unknown", and left to a person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from .. import content
from ..errors import PublishError
from ..publish import CANNOT_BE_ASKED
from ..publish.base import Mailer, Unanswered
from ..publish.message import content_hash
from ..store import Store
from ..types import Delivery, DeliveryState, RecipientState, Remote
from .parcels import Parcel


class Record:
    """
    Writes down how far one sending has come; the mailer's ledger of its recipients.

    Args:
        retry_unknown: Those of whom nobody knows count as not tried.
    """

    def __init__(
        self,
        parcel: Parcel,
        via: str,
        store: Store,
        now: Callable[[], dt.datetime],
        *,
        retry_unknown: bool = False,
    ) -> None:
        self._parcel, self._via, self._store, self._now = parcel, via, store, now
        self._retry_unknown = retry_unknown
        store.deliveries.interrupted(parcel.issue)
        self._states = store.deliveries.recipients(parcel.issue)

    def step(self, state: DeliveryState, remote_id: str) -> Delivery:
        """Commit a step of the whole: to the store first, then beside the issue."""
        sha256 = content_hash(self._parcel.message)
        now = self._now()
        delivery = Delivery(self._parcel.issue, self._via, state, remote_id, sha256, now)
        self._store.deliveries.put(delivery)
        content.write_sent(self._parcel.folder, delivery)
        return delivery

    def state(self, recipient: str) -> RecipientState | None:
        """What came of a recipient; who joined the list after it was sent counts as served."""
        found = self._states.get(recipient)
        if found == "unknown" and self._retry_unknown:
            return None
        if found is None and self._parcel.is_sent and self._states:
            return "sent"
        return found

    def record(self, recipient: str, state: RecipientState, words: str = "") -> None:
        """Commit what came of a recipient."""
        issue = self._parcel.issue
        self._store.deliveries.put_recipient(issue, recipient, state, words, self._now())
        self._states[recipient] = state

    @property
    def is_done(self) -> bool:
        return "later" not in self._states.values()


def send(
    parcel: Parcel,
    mailer: Mailer,
    store: Store,
    *,
    now: Callable[[], dt.datetime],
    retry_unknown: bool = False,
) -> Delivery:
    """
    Send an issue to its list, or go on where a run before this one stopped.

    Args:
        parcel: One that may be sent.
        now: The clock.
        retry_unknown: A person has decided that those of whom nobody knows get it again.

    Returns:
        How far it has come: "sent", or "sending" where some were refused for now.

    Raises:
        PublishError: It cannot go on; what was done is written down.
    """
    known = parcel.known
    if known is not None and known.state == "sent" and not retry_unknown:
        return known
    if known is not None and known.state == "unknown" and not retry_unknown:
        raise PublishError(parcel.issue, f"{UNKNOWN}; --retry-unknown sends it again to all")
    record = Record(parcel, mailer.name, store, now, retry_unknown=retry_unknown)
    remote = mailer.status(parcel.message, known.remote_id if known else "")
    if remote is not None and remote.state != "draft":
        return _already(record, remote)
    if known is not None and known.state == "sending" and parcel.recipients is None:
        if remote is None:
            record.step("unknown", known.remote_id)
            raise PublishError(parcel.issue, f"{mailer.name} does not know it any more; {UNKNOWN}")
        remote_id = remote.id
    else:
        remote_id = draft(parcel, mailer, record, remote)
    record.step("sending", remote_id)
    _start(parcel, mailer, record, remote_id)
    return record.step("sent" if record.is_done else "sending", remote_id)


UNKNOWN = "whether it was sent is unknown"


def claim(parcel: Parcel, via: str, store: Store, *, now: Callable[[], dt.datetime]) -> bool:
    """
    Write down that an issue is about to be sent, for a machine whose disk may not last.

    With the claim in content/ brought to safety before the sending, a machine that vanishes
    in the middle of it leaves the issue "unknown", and the next one sends to nobody twice.
    A way out that can be asked needs none.

    Args:
        parcel: One that may be sent.
        via: The way out.

    Returns:
        Whether there is a claim now.
    """
    state = parcel.known.state if parcel.known else None
    if via not in CANNOT_BE_ASKED or state in {"sent", "unknown"}:
        return False
    Record(parcel, via, store, now).step("sending", parcel.message.message_id)
    return True


def _already(record: Record, remote: Remote) -> Delivery:
    """It is with the provider's readers already, whatever our records say."""
    return record.step("unknown" if remote.state == "unknown" else "sent", remote.id)


def draft(parcel: Parcel, mailer: Mailer, record: Record, remote: Remote | None) -> str:
    """
    Lay the draft down; returns its number.

    A reply that was lost is looked up by the issue's key. What is not found is not made a
    second time by this run; the next one looks again first.

    Raises:
        PublishError: It was refused, or nobody knows.
    """
    remote_id = remote.id if remote else ""
    known = parcel.known
    if known is None or known.state in {"creating", "draft"}:
        record.step("creating", remote_id)
    try:
        remote_id = mailer.upsert_draft(parcel.message, remote_id)
    except Unanswered:
        found = mailer.status(parcel.message, remote_id)
        if found is None or found.state != "draft":
            raise
        remote_id = mailer.upsert_draft(parcel.message, found.id)
    if known is None or known.state in {"creating", "draft"}:
        record.step("draft", remote_id)
    return remote_id


def _start(parcel: Parcel, mailer: Mailer, record: Record, remote_id: str) -> None:
    """Start the sending; after a lost reply, again only where it is a draft still."""
    try:
        mailer.send(parcel.message, remote_id, record)
    except Unanswered:
        remote = mailer.status(parcel.message, remote_id)
        if remote is None:
            raise
        if remote.state == "draft":
            mailer.send(parcel.message, remote_id, record)


def send_test(
    parcel: Parcel, mailer: Mailer, store: Store, address: str, *, now: Callable[[], dt.datetime]
) -> None:
    """
    Send an issue to one address as a trial; a provider's draft is brought up to date for it.

    Raises:
        PublishError: It was refused, or the issue has been sent and has no draft any more.
    """
    remote_id = ""
    if parcel.recipients is None:
        remote = mailer.status(parcel.message, parcel.known.remote_id if parcel.known else "")
        if parcel.is_sent or (remote is not None and remote.state != "draft"):
            raise PublishError(parcel.issue, "has been sent, and has no draft to be tried")
        remote_id = draft(parcel, mailer, Record(parcel, mailer.name, store, now), remote)
    mailer.test(parcel.message, remote_id, address)
