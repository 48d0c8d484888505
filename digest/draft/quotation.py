"""
A quotation that the article itself holds, with the one who is quoted.

Pure. Without a speaker there is no quotation: who said it is half of what it says.
"""

from __future__ import annotations

import re

from ..text import count_words, sentences
from ..types import Block, Document, QuoteBlock

SHORTEST, LONGEST = 10, 45
"""Words (rule Q3 wants five to sixty; the text around it needs its share)."""

_WORD = r"[A-Z][\w.'’-]+"
_NAME = (
    r"(?P<name>(?:(?:Dr|Prof|Mr|Mrs|Ms)\.? )?"
    rf"{_WORD}(?: (?:(?:van|von|de|der|da|la|el|bin) ){{0,2}}{_WORD}){{1,3}})"
)
_SAYING = (
    r"(?:said|says|wrote|writes|explained|explains|told|tells|noted|notes|added|adds|argued|"
    r"argues|commented|comments|put it|puts it|replied|replies|warned|warns|recalled|recalls|"
    r"observed|observes)"
)
_SAYS = re.compile(rf"{_NAME}(?:,[^,.]{{1,60}},)? {_SAYING}\b")
_FROM = re.compile(
    rf"\b(?:[Qq]uote from|[Aa]ccording to|[Aa]s|[Ff]rom|[Bb]y) {_NAME}\b[^.]{{0,40}}:$"
)


def quotation(document: Document, source: int, words_left: int) -> tuple[QuoteBlock, int] | None:
    """
    The first quotation of a document that has a speaker and is of readable length.

    Args:
        source: Position of the document in its dossier, from 1.
        words_left: Words that may still be quoted of it.

    Returns:
        The quotation, and the index of its block; None where there is none.
    """
    for index, block in enumerate(document.blocks):
        if block.kind != "quote":
            continue
        text = _opening(document, block, min(LONGEST, words_left))
        speaker = block.speaker or _named_before(document, index)
        if text and speaker and speaker in document.text + document.author:
            return QuoteBlock(document=f"S{source}", text=text, speaker=speaker), index
    return None


def _opening(document: Document, block: Block, longest: int) -> str:
    """Whole sentences from the quotation's beginning, as many as fit; empty for none."""
    end = block.start
    for _, stop in sentences(document.text, block.start, block.end):
        if count_words(document.text[block.start : stop]) > longest:
            break
        end = stop
    text = document.text[block.start : end].strip()
    fits = SHORTEST <= count_words(text) <= longest and text[-1:] in '.!?…"”’'
    return text if fits and text[:1].isupper() and "http" not in text else ""


def _named_before(document: Document, index: int) -> str:
    """The name that the paragraph right above gives to the quotation."""
    if index == 0 or document.blocks[index - 1].kind != "paragraph":
        return ""
    above = document.blocks[index - 1]
    closing = document.text[above.start : above.end][-200:]
    found = [*_SAYS.finditer(closing), *_FROM.finditer(closing)]
    return found[-1].group("name") if found else ""
