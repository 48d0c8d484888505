"""
The proved parts of a text: what stands between a draft and its Markdown.

Pure. A unit is the smallest thing that is proved, dropped and counted: a sentence, an item,
a table's row, a quotation. Blocks and sections hold units in their order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..markdown import escape, styled
from ..text import count_words, one_line
from ..types import ClaimKind, Span
from .judged import Judged
from .notes import Cited
from .quotes import Found
from .written import BlockKind


@dataclass(frozen=True, slots=True)
class Unit:
    """Proved words: their place, and the notes they carry."""

    where: str
    quote: Found | None
    """Its place, where all of it is a quote; None for a statement of a model."""
    notes: tuple[Cited, ...] = ()
    cells: tuple[str, ...] = ()
    """Of a table's row."""
    after_gap: bool = False
    """The sentence before it was dropped, so that what it points back to may be gone."""
    judged: Judged | None = None
    """Of a model's statement: what was proved of it."""
    kind: ClaimKind = "extracted"
    near: tuple[Span, ...] = ()
    """Of a round-up's sentence: the passage that shares most with it."""

    @property
    def found(self) -> Found:
        """The place of a unit that quotes."""
        assert self.quote is not None
        return self.quote

    @property
    def text(self) -> str:
        """The document's own characters on one line, or the statement without its signs."""
        return one_line(self.judged.statement.text if self.judged else self.found.text)

    @property
    def written(self) -> str:
        """Markdown of one line: a document's characters escaped, a model's emphasis kept."""
        if self.judged is None:
            return escape(self.text)
        return styled(self.judged.statement.written)

    @property
    def words(self) -> int:
        return count_words(self.text)

    def spans(self) -> Iterator[Span]:
        """The places that it quotes."""
        quotes = self.judged.quotes if self.judged else [self.found]
        for quote in quotes:
            for start, end in quote.parts:
                yield Span(quote.document.id, start, end)


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    units: tuple[Unit, ...]
    where: str
    ordered: bool = False
    speaker: str = ""
    head: Unit | None = None
    """First row of a table that a source has."""
    head_cells: tuple[str, ...] = ()
    """The same of a table that a model made."""
    is_whole: bool = False
    """A source's table carried over whole: outside the quota (K1)."""
    was_cut: bool = False
    """A unit of it was dropped."""
    before_gap: bool = False
    """What stood right behind its last unit was dropped."""

    @property
    def words(self) -> int:
        return sum(unit.words for unit in self.units)


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    kind: ClaimKind
    rests: tuple[Span, ...] = ()
    judged: Judged | None = None


@dataclass(frozen=True, slots=True)
class ProvedSection:
    heading: Heading | None
    blocks: tuple[Block, ...]

    def units(self) -> Iterator[Unit]:
        for block in self.blocks:
            yield from block.units
