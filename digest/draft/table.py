"""
The source's own table, carried over whole.

Pure. A table cut short would say something else than its author; one that is too long or
too wide for a page, or that only lays out text, stays where it is.
"""

from __future__ import annotations

from itertools import groupby

from ..text import count_words
from ..types import Block, Document, Table, TableRow
from .marks import Notes

ROWS, COLUMNS = 15, 6
"""At most, head aside; rule K1 lets a whole table of 15 rows stand outside the quota."""
CELL_WORDS = 14
"""Words of the longest cell: beyond, it is a page's layout."""


def table(document: Document, source: int, notes: Notes) -> tuple[Table, int] | None:
    """
    The first table of a document that fits a page, each row with its note.

    Returns:
        The table, and the index of its first block; None where there is none.
    """
    rows = [(i, b) for i, b in enumerate(document.blocks) if b.kind == "row"]
    for _, members in groupby(rows, key=lambda pair: pair[1].group):
        group = list(members)
        cells = [_cells(document, block) for _, block in group]
        if _fits([block for _, block in group], cells):
            marked = tuple(
                TableRow(row, (notes.of_block(source, index),))
                for (index, _), row in zip(group[1:], cells[1:], strict=True)
            )
            return Table(cells[0], marked), group[0][0]
    return None


def _cells(document: Document, block: Block) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in document.text[block.start : block.end].split("\t"))


def _fits(blocks: list[Block], cells: list[tuple[str, ...]]) -> bool:
    width = len(cells[0])
    body = cells[1:]
    return (
        blocks[0].level == 0
        and all(block.level for block in blocks[1:])
        and 2 <= len(body) <= ROWS
        and 2 <= width <= COLUMNS
        and all(len(row) == width and all(row[:1]) for row in body)
        and all(count_words(cell) <= CELL_WORDS for row in cells for cell in row)
        and not any(sign in cell for row in cells for cell in row for sign in "|`*<>[]\\")
        and not any("://" in cell for row in cells for cell in row)
    )
