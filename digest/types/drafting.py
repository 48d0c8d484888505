"""What a drafter wrote, not to be trusted yet. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .proving import Derived

# The shape of the JSON that a drafter writes; nothing in it is to be trusted yet.


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    """Sentences, each followed by its marks: `[n1]`, `[n1][n2]` or `[own]`."""


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    document: str
    """"S1", "S2", …"""
    text: str
    speaker: str


DraftBlock = Paragraph | Table | ItemList | QuoteBlock


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    """Empty for text before the first heading."""
    blocks: tuple[DraftBlock, ...]


@dataclass(frozen=True, slots=True)
class DraftNote:
    """Adjacent passages by id, or a verbatim part of one document."""

    id: str
    passages: tuple[str, ...] = ()
    """"S2.7", "S2.8": adjacent, of one document."""
    document: str = ""
    quote: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A feature as a drafter wrote it."""

    title: str
    tldr: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[DraftNote, ...]
    derived: tuple[Derived, ...] = ()
    further: tuple[str, ...] = ()
    """"L3": links of the dossier's documents, as they were offered."""
    kind: Literal["model", "extractive"] = "model"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a model chose of some documents, for whoever writes from them."""

    keep: tuple[str, ...]
    """"S2.7": passages worth having, the most important first; they may not exist."""
    open: tuple[str, ...] = ()
    """Questions that the documents do not answer."""


@dataclass(frozen=True, slots=True)
class RoundUpDraft:
    story: str
    """"R3": the third of the stories that were offered."""
    text: str


@dataclass(frozen=True, slots=True)
class FrontDraft:
    headline: str
    dek: str
    tldr: tuple[str, ...]
    lead: tuple[str, ...]
    """Paragraphs."""
    kind: Literal["model", "extractive"] = "model"


@dataclass(frozen=True, slots=True)
class Facts:
    """What code counted for an issue: its front may say it without a source."""

    entries: int
    """Entries that were weighed for the issue."""
    sources: tuple[str, ...]
    """Names of the feeds that the issue tells of, the most used first."""
    first_day: dt.date | None = None
    """Oldest publication day of what it tells of; None where no entry has a date."""
    last_day: dt.date | None = None
    several: int = 0
    """Stories told by more than one publisher."""
    is_first: bool = False
    """The digest's first issue, which takes the best of what there is, however old."""
