"""
What the table of a language tells who quotes it: how a sentence begins or speaks.

Pure. English has its own expressions, in `standing.py` and `prominence.py`.
"""

from __future__ import annotations

import re
from functools import cache

from ..text import words
from ..text.languages import language, spoken
from ..text.phrases import any_of

_OPENING = re.compile(r"[\s\"'“”„«‹‘’(¿¡]*")


def tongue(text: str, tag: str = "") -> str:
    """The tag of the language that a text is in, where there is a table of it; else empty."""
    found = spoken([word.lower() for word in words(text)], tag)
    return found if language(found) is not None else ""


def begins(sentence: str, tag: str, section: str) -> bool:
    """Whether a sentence begins with a form of a section; "this week" is no "this"."""
    lower = sentence.lower()
    start = _OPENING.match(lower)
    found = _forms(tag, section).match(lower, start.end() if start else 0)
    if found is None:
        return False
    return _forms(tag, "periods").match(lower, found.end() + 1) is None


def has(sentence: str, tag: str, section: str) -> bool:
    """Whether a form of a section stands in a sentence."""
    return _forms(tag, section).search(sentence.lower()) is not None


@cache
def _forms(tag: str, section: str) -> re.Pattern[str]:
    known = language(tag)
    return any_of(known.forms(section) if known else ())
