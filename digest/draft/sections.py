"""
Laying out an extractive feature: what stands under which heading.

Pure. Headings are the article's own, above what really stands under them there; those
that we add only say what follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ..text import count_words, fold
from ..types import Document, DraftBlock, ItemList, Paragraph, Section
from .body import Body
from .marks import Notes

FIGURES = "In figures"
FROM = "From {site}"
"""Above what another document of the story says."""
HEADING_WORDS = 12
PARAGRAPH_WORDS = 70
"""Of short paragraphs that are joined, together at most."""

Placed = tuple[int, int, str, DraftBlock]
"""Source, block in its document, own heading, and what is shown there."""


def sections(
    body: Body, extras: Sequence[Placed], documents: Sequence[Document], notes: Notes
) -> tuple[Section, ...]:
    """
    Put runs, quotation and table in the documents' order under their headings.

    Args:
        extras: Quotation and table, each with where it stands in its document.
    """
    paragraphs: list[Placed] = [
        (run[0].source, block, run[0].heading, Paragraph(notes.marked(tuple(members))))
        for run in body.runs
        for block, members in groupby(run, key=lambda sentence: sentence.block)
    ]
    placed = sorted([*paragraphs, *extras], key=lambda item: item[:2])
    found: list[Section] = []
    for (source, heading), members in groupby(placed, key=lambda item: (item[0], item[2])):
        shown = _shown(documents[source - 1], heading, is_first=source == 1)
        blocks = _together([block for *_, block in members])
        if found and found[-1].heading == shown:
            found[-1] = Section(shown, found[-1].blocks + blocks)
        else:
            found.append(Section(shown, blocks))
    if body.figures:
        found.append(Section(FIGURES, (ItemList(tuple(map(notes.sentence, body.figures))),)))
    return tuple(found)


def _together(blocks: Sequence[DraftBlock]) -> tuple[DraftBlock, ...]:
    """Short paragraphs that follow each other as one: a line each reads like a list of scraps."""
    joined: list[DraftBlock] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Paragraph) and isinstance(last, Paragraph):
            text = f"{last.text} {block.text}"
            if count_words(text) <= PARAGRAPH_WORDS:
                joined[-1] = Paragraph(text)
                continue
        joined.append(block)
    return tuple(joined)


def heading_above(document: Document, block: int) -> str:
    """The document's own heading under which a block stands; empty before the first one."""
    for above in reversed(document.blocks[:block]):
        if above.kind == "heading":
            return document.text[above.start : above.end] if above.level > 1 else ""
    return ""


def _shown(document: Document, heading: str, *, is_first: bool) -> str:
    """What a reader sees: of other documents whose words these are."""
    if not is_first:
        return FROM.format(site=document.site or document.publisher)
    repeats_title = fold(heading).text == fold(document.title).text
    return "" if repeats_title or count_words(heading) > HEADING_WORDS else heading
