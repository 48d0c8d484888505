"""
K1: how much of a document one text may quote.

Pure. The larger of a tenth of the document and 150 words; each place counts once, however
often it is used. Notes, and a table carried over whole, stand outside the count.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..text import count_words
from ..types import Document, Span

SHARE, WORDS = 10, 150


def allowed(document: Document) -> int:
    """Words of a document that one text may quote."""
    return max(count_words(document.text) // SHARE, WORDS)


def quoted(document: Document, spans: Iterable[Span]) -> int:
    """Words of a document that lie in any of the spans."""
    words = reach = 0
    for span in sorted((s.start, s.end) for s in spans if s.document == document.id):
        start = max(span[0], reach)
        if start < span[1]:
            words += count_words(document.text[start : span[1]])
            reach = span[1]
    return words
