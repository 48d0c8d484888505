"""
Notes of a draft: every quoted sentence is followed by the mark of the passage it is.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..text import passages
from ..types import Document, DraftNote
from .candidates import Sentence
from .choosing import Run


class Notes:
    """Hands out the notes of one draft, one per passage, in order of first use."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._ids: dict[str, str] = {}
        self._first_passages: dict[int, Mapping[int, int]] = {}

    def of(self, passage: str) -> str:
        """Id of the note of a passage such as "S1.14"."""
        return self._ids.setdefault(passage, f"n{len(self._ids) + 1}")

    def of_block(self, source: int, block: int) -> str:
        """Id of the note of a block that is one passage, such as a table's row."""
        if source not in self._first_passages:
            self._first_passages[source] = {
                passage.block: passage.number
                for passage in reversed(passages(self._documents[source - 1]))
            }
        return self.of(f"S{source}.{self._first_passages[source][block]}")

    def marked(self, run: Run) -> str:
        """The run's sentences, each followed by its mark."""
        return " ".join(map(self.sentence, run))

    def sentence(self, sentence: Sentence) -> str:
        return f"{sentence.text}[{self.of(sentence.id)}]"

    def all(self) -> tuple[DraftNote, ...]:
        return tuple(DraftNote(id=id_, passages=(passage,)) for passage, id_ in self._ids.items())
