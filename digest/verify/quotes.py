"""
Q1 and Q2: is this quote in that document, and where?

Pure. The whole quote is looked for first, by its folding and with word boundaries at both
ends. Only then do `…`, `...` and `[…]` split it into parts that must follow each other, and
`[words]` count as an insertion. What is found is given by offsets: the reader sees the
document's own characters (Q3), never the drafter's.
"""

from __future__ import annotations

import re

from ..text import Folded, fold, words
from ..types import Document
from .occurrences import Found, Missing, occurrences, places
from .omissions import CAPITAL, in_parts

__all__ = ["Found", "Missing", "find"]

_TYPESETTING = re.compile(r"[\s,.]+$")


def find(
    quote: str, document: Document, folded: Folded, within: tuple[int, int] | None = None
) -> Found | Missing:
    """
    Look for a quote in a document.

    Args:
        quote: As the drafter wrote it, without the quotation marks around it.
        document: Where it should stand.
        folded: The folding of its text.
        within: The part of the document where it must stand; by default anywhere.

    Returns:
        Its place, the first where it occurs several times; or why it has none.
    """
    for span in places(quote.strip(), document.text, within):
        return Found(document, (span,))  # the same characters come before the same folding
    wanted = fold(quote).text.strip()
    if not words(wanted):
        return Missing("Q1", "there is no word in it")
    plain = CAPITAL.sub(r"\1", wanted)
    for whole in dict.fromkeys((wanted, _TYPESETTING.sub("", wanted), plain)):
        for span in occurrences(whole, document, folded, within):
            return Found(document, (span,))
    return in_parts(quote, document, folded, within)
