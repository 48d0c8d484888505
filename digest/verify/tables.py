"""
Tables that a document has, carried over cell by cell (Q1), whole where they are short (K1).

Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..text import fold, one_line
from ..types import Block as DocumentBlock
from ..types import Document
from .marks import Marked
from .quotes import Found
from .units import Block, Unit
from .written import WrittenBlock

TABLE_ROWS = 15
"""A table carried over whole stands outside the quota up to this many rows."""


class Tables:
    """
    Args:
        ask: Proves a row's cells as one quotation, given its marks and its place.
        report: Notes a problem: rule, place, what was found, what was expected.
    """

    def __init__(
        self,
        ask: Callable[[Marked, str], Unit | None],
        report: Callable[[str, str, str, str], None],
    ) -> None:
        self._ask = ask
        self._report = report

    def block(self, written: WrittenBlock) -> Block:
        """Rows cell by cell, and the head of the same table."""
        units = [
            unit
            for number, (part, cells) in enumerate(
                zip(written.parts, written.cells, strict=True), 1
            )
            if (unit := self._row(part[0], cells, f"{written.where}, row {number}"))
        ]
        was_cut = len(units) < len(written.parts) or not units
        rows = [self._row_of(unit.found) for unit in units]
        tables = {
            (unit.found.document.id, row.group)
            for unit, row in zip(units, rows, strict=True)
            if row
        }
        head = None
        if len(tables) == 1:
            document = units[0].found.document
            group = [b for b in document.blocks if b.kind == "row" and b.group == rows[0].group]  # type: ignore[union-attr]
            head = self._head(written, document, group)
            was_cut = was_cut or head is None
            body = [b for b in group if b.level]
            is_whole = body == rows and len(body) <= TABLE_ROWS
        else:
            self._report(
                "Q1", written.where, " | ".join(written.head), "rows of one table of one document"
            )
            was_cut, is_whole = True, False
        return Block(
            "table", tuple(units), written.where, head=head, is_whole=is_whole, was_cut=was_cut
        )

    def _row(self, marked: Marked, cells: Sequence[str], where: str) -> Unit | None:
        unit = self._ask(Marked("\t".join(cells), marked.marks), where)
        if unit is None:
            return None
        own = self._row_of(unit.found)
        if own is None or not _same_cells(cells, _cells_of(unit.found.document, own)):
            self._report(
                "Q1", where, " | ".join(cells), "the cells of one row, in the document's order"
            )
            return None
        shown = tuple(map(one_line, _cells_of(unit.found.document, own)))
        return Unit(where, unit.found, unit.notes, shown)

    def _row_of(self, found: Found) -> DocumentBlock | None:
        """The table row that a quote stands in."""
        return next(
            (
                block
                for block in found.document.blocks
                if block.kind == "row" and block.start <= found.start and found.end <= block.end
            ),
            None,
        )

    def _head(
        self, written: WrittenBlock, document: Document, group: Sequence[DocumentBlock]
    ) -> Unit | None:
        for block in group:
            cells = _cells_of(document, block)
            if block.level == 0 and _same_cells(written.head, cells):
                found = Found(document, ((block.start, block.end),))
                return Unit(f"{written.where}, head", found, cells=tuple(map(one_line, cells)))
        self._report(
            "Q1",
            f"{written.where}, head",
            " | ".join(written.head),
            "the head of the rows' own table",
        )
        return None


def _cells_of(document: Document, block: DocumentBlock) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in document.text[block.start : block.end].split("\t"))


def _same_cells(written: Sequence[str], own: Sequence[str]) -> bool:
    return [fold(c).text.strip() for c in written] == [fold(c).text.strip() for c in own]
