"""
How many words a body has at least or at most, without reading all of it.

Pure. Which of two bodies is longer, and whether one is long, is asked of every post; counting
words exactly takes longer than to clean them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..text import count_words

_TAG = re.compile(r"<[^>]*>")
_UNQUOTED = re.compile(
    r"<(blockquote|pre)\b.*?(?:</\1>|\Z)|<(?:a|span) data-image[^>]*>[^<]*|<[^>]*>", re.DOTALL
)
LETTERS_A_WORD = 10
"""With its share of markup: so much is looked at first."""


def count_all(html: str) -> int:
    """Words of cleaned HTML, quoted ones too."""
    return count_words(_TAG.sub(" ", html))


def at_most(html: str) -> int:
    """
    No fewer words than there are in uncleaned HTML once it is clean.

    Words part at blanks, tags, dashes and foreign signs; an image may bring a word of ours.
    """
    marks = html.count("<") + html.count("&")
    if not html.isascii():  # in many scripts a sign is a word, and parts those beside it
        marks += len(html) - len(html.encode("ascii", "ignore"))
    return len(html.split()) + 2 * marks + html.count("--")


def has(html: str, words: int) -> bool:
    """Whether cleaned HTML surely has so many words; False also where it only may."""
    return _surely(html, words, _without_tags)


def has_own(html: str, words: int) -> bool:
    """The same of those that stand in no quotation, no code and no picture."""
    return _surely(html, words, _without_quotations)


def _surely(html: str, words: int, text: Callable[[str], str]) -> bool:
    if len(html) < 2 * words:
        return False
    end = words * LETTERS_A_WORD
    while end < len(html):
        head = html[: max(html.rfind("<", 0, end), 0)]  # not within a tag
        if _plain_words(text(head)) >= words:
            return True
        end *= 3
    return _plain_words(text(html)) >= words


def _plain_words(text: str) -> int:
    """Those of letters and digits alone."""
    return sum(map(str.isalnum, text.split()))


def _without_tags(html: str) -> str:
    return _TAG.sub(" ", html)


def _without_quotations(html: str) -> str:
    return _UNQUOTED.sub(" ", html)
