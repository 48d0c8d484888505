"""Verified text, what it rests on, and what was found wrong. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Derived:
    """A figure of a feature that is computed, and how."""

    claim: str
    expression: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a document: `text == document.text[start:end]`, gaps aside."""

    document: str
    """Id."""
    start: int
    end: int
    text: str
    """The document's own characters; `[…]` where something is left out."""


@dataclass(frozen=True, slots=True)
class Footnote:
    label: str
    """`<publisher>-<n>`, unique in its file."""
    quote: Quote
    url: str
    name: str
    """What the note shows: the page's own name, or its publisher's."""
    topic: str = ""
    before: str = ""
    """Up to 160 characters of the document before the quote."""
    after: str = ""
    passage_url: str = ""
    """`url` with the text directive that makes a browser show the quote; `url` without one."""


ClaimKind = Literal["proved", "own", "extracted", "computed", "edited"]


@dataclass(frozen=True, slots=True)
class Span:
    document: str
    start: int
    end: int
    text: str = field(default="", compare=False)
    """The document's characters there, kept for readers; set by `content`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, row, item, bullet or heading of an issue, and what it rests on."""

    text: str
    kind: ClaimKind
    rests: tuple[str | Span, ...] = ()
    """Labels of notes in its file, or places in documents."""
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    file: str = ""
    """Name of the file in the issue's folder; set by `content`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the rules found, in words for a person or a model."""

    rule: str
    """Its id in the table of rules: "Q1", "N2" …"""
    where: str
    found: str
    expected: str
    hint: str = ""
    outcome: str = ""
    """What was done: "mended", "dropped", "published"; empty while nothing was."""
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class DocumentRef:
    id: str
    url: str


@dataclass(frozen=True, slots=True)
class EntryRef:
    feed: str
    id: str
    url: str
    title: str
    published: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Feature:
    """A verified text with footnotes; only `verify` makes new ones, `content` reads them back."""

    slug: str
    title: str
    kind: Literal["model", "extractive"]
    documents: tuple[DocumentRef, ...]
    """S1 first."""
    entries: tuple[EntryRef, ...]
    tldr: tuple[str, ...]
    body: str
    """Markdown with marks `[^label]`, without the notes' definitions."""
    notes: tuple[Footnote, ...]
    derived: tuple[Derived, ...] = ()
    further: tuple[tuple[str, str], ...] = ()
    """Title and address."""
    update_of: str = ""
    """`<digest>/<date>` of the issue whose story it continues."""
    edited_by: str = ""
    """Set where a person changed the text after it was written."""
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundUp:
    slug: str
    title: str
    url: str
    feed: str
    published: dt.datetime | None
    also: tuple[str, ...]
    """Slugs of other feeds that tell the story."""
    text: str
    """Markdown; empty for a headline alone."""
    theme: str = ""
    update_of: str = ""
    """`<digest>/<date>` of the issue whose story it continues."""
    kind: Literal["model", "extractive"] = "extractive"
    entries: tuple[EntryRef, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids."""
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """What stands above the features, verified."""

    title: str
    dek: str
    tldr: tuple[str, ...]
    lead: str
    """Markdown."""
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
