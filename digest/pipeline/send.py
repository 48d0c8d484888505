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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .. import content
from ..errors import PublishError
from ..publish.base import Mailer, Unanswered
from ..publish.message import content_hash
from ..publish.preflight import preflight
from ..publish.recipients import Recipients
from ..render import environment, messages
from ..settings import Config
from ..store import Store
from ..types import (
    Delivery,
    DeliveryState,
    Finding,
    Issue,
    Message,
    Publication,
    RecipientState,
    Remote,
)

ORDER: tuple[DeliveryState, ...] = ("creating", "draft", "sending", "unknown", "sent")
"""Of two records of one sending, the later in this order is believed."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An issue on its way out."""

    issue: str
    """`<digest>/<date>`."""
    folder: Path
    message: Message
    known: Delivery | None
    """How far its sending has come; None where it never began."""
    findings: tuple[Finding, ...]
    refusals: tuple[str, ...]
    """Why it may not be sent to the list; empty where it may."""
    recipients: int | None
    """How many the list has; None where the provider keeps it."""

    @property
    def is_sent(self) -> bool:
        return self.known is not None and self.known.state == "sent"


def pack(
    config: Config, store: Store, site: Path, mailer: Mailer | None, wanted: str = ""
) -> Iterator[Parcel]:
    """
    Make what would be sent ready, and look at it.

    Args:
        mailer: The way out; None where feeds.yaml names none.
        wanted: `ai-tech/2026-04-24`, a digest's slug for its newest issue, or a day; empty
            for the newest issue of each digest that is no draft.

    Yields:
        The parcels, in the order of feeds.yaml; nothing where no issue has that name.

    Raises:
        ContentError: A file in content/ is not as it should be.
        PublishError: A template is wrong, or the list cannot be read.
    """
    people = mailer.recipients() if mailer else None
    for digest in config.digests:
        issues = content.read_issues(site / "content", digest.slug)
        for issue in _chosen(issues, digest.slug, wanted):
            yield _parcel(config, store, site, issues, issue, mailer, people)


def _chosen(issues: tuple[Issue, ...], slug: str, wanted: str) -> list[Issue]:
    if wanted in {"", slug}:
        ready = [issue for issue in issues if issue.status == "published"]
        return ready[-1:] if not wanted else list(issues[-1:])
    return [
        issue
        for issue in issues
        if wanted in {issue.date.isoformat(), f"{slug}/{issue.date.isoformat()}"}
    ]


def _parcel(
    config: Config,
    store: Store,
    site: Path,
    issues: tuple[Issue, ...],
    issue: Issue,
    mailer: Mailer | None,
    people: Recipients | None,
) -> Parcel:
    key = f"{issue.digest}/{issue.date.isoformat()}"
    folder = site / "content" / key
    message = _message(config, site, issues, issue)
    findings = (
        *preflight(message, needs_way_out=people is not None),
        *_about_list(people),
    )
    known = _known(store, folder, key)
    return Parcel(
        key,
        folder,
        message,
        known,
        findings,
        tuple(_refusals(issue, folder, findings, known, mailer)),
        len(people.addresses) if people else None,
    )


def _message(config: Config, site: Path, issues: tuple[Issue, ...], issue: Issue) -> Message:
    """The issue as mail, a draft too: whether it may leave is another question."""
    before = [other for other in issues if other.date < issue.date]
    shown = Publication((replace(issue, status="published"), *reversed(before)))
    env = environment(site / "templates", language=config.site.language)
    return next(messages(shown, config, env))


def _about_list(people: Recipients | None) -> Iterator[Finding]:
    if people is None:
        return
    if not people.addresses:
        yield Finding("error", "list", "names nobody")
    if people.wrong:
        lines = ", ".join(map(str, people.wrong[:10])) + (" …" if len(people.wrong) > 10 else "")
        yield Finding("warning", "list", f"no address in line {lines}")
    if people.doubled:
        yield Finding("warning", "list", f"names {people.doubled} a second time; each gets one")


def _refusals(
    issue: Issue,
    folder: Path,
    findings: tuple[Finding, ...],
    known: Delivery | None,
    mailer: Mailer | None,
) -> Iterator[str]:
    if issue.status == "draft":
        yield "it is a draft; set `status: published` in its issue.md"
    if changed := content.unverified(folder):
        yield f"not verified since the last change: {', '.join(changed)}; run `digest build`"
    if errors := sum(finding.level == "error" for finding in findings):
        yield f"preflight found {errors} error" + ("s" if errors > 1 else "")
    if mailer and known and known.via != mailer.name and known.state in {"sending", "unknown"}:
        yield f"its sending by {known.via} is {known.state}"


def _known(store: Store, folder: Path, key: str) -> Delivery | None:
    """What both records say. Without the store nobody can tell who has got it by SMTP."""
    ours, kept = store.deliveries.get(key), content.read_sent(folder)
    if ours is None and kept is not None and kept.via == "smtp" and kept.state == "sending":
        return replace(kept, state="unknown")
    found = [record for record in (ours, kept) if record is not None]
    return max(found, key=lambda record: ORDER.index(record.state), default=None)


# ------------------------------------------------------------------------------ sending


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
