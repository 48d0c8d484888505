"""
Where words occur in a document, and what is said of them: found, or missing and why (Q1).

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text import Folded, is_bounded
from ..types import Document

_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Found:
    """A proved quote: its place in a document, and how it is shown."""

    document: Document
    parts: tuple[tuple[int, int], ...]
    """Spans of the document, in order; several where something is left out."""
    joints: tuple[str, ...] = ()
    """Between the parts: "[…]" or "[words]"."""
    before: str = ""
    """"[words]" that stand for a pronoun right before the first part."""

    @property
    def start(self) -> int:
        return self.parts[0][0]

    @property
    def end(self) -> int:
        return self.parts[-1][1]

    @property
    def text(self) -> str:
        """The document's own characters."""
        pieces = [self.document.text[start:end] for start, end in self.parts]
        rest = zip(self.joints, pieces[1:], strict=True)
        shown = pieces[0] + "".join(f" {joint} {piece}" for joint, piece in rest)
        return f"{self.before} {shown}" if self.before else shown


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a quote is not proved: the rule and the reason, in words for a person."""

    rule: str
    reason: str


def places(
    quote: str, text: str, within: tuple[int, int] | None = None
) -> Iterator[tuple[int, int]]:
    """Places of a quote in a text, character by character."""
    start, end = within or (0, len(text))
    at = text.find(quote, start, end) if _HAS_WORD.search(quote) else -1
    while at >= 0:
        if is_bounded(text, at, at + len(quote)):
            yield at, at + len(quote)
        at = text.find(quote, at + 1, end)


def occurrences(
    wanted: str, document: Document, folded: Folded, within: tuple[int, int] | None
) -> Iterator[tuple[int, int]]:
    """Places of a folded text in a document, none of which cuts a word."""
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0:
        start, end = folded.span(at, at + len(wanted))
        inside = within is None or (within[0] <= start and end <= within[1])
        if inside and is_bounded(document.text, start, end):
            yield start, end
        at = folded.text.find(wanted, at + 1)
