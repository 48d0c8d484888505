"""
The proved parts of a text: what stands between a draft and its Markdown.

Pure. A unit is the smallest thing that is proved, dropped and counted: a sentence, an item,
a table's row, a quotation. Blocks and sections hold units in their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..text import count_words, one_line
from ..types import ClaimKind, Span
from .notes import Cited
from .quotes import Found

BlockKind = Literal["paragraph", "list", "table", "quote"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Proved words: their place, and the notes they carry."""

    where: str
    quote: Found
    notes: tuple[Cited, ...] = ()
    cells: tuple[str, ...] = ()
    """Of a table's row."""
    after_gap: bool = False
    """The sentence before it was dropped, so that what it points back to may be gone."""

    @property
    def text(self) -> str:
        """The document's own characters on one line."""
        return one_line(self.quote.text)

    @property
    def words(self) -> int:
        return count_words(self.text)

    def spans(self) -> Iterator[Span]:
        for start, end in self.quote.parts:
            yield Span(self.quote.document.id, start, end)


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    units: tuple[Unit, ...]
    where: str
    ordered: bool = False
    speaker: str = ""
    head: Unit | None = None
    """First row of a table."""
    is_whole: bool = False
    """A source's table carried over whole: outside the quota (K1)."""
    was_cut: bool = False
    """A unit of it was dropped."""

    @property
    def words(self) -> int:
        return sum(unit.words for unit in self.units)


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: ClaimKind
    rests: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvedSection:
    heading: Heading | None
    blocks: tuple[Block, ...]

    def units(self) -> Iterator[Unit]:
        for block in self.blocks:
            yield from block.units
