"""What is rendered, and how far its sending has come. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site."""

    path: str
    """Relative, with `/`: "ai-tech/2026-04-24-title/index.html"."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A newsletter, ready to be sent."""

    name: str
    """`<digest>-<date>`: the name of its files in mail/."""
    subject: str
    html: str
    text: str
    sender: str = ""
    """The "From" of a message, with a display name."""
    date: dt.datetime | None = None
    """The issue's own time, so that the message is the same whenever it is made."""
    message_id: str = ""
    """"<…@host>", the same each time the issue is rendered."""
    reply_to: str = ""
    issue: str = ""
    """`<digest>/<date>`."""
    url: str = ""
    """The issue's page, as it will be published."""
    preheader: str = ""
    """What inboxes show beside the subject."""
    unsubscribe: str = ""
    """
    The address behind "unsubscribe", in each part the last of its kind: with places to be
    filled for each recipient, or the sign that a provider fills. Empty for none.
    """


DeliveryState = Literal["creating", "draft", "sending", "sent", "unknown"]
RecipientState = Literal["sending", "sent", "later", "refused", "unknown"]
"""`later`: refused for now, and not sent."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far the sending of one issue has come; written before and after each step."""

    issue: str
    """`<digest>/<date>`."""
    via: str
    state: DeliveryState
    remote_id: str = ""
    """What the way out calls it; empty while it has no name there."""
    sha256: str = ""
    """Of the message: subject, HTML and text."""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """What a provider holds of an issue."""

    id: str
    state: Literal["draft", "sending", "sent", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the look at a message before it is sent has found."""

    level: Literal["error", "warning"]
    check: str
    """Its name: "subject", "links", "size" …"""
    words: str
