"""
The documents of a text, ready to be looked into: folded once, cut into passages once.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..text import Folded, passages
from ..types import Document, Passage
from .source import Source

_PASSAGE = re.compile(r"S(\d{1,3})\.(\d{1,6})")
_SOURCE = re.compile(r"S(\d{1,3})")


class Evidence:
    """What a text may rest on: S1, S2 … are its documents in order."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        self._by_id = {document.id: document for document in reversed(self.documents)}
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._asked: dict[str, Source] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    @property
    def first(self) -> Document | None:
        """S1: what the text is about."""
        return self.documents[0] if self.documents else None

    def by_id(self, id_: str) -> Document | None:
        return self._by_id.get(id_)

    def source(self, name: str) -> Document | None:
        """The document called "S2"; None where there is none."""
        match = _SOURCE.fullmatch(name)
        number = int(match[1]) if match else 0
        return self.documents[number - 1] if 0 < number <= len(self.documents) else None

    def passage(self, name: str) -> tuple[Document, Passage] | None:
        """The passage called "S2.7" and its document; None where there is none."""
        match = _PASSAGE.fullmatch(name)
        document = self.source(f"S{match[1]}") if match else None
        if match is None or document is None:
            return None
        found = self.passages(document)
        number = int(match[2])
        return (document, found[number - 1]) if 0 < number <= len(found) else None

    def asked(self, document: Document) -> Source:
        """A document with its words, sentences and values, made once."""
        if document.id not in self._asked:
            self._asked[document.id] = Source(document)
        return self._asked[document.id]

    def folded(self, document: Document) -> Folded:
        return self.asked(document).folded

    def passages(self, document: Document) -> tuple[Passage, ...]:
        if document.id not in self._passages:
            self._passages[document.id] = passages(document)
        return self._passages[document.id]
