"""
The sentences of a document that may be quoted, each with where it stands.

Pure. Only prose counts: paragraphs and list items. Headings, captions, code, table rows
and what others are quoted as saying have their own places in a draft.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..text import content_words, count_words, for_readers
from ..types import Document, Passage
from .abroad import tongue
from .standing import Standing, standing

ANCHORED = 0.8
"""Share of a sentence's words that are links, above which it is a list of links."""
MOST = 400
"""Sentences of one document that are weighed: comparing them costs the square of it."""
LOOKED_AT = 10_000
"""Characters of a document that tell its language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A passage of prose, with what choosing needs to know of it."""

    source: int
    """Position of its document in the dossier, from 1."""
    passage: Passage
    text: str
    words: int
    terms: frozenset[str]
    """Stems of its words that carry meaning."""
    order: int
    """Position among its document's prose sentences, from 0."""
    block: int
    heading: str
    """The document's own heading above it; empty before the first one."""
    opens_section: bool
    """The first sentence under its heading."""
    is_item: bool
    standing: Standing
    tag: str = ""
    """Its document's language, as `abroad.tongue` gives it."""

    @property
    def id(self) -> str:
        """How notes name it: "S1.14"."""
        return f"S{self.source}.{self.passage.number}"


def sentences_of(document: Document, source: int) -> tuple[Sentence, ...]:
    """
    Read a document's prose, in order, at most `MOST` sentences.

    Args:
        source: Position of the document in its dossier, from 1.
    """
    found: list[Sentence] = []
    heading, opens = "", True
    tag = tongue(document.text[:LOOKED_AT], document.language)
    for passage in for_readers(document):
        block = document.blocks[passage.block]
        text = document.text[passage.start : passage.end]
        if block.kind == "heading":
            heading, opens = (text if block.level > 1 else ""), True
        if block.kind not in {"paragraph", "item"} or _is_anchor(document, passage):
            continue
        found.append(
            Sentence(
                source=source,
                passage=passage,
                text=text,
                words=count_words(text),
                terms=frozenset(content_words(text)),
                order=len(found),
                block=passage.block,
                heading=heading,
                opens_section=opens,
                is_item=block.kind == "item",
                standing=standing(text, tag),
                tag=tag,
            )
        )
        opens = False
        if len(found) == MOST:
            break
    return _without_repeats(found)


def _is_anchor(document: Document, passage: Passage) -> bool:
    """Nothing but a link: another page's title, which says nothing of this one's matter."""
    words = count_words(document.text[passage.start : passage.end])
    linked = (
        document.text[max(link.start, passage.start) : min(link.end, passage.end)]
        for link in document.links
        if link.start < passage.end and link.end > passage.start
    )
    return sum(map(count_words, linked)) > ANCHORED * words


def _without_repeats(found: list[Sentence]) -> tuple[Sentence, ...]:
    """A sentence that a page says twice (a teaser, a pull quote) counts where it stands first."""
    first: dict[str, int] = {}
    for sentence in found:
        first.setdefault(sentence.text, sentence.passage.number)
    return tuple(s for s in found if first[s.text] == s.passage.number)
