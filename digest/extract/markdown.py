"""
A document -> Markdown that shows its structure: headings, lists, tables, code, quotations.

Pure. For people who look at what was read; nothing is proved against it.

Source: CommonMark 0.31; GitHub's tables
"""

from __future__ import annotations

import re
from itertools import groupby

from ..types import Block, Document

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(#{1,6}(?=\s)|[-+](?=\s)|\d+(?=[.)]\s))")


def markdown(document: Document) -> str:
    """The document in Markdown: its title as a heading, then block after block."""
    pieces = [f"# {_escaped(document.title)}"] if document.title else []
    for (kind, group), run in groupby(document.blocks, key=lambda one: (one.kind, one.group)):
        blocks = list(run)
        if kind == "row":
            pieces.append(_table(document, blocks))
        elif kind == "item":
            pieces.append("\n".join(_items(document, blocks)))
        elif kind == "quote" and group:
            pieces.append(_quotation(document, blocks))
        else:
            pieces += [_single(document, block) for block in blocks]
    return "\n\n".join(pieces) + "\n" if pieces else ""


def _single(document: Document, block: Block) -> str:
    text = document.text[block.start : block.end]
    if block.kind == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
        return f"{fence}\n{text}\n{fence}"
    if block.kind == "heading":
        return f"{'#' * max(2, min(6, block.level))} {_linked(document, block)}"
    if block.kind == "caption":
        return f"*{_linked(document, block)}*"
    return _LINE_START.sub(r"\\\1", _linked(document, block))


def _items(document: Document, blocks: list[Block]) -> list[str]:
    """Items with their depth; numbers count anew in each list within a list."""
    lines, counts = [], dict[int, int]()
    for block in blocks:
        counts = {level: count for level, count in counts.items() if level <= block.level}
        counts[block.level] = counts.get(block.level, 0) + 1
        sign = f"{counts[block.level]}." if block.ordered else "-"
        lines.append(f"{'   ' * (block.level - 1)}{sign} {_linked(document, block)}")
    return lines


def _table(document: Document, rows: list[Block]) -> str:
    cells = [
        [cell.replace("|", "\\|") for cell in _linked(document, row).split("\t")] for row in rows
    ]
    width = max(len(row) for row in cells)
    if rows[0].level != 0:
        cells.insert(0, [""] * width)
    cells.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in cells)


def _quotation(document: Document, blocks: list[Block]) -> str:
    said = "\n>\n".join(f"> {_linked(document, block)}" for block in blocks)
    speaker = blocks[0].speaker
    return f"{said}\n>\n> — {_escaped(speaker)}" if speaker else said


def _linked(document: Document, block: Block) -> str:
    """The text of a block, its links in place."""
    out, at = "", block.start
    for link in document.links:
        if at <= link.start and link.end <= block.end:
            anchor = _escaped(document.text[link.start : link.end])
            target = link.url.replace("(", "%28").replace(")", "%29")
            out += f"{_escaped(document.text[at : link.start])}[{anchor}]({target})"
            at = link.end
    return out + _escaped(document.text[at : block.end])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
