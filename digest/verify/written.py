"""
What was written, in one form for drafts and for files of content/.

Pure. Both are read into the same sections, blocks and marked stretches, so that the rules
are applied once and a file is proved as its draft was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..markdown import unescape
from ..types import DraftBlock, ItemList, Paragraph, QuoteBlock, Section, Table
from .marks import Marked, of_draft, of_file

BlockKind = Literal["paragraph", "list", "table", "quote"]


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    kind: BlockKind
    where: str
    parts: tuple[tuple[Marked, ...], ...]
    """Of a paragraph: its sentences, as one part. Else a part per item, row or quotation."""
    cells: tuple[tuple[str, ...], ...] = ()
    """Of a table, beside `parts`."""
    head: tuple[str, ...] = ()
    ordered: bool = False
    speaker: str = ""
    document: str = ""
    """Quotation of a draft: the source that it names."""


@dataclass(frozen=True, slots=True)
class WrittenSection:
    where: str
    heading: str
    blocks: tuple[WrittenBlock, ...]


# ---------------------------------------------------------------------------- drafts


def draft_sections(sections: Sequence[Section], ids: Collection[str]) -> tuple[WrittenSection, ...]:
    """
    Args:
        sections: As the drafter wrote them.
        ids: Of the draft's notes.
    """
    return tuple(
        WrittenSection(
            f"section {number}",
            section.heading,
            tuple(
                _draft_block(block, f"section {number}, block {place}", ids)
                for place, block in enumerate(section.blocks, 1)
            ),
        )
        for number, section in enumerate(sections, 1)
    )


def _draft_block(block: DraftBlock, where: str, ids: Collection[str]) -> WrittenBlock:
    if isinstance(block, Paragraph):
        return WrittenBlock("paragraph", where, (of_draft(block.text, ids),))
    if isinstance(block, ItemList):
        items = tuple(of_draft(item, ids) for item in block.items)
        return WrittenBlock("list", where, items, ordered=block.ordered)
    if isinstance(block, Table):
        rows = tuple((Marked("\t".join(row.cells), row.notes),) for row in block.rows)
        cells = tuple(row.cells for row in block.rows)
        return WrittenBlock("table", where, rows, cells, block.head)
    return _draft_quote(block, where)


def _draft_quote(block: QuoteBlock, where: str) -> WrittenBlock:
    parts = ((Marked(block.text, ()),),)
    return WrittenBlock("quote", where, parts, speaker=block.speaker, document=block.document)


# ----------------------------------------------------------------------------- files

_HEADING = re.compile(r"#{1,6} +(.*)")
_ITEM = re.compile(r"(?:[-*+]|(\d{1,9})[.)]) +(.*)", re.S)
_ITEM_START = re.compile(r"\n(?=(?:[-*+]|\d{1,9}[.)]) )")
_CELL_END = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"\|?(?: *:?-+:? *\|?)+")


def file_sections(body: str) -> tuple[WrittenSection, ...]:
    """
    Read a feature's Markdown: paragraphs, lists, tables, quotations and headings as the
    program writes them. What a person wrote in another form is read as paragraphs.
    """
    sections: list[WrittenSection] = []
    heading, blocks = "", list[WrittenBlock]()
    for text in re.split(r"\n[^\S\n]*\n\s*", body.strip()):
        title = _HEADING.fullmatch(text.strip())
        if title is None:
            where = f"section {len(sections) + 1}, block {len(blocks) + 1}"
            blocks += _file_blocks(text.strip(), where)
            continue
        if heading or blocks:
            sections.append(WrittenSection(f"section {len(sections) + 1}", heading, tuple(blocks)))
        heading, blocks = unescape(title[1].strip()), []
    if heading or blocks:
        sections.append(WrittenSection(f"section {len(sections) + 1}", heading, tuple(blocks)))
    return tuple(sections)


def _file_blocks(text: str, where: str) -> Iterator[WrittenBlock]:
    if not text:
        return
    if text.startswith(">"):
        yield _file_quote(text, where)
    elif text.startswith("|") and "\n" in text:
        yield _file_table(text, where)
    elif match := _ITEM.fullmatch(text):
        items = tuple(of_file(_ITEM.fullmatch(item)[2]) for item in _ITEM_START.split(text))  # type: ignore[index]
        yield WrittenBlock("list", where, items, ordered=match[1] is not None)
    else:
        yield WrittenBlock("paragraph", where, (of_file(text),))


def _file_quote(text: str, where: str) -> WrittenBlock:
    lines = [line.removeprefix(">").strip() for line in text.split("\n")]
    speaker = unescape(lines.pop().removeprefix("—").strip()) if lines[-1][:1] == "—" else ""
    return WrittenBlock("quote", where, (of_file(" ".join(lines)),), speaker=speaker)


def _file_table(text: str, where: str) -> WrittenBlock:
    lines = [line for line in text.split("\n") if not _DELIMITER.fullmatch(line.strip())]
    head, *rows = [[cell.strip() for cell in _cells(line)] for line in lines]
    parts, cells = [], []
    for row in rows:
        marked = [of_file(cell) for cell in row]
        plain = tuple(" ".join(part.text for part in cell) for cell in marked)
        marks = tuple(mark for cell in marked for part in cell for mark in part.marks)
        cells.append(plain)
        parts.append((Marked("\t".join(plain), marks),))
    return WrittenBlock(
        "table", where, tuple(parts), tuple(cells), tuple(unescape(cell) for cell in head)
    )


def _cells(line: str) -> list[str]:
    return _CELL_END.split(line.strip().removeprefix("|"))[:-1] or [line]
