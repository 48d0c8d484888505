"""What is published: issues, essays, pages. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .proving import Feature, Front, Problem, RoundUp
    from .reading import Document


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was decided of one story, and why, as evidence.json keeps it."""

    title: str
    url: str
    entries: tuple[tuple[str, str], ...]
    """Keys, the leading entry's first."""
    place: str
    score: float
    parts: tuple[tuple[str, float], ...]
    reason: str
    theme: str = ""
    update_of: str = ""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """What one feed gave to an issue."""

    slug: str
    read: bool
    failed: str = ""
    """Reason; empty where it was read."""
    last_entry: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    date: dt.date
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """One paid call to a model."""

    role: str
    model: str
    input: int
    """Tokens."""
    output: int
    usd: float | None
    """None where feeds.yaml gives the model no price."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Head:
    """What issue.md alone says of an issue; fields as in `Issue`."""

    digest: str
    date: dt.date
    slug: str
    title: str
    dek: str
    tldr: tuple[str, ...]
    status: Literal["draft", "published"]
    period_start: dt.datetime | None
    period_end: dt.datetime
    researched_at: dt.datetime
    model: str = ""
    cover: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """One dated edition of a digest, as content/ holds it."""

    digest: str
    date: dt.date
    slug: str
    front: Front
    features: tuple[Feature, ...]
    round_ups: tuple[RoundUp, ...]
    status: Literal["draft", "published"]
    period_start: dt.datetime | None
    """None on a first issue, whose window is open."""
    period_end: dt.datetime
    researched_at: dt.datetime
    model: str = ""
    """Id of the model that wrote; empty for the extractive drafter."""
    cover: tuple[tuple[str, str], ...] = ()
    """Keys of all entries that it tells of."""
    corrections: tuple[Correction, ...] = ()
    documents: tuple[Document, ...] = ()
    """What its notes rest on. Read back from content/, `text` is empty."""
    choice: tuple[Chosen, ...] = ()
    """The stories that it was chosen from, those it tells first."""
    feeds: tuple[FeedLine, ...] = ()
    calls: tuple[Call, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """quotes, numbers, names, claims, own, extracted, dropped, longest_run …"""
    problems: tuple[Problem, ...] = ()
    """All that verify found, of parts that were dropped too."""
    edited: tuple[str, ...] = ()
    """Names of files that differ from what was written by the program."""
    aliases: tuple[str, ...] = ()
    """Addresses at which it stood before, relative to the site's root."""
    evidence: str = field(default="", compare=False, repr=False)
    """The text of its evidence.json, as it is published; set by `content`."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page or essay written by people: content/essays/*.md, content/pages/*.md."""

    slug: str
    title: str
    body: str
    """Markdown."""
    date: dt.date | None = None
    description: str = ""
    author: str = ""
    aliases: tuple[str, ...] = ()
    """Addresses at which it stood before, relative to the site's root."""
    is_listed: bool = True
    """Whether the frame of every page names it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that is published: issues newest first, essays newest first, pages by slug."""

    issues: tuple[Issue, ...]
    essays: tuple[Article, ...] = ()
    pages: tuple[Article, ...] = ()
