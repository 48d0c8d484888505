"""
Which issues the newsletter owes its readers, and how far the sending of each has come.

Touches content/ and the store, changes neither; light, since `digest status` asks it too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from .. import content
from ..publish import CANNOT_BE_ASKED
from ..settings import Config, Digest
from ..store import Store
from ..types import Delivery, DeliveryState, RecipientState

CATCH_UP = dt.timedelta(days=14)
"""So long an issue that was not sent, or not to all, is made up for without being named …"""
MOST = 7
"""… and so many at once, so that readers of a daily are not flooded."""
ORDER: tuple[DeliveryState, ...] = ("creating", "draft", "sending", "unknown", "sent")
"""Of two records of one sending, the later in this order is believed."""
PRECISION = dt.timedelta(milliseconds=1)
"""Of the store's times."""


class Dated(Protocol):
    """What an issue, or its head alone, says here."""

    @property
    def digest(self) -> str: ...
    @property
    def date(self) -> dt.date: ...
    @property
    def status(self) -> str: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Sending:
    """One issue's sending, as `digest status` shows it."""

    issue: str
    """`<digest>/<date>`."""
    via: str
    state: DeliveryState | None
    """None where it never began."""
    at: dt.datetime | None
    recipients: dict[RecipientState, int]
    """How many are in which state, where we keep the list."""
    owed: bool
    """Whether `digest send` without a name would send it."""


def key_of(issue: Dated) -> str:
    """An issue's name: `<digest>/<date>`."""
    return f"{issue.digest}/{issue.date.isoformat()}"


def known(store: Store, folder: Path, key: str) -> Delivery | None:
    """
    How far the sending of an issue has come, by both records; None where it never began.

    A way out that cannot be asked is known by the store alone. Where sent.json tells of a
    sending that the store does not know, or only an older state of it, because the store
    was lost or the machine that sent is gone, nobody can tell who has got the issue.

    Args:
        folder: The issue's.
        key: `<digest>/<date>`.

    Raises:
        ContentError: sent.json cannot be understood.
    """
    ours, kept = store.deliveries.get(key), content.read_sent(folder)
    if kept is not None and kept.via in CANNOT_BE_ASKED and kept.state == "sending":
        is_ours = ours is not None and (ours.state == "sent" or not _is_later(kept, ours))
        if not is_ours:
            return replace(kept, state="unknown")
    found = [record for record in (ours, kept) if record is not None]
    return max(found, key=lambda record: ORDER.index(record.state), default=None)


def _is_later(one: Delivery, other: Delivery) -> bool:
    return one.at is not None and (other.at is None or one.at - other.at >= PRECISION)


def owed(
    issues: Sequence[D], store: Store, content_folder: Path, *, catch_up: bool
) -> tuple[D, ...]:
    """
    The issues of one digest that are to be sent where none is named, oldest first.

    The newest that is no draft; before it, of the last two weeks, those whose sending has begun
    and not ended, and, after an issue that was sent, those that a run had to leave unsent.
    Whoever begins a newsletter, or pauses it, thus sends no heap of old issues.

    Args:
        issues: Of one digest, oldest first.
        content_folder: content/.
        catch_up: Also those never begun: for `newsletter.auto`, where no person has left
            them out.
    """
    ready = [issue for issue in issues if issue.status == "published"]
    if not ready:
        return ()
    *earlier, newest = ready
    chosen: list[D] = []
    has_begun = False
    for issue in earlier:
        key = key_of(issue)
        delivery = known(store, content_folder / key, key)
        is_open = delivery.state not in {"sent", "unknown"} if delivery else catch_up and has_begun
        has_begun = has_begun or delivery is not None
        if is_open and newest.date - issue.date <= CATCH_UP:
            chosen.append(issue)
    return (*chosen[1 - MOST :], newest)


def sendings(config: Config, store: Store, site: Path, digest: Digest) -> tuple[Sending, ...]:
    """
    The issues of a digest that are owed to its readers, or of whose sending nobody knows the end.

    Returns:
        Oldest first; nothing where feeds.yaml has no newsletter.
    """
    if config.newsletter.via == "none":
        return ()
    folder = site / "content"
    heads = content.read_heads(folder, digest.slug)
    waiting = {key_of(i) for i in owed(heads, store, folder, catch_up=config.newsletter.auto)}
    recent = heads[-1].date - CATCH_UP if heads else dt.date.max
    found = []
    for head in heads:
        key = key_of(head)
        delivery = known(store, folder / key, key)
        state = delivery.state if delivery else None
        counts = store.deliveries.counts(key)
        is_owed = key in waiting and state not in {"sent", "unknown"}
        is_open = state not in {None, "sent"}
        has_unknown = head.date >= recent and bool({"unknown", "sending"} & counts.keys())
        if is_owed or is_open or has_unknown:
            via = delivery.via if delivery else config.newsletter.via
            at = delivery.at if delivery else None
            found.append(Sending(key, via, state, at, counts, is_owed))
    return tuple(found)


def words_of(sending: Sending) -> str:
    """What became of it, and what a person may do."""
    counts = ", ".join(f"{number} {state}" for state, number in sending.recipients.items())
    so_far = f" ({counts})" if counts else ""
    again = f"`digest send {sending.issue} --yes --retry-unknown`"
    if sending.state is None:
        return "not sent yet"
    if sending.state == "unknown":
        return f"whether it was sent is unknown{so_far}; {again} sends it to all again"
    if sending.state == "sent":
        return f"sent{so_far}; {again} sends it again to those of whom nobody knows"
    end = "the next `digest send` goes on" if sending.owed else "it goes on only when named"
    return f"not at its end: {sending.state}{so_far}; {end}"
