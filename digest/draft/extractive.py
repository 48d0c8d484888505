"""
The drafter that needs no model: it quotes, it does not write.

Pure. Every sentence of a feature is a sentence of a source, followed by the mark of the
passage it is; the front's lead is computed from counts. The parts lie beside it:
candidates and standing (what may be quoted), scoring, choosing, bullets, body, quotation,
table, sections, round_ups, front.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..errors import DraftError
from ..settings import Digest
from ..text import count_words, one_line
from ..types import (
    Document,
    Dossier,
    Draft,
    Facts,
    Feature,
    FrontDraft,
    QuoteBlock,
    RoundUp,
    RoundUpDraft,
)
from .body import body
from .bullets import bullets
from .choosing import Budget
from .front import front
from .marks import Notes
from .material import material
from .quotation import quotation
from .round_ups import round_ups
from .sections import Placed, heading_above, sections
from .table import table

FEWEST = 90
"""Words of a feature's text (rule L1)."""
FURTHER = 4
"""Links for further reading."""


class Extractive:
    """Satisfies `Drafter`; deterministic, with no model and no network."""

    name = "extractive"
    kind: Literal["extractive"] = "extractive"

    def feature(self, dossier: Dossier, digest: Digest) -> Draft:
        """
        Quote 90 to 200 words that tell the story, with a TL;DR of two or three bullets.

        Raises:
            DraftError: Too little of the documents stands alone.
        """
        offered = material(dossier)
        budget = Budget(dossier.documents)
        tldr = bullets(offered, budget)
        quoted = _quotation(dossier.documents, budget)
        words = sum(count_words(block.text) for *_, block in quoted)
        text = body(offered, tldr, budget, beside=words)
        _refuse_thin(dossier, len(tldr), text.words + words)
        notes = Notes(dossier.documents)
        extras: list[Placed] = [*quoted, *_table(dossier.documents, notes)]
        return Draft(
            title=title_of(dossier),
            tldr=tuple(s.text for s in tldr),
            sections=sections(text, extras, dossier.documents, notes),
            notes=notes.all(),
            further=tuple(f"L{n}" for n, _ in enumerate(dossier.links[:FURTHER], 1)),
            kind="extractive",
        )

    def round_ups(self, dossiers: Sequence[Dossier], digest: Digest) -> tuple[RoundUpDraft, ...]:
        """Quote one or two sentences of each story, 15 to 55 words."""
        return round_ups(dossiers)

    def front(
        self,
        features: Sequence[Feature],
        round_ups: Sequence[RoundUp],
        digest: Digest,
        facts: Facts,
    ) -> FrontDraft:
        """Head the issue with its strongest item's own words, and count what is in it."""
        return front(features, round_ups, digest, facts)


def title_of(dossier: Dossier) -> str:
    """
    The story's own title: the page's that it is about, the post's where that says too little.

    A page's title may be one word or an address; a link post then names it better.
    """
    page, post = one_line(dossier.documents[0].title), one_line(dossier.story.lead.title)
    return page if count_words(page) >= 3 or not post else post


def _quotation(
    documents: Sequence[Document], budget: Budget
) -> list[tuple[int, int, str, QuoteBlock]]:
    """The first quotation that any document has, taken out of the budget, and where it stands."""
    for source, document in enumerate(documents, 1):
        found = quotation(document, source, budget.left(source))
        if found is not None:
            block, index = found
            budget.spend(source, count_words(block.text))
            return [(source, index, heading_above(document, index), block)]
    return []


def _table(documents: Sequence[Document], notes: Notes) -> list[Placed]:
    """The first table that any document has, and where it stands."""
    for source, document in enumerate(documents, 1):
        found = table(document, source, notes)
        if found is not None:
            rows, index = found
            return [(source, index, heading_above(document, index), rows)]
    return []


def _refuse_thin(dossier: Dossier, bullets: int, words: int) -> None:
    if bullets < 2 or words < FEWEST:
        raise DraftError(
            dossier.story.lead.title,
            f"{words} words and {bullets} sentences for the TL;DR stand alone; "
            f"a feature needs {FEWEST} and 2",
        )
