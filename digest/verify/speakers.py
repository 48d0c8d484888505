"""
A1: who is quoted said it.

Pure. The speaker is the document's author or publisher, the one whom the page itself names
as the source of that quotation, or stands within 300 characters of it.
"""

from __future__ import annotations

from ..text import fold, is_bounded
from ..types import Document
from .quotes import Found

NEAR = 300
"""Characters before and after the quote."""


def is_speaker(name: str, found: Found) -> bool:
    """Whether a document gives these words to this person or organisation."""
    document = found.document
    if not fold(name).text.strip():
        return False
    near = document.text[max(0, found.start - NEAR) : found.end + NEAR]
    said = (document.author, document.publisher, document.site, near, *_named(document, found))
    return any(_holds(text, name) for text in said)


def _named(document: Document, found: Found) -> tuple[str, ...]:
    """Speakers that the page marks up beside this very quotation."""
    return tuple(
        block.speaker
        for block in document.blocks
        if block.speaker and block.start <= found.start and found.end <= block.end
    )


def _holds(text: str, name: str) -> bool:
    folded = fold(text)
    wanted = fold(name).text.strip()
    at = folded.text.find(wanted)
    while at >= 0:
        if is_bounded(text, *folded.span(at, at + len(wanted))):
            return True
        at = folded.text.find(wanted, at + 1)
    return False
