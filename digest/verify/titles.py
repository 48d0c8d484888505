"""
Titles and headings that are a document's own words (Q1).

Pure.
"""

from __future__ import annotations

from ..text import fold, one_line
from ..types import Span
from .addresses import address_in
from .evidence import Evidence
from .quotes import Found, find
from .units import Heading


def own_title(text: str, evidence: Evidence) -> Heading | None:
    """Words of S1: a heading first, its title, then any place; addresses are none."""
    document = evidence.first
    if document is None or address_in(text):
        return None
    folded = evidence.folded(document)
    for block in document.blocks:
        if block.kind == "heading":
            found = find(text, document, folded, within=(block.start, block.end))
            if isinstance(found, Found):
                return _as_heading(found)
    if text and fold(text).text in fold(document.title).text:
        return Heading(_same_words(text, document.title), "extracted")
    found = find(text, document, folded)
    return _as_heading(found) if isinstance(found, Found) else None


def _as_heading(found: Found) -> Heading:
    spans = tuple(Span(found.document.id, start, end) for start, end in found.parts)
    return Heading(one_line(found.text), "extracted", spans)


def _same_words(text: str, title: str) -> str:
    """The title's own characters for a text that folds to a part of it."""
    folded = fold(title)
    at = folded.text.find(fold(text).text)
    start, end = folded.span(at, at + len(fold(text).text))
    return one_line(title[start:end])
