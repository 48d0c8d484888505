"""
The numbered passages of a document: what a note cites and a drafter is shown.

Pure. Paragraphs and quotations are cut into sentences; a heading, list item, table row, code
block or caption is one passage.
"""

from __future__ import annotations

from ..types import Document, Passage
from .splitting import sentences


def passages(document: Document) -> tuple[Passage, ...]:
    """
    Cut a document into its passages.

    Args:
        document: With blocks, or with none: then blank lines part its paragraphs.

    Returns:
        Passages in document order, numbered from 1. `block` is -1 where the document has
        no blocks. Empty blocks give none.
    """
    text = document.text
    spans = [
        (start, end, index)
        for index, block in enumerate(document.blocks)
        for start, end in (
            sentences(text, block.start, block.end)
            if block.kind in {"paragraph", "quote"}
            else _whole(text, block.start, block.end)
        )
    ]
    if not document.blocks:
        spans = [(start, end, -1) for start, end in sentences(text)]
    return tuple(
        Passage(number, start, end, block) for number, (start, end, block) in enumerate(spans, 1)
    )


def _whole(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """A block as one span without the white space around it, or none."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return ((start + left, start + right),) if left < right else ()
