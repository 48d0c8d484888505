"""
Statements: the sentences, rows, items, bullets and headings of a text, one by one.

Pure. A statement is the smallest thing that is proved, dropped and counted. It knows the
marks that it carries: its own, or those of its paragraph.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as _field
from functools import cached_property
from typing import Literal

from ..text import content_words, count_words, sentences
from .marks import OWN, Marked
from .source import TOKEN
from .values import Value, plain, values
from .values.columns import with_head
from .written import WrittenBlock, WrittenSection

StatementKind = Literal["sentence", "item", "row", "bullet", "heading", "title", "round-up"]

_CODE = re.compile(r"`([^`]{1,200})`")
_STRONG = re.compile(r"(\*{1,3})(?=\S)([^*]{1,300}?)(?<=\S)\1")


def bare_text(text: str) -> str:
    """A draft's text without the signs of `code`, *emphasis* and **strong**."""
    return _STRONG.sub(r"\2", _CODE.sub(r"\1", text))


@dataclass(frozen=True)
class Statement:
    """One statement, with what it says read on first use."""

    where: str
    text: str
    """Without marks and signs of emphasis; cells of a row are parted by " | "."""
    kind: StatementKind
    marks: tuple[str, ...] = ()
    has_own_marks: bool = False
    is_own: bool = False
    written: str = ""
    """As it was written, with its signs of emphasis."""
    cells: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    anchor: dt.date | None = _field(default=None, compare=False)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """All values, those of a table's cells as their column's head means them."""
        found = tuple(v for v in values(self.text, anchor=self.anchor) if not v.is_guess)
        if not self.head:
            return found
        return tuple(self._in_column(value) for value in found)

    def _in_column(self, value: Value) -> Value:
        at = 0
        for head, cell in zip(self.head, self.cells, strict=False):
            if at <= value.start < at + len(cell):
                return with_head(value, head) or value
            at += len(cell) + len(" | ")
        return value

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(content_words(self.text))

    @cached_property
    def words(self) -> int:
        return count_words(self.text)

    @cached_property
    def tokens(self) -> tuple[tuple[str, int], ...]:
        """Its words as they are written, with their places."""
        return tuple((m.group(), m.start()) for m in TOKEN.finditer(plain(self.text)))


def of_sections(
    written: Sequence[WrittenSection], anchor: dt.date | None
) -> tuple[tuple[Statement | None, tuple[tuple[WrittenBlock, tuple[Statement, ...]], ...]], ...]:
    """Of each section its heading, and its blocks with their statements."""
    return tuple(
        (
            Statement(
                f"{section.where}, heading",
                bare_text(section.heading),
                "heading",
                written=section.heading,
                anchor=anchor,
            )
            if section.heading.strip()
            else None,
            tuple((block, tuple(of_block(block, anchor))) for block in section.blocks),
        )
        for section in written
    )


def of_block(block: WrittenBlock, anchor: dt.date | None) -> Iterator[Statement]:
    """The statements of a block; a quotation has none, it is proved as a quote."""
    if block.kind == "paragraph":
        yield from _of_paragraph(block, anchor)
    elif block.kind == "list":
        for number, part in enumerate(block.parts, 1):
            marks = tuple(dict.fromkeys(mark for piece in part for mark in piece.marks))
            written = " ".join(piece.text for piece in part)
            yield _statement(f"{block.where}, item {number}", written, "item", marks, anchor)
    elif block.kind == "table":
        for number, (part, cells) in enumerate(zip(block.parts, block.cells, strict=True), 1):
            marks = tuple(dict.fromkeys(mark for piece in part for mark in piece.marks))
            shown = tuple(bare_text(cell) for cell in cells)
            yield Statement(
                f"{block.where}, row {number}",
                " | ".join(shown),
                "row",
                tuple(mark for mark in marks if mark != OWN),
                bool(marks),
                OWN in marks,
                " | ".join(cells),
                shown,
                block.head,
                anchor,
            )


def _of_paragraph(block: WrittenBlock, anchor: dt.date | None) -> Iterator[Statement]:
    cut = tuple(_sentences(block.parts[0]))
    everywhere = tuple(dict.fromkeys(mark for part in cut for mark in part.marks if mark != OWN))
    for number, part in enumerate(cut, 1):
        statement = _statement(
            f"{block.where}, sentence {number}", part.text, "sentence", part.marks, anchor
        )
        if not part.marks and everywhere:
            yield _with_marks(statement, everywhere)
        else:
            yield statement


def _sentences(parts: Sequence[Marked]) -> Iterator[Marked]:
    """Sentences, the last of each stretch with the stretch's marks."""
    for part in parts:
        spans = sentences(part.text)
        for place, (start, end) in enumerate(spans, 1):
            yield Marked(part.text[start:end], part.marks if place == len(spans) else ())


def _statement(
    where: str,
    written: str,
    kind: StatementKind,
    marks: tuple[str, ...],
    anchor: dt.date | None,
) -> Statement:
    return Statement(
        where,
        bare_text(written),
        kind,
        tuple(mark for mark in marks if mark != OWN),
        bool(marks),
        OWN in marks,
        written,
        anchor=anchor,
    )


def _with_marks(statement: Statement, marks: tuple[str, ...]) -> Statement:
    return Statement(
        statement.where,
        statement.text,
        statement.kind,
        marks,
        False,
        statement.is_own,
        statement.written,
        anchor=statement.anchor,
    )


def lone(where: str, text: str, kind: StatementKind, anchor: dt.date | None = None) -> Statement:
    """A title, bullet or sentence that stands alone and carries no mark."""
    return Statement(where, bare_text(text), kind, written=text, anchor=anchor)
