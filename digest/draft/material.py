"""
A dossier made ready for choosing: its sentences, their scores, the rarity of its words.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..types import Document, Dossier
from .candidates import Sentence, sentences_of
from .choosing import LONGEST_RUN, Run, runs
from .scoring import rarities, scores


@dataclass(frozen=True, slots=True)
class Material:
    title: str
    """What the story is headed by: its first document's own."""
    documents: tuple[Document, ...]
    sentences: tuple[tuple[Sentence, ...], ...]
    """Per document."""
    score: Mapping[str, float]
    """By sentence id."""
    rarity: Mapping[str, float]
    """By term, over all documents."""

    def runs(self, source: int, longest: int = LONGEST_RUN) -> list[Run]:
        """Of document `source`, counted from 1, up to `longest` sentences each."""
        return list(runs(self.sentences[source - 1], longest))

    def alone(self) -> list[Run]:
        """Every sentence of every document that stands alone."""
        return [run for source in self.sources for run in self.runs(source, 1)]

    @property
    def sources(self) -> range:
        return range(1, len(self.documents) + 1)


def material(dossier: Dossier) -> Material:
    """Weigh every sentence of a dossier; later documents are weighed by the first one's title."""
    sentences = tuple(
        sentences_of(document, source) for source, document in enumerate(dossier.documents, 1)
    )
    heading = (
        " ".join(dict.fromkeys(d.title for d in dossier.documents[:1])) or dossier.story.lead.title
    )
    score: dict[str, float] = {}
    for source, (document, group) in enumerate(zip(dossier.documents, sentences, strict=True), 1):
        title = heading if source == 1 else f"{heading} {document.title}"
        score |= scores(group, title)
    return Material(
        title=heading,
        documents=dossier.documents,
        sentences=sentences,
        score=score,
        rarity=rarities([s for group in sentences for s in group]),
    )
