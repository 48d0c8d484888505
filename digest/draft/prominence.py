"""
How well a sentence serves above a text, where nothing before it says who speaks, of what or when.

Pure. A TL;DR and a dek are read alone: what is best there says in the third person what is new
of the matter that the title names, and does not need the page around it.
"""

from __future__ import annotations

import re

from ..text import content_words
from .abroad import begins, has
from .scoring import BACKGROUND, THESIS
from .standing import POINTING

FIRST_PERSON = re.compile(r"\b(?:I|I[’']\w+|me|my|mine|myself)\b")
_OURS = re.compile(r"\b(?:we|we[’']\w+|us|our|ours|ourselves)\b", re.IGNORECASE)
_FORMER = re.compile(r"(?:before|until|prior\sto)\b", re.IGNORECASE)
"""How a sentence begins that says what was, so that another can say what is."""
_DIGIT = re.compile(r"\d")
_NAME = re.compile(r"(?<!^)(?<![“\"‘'(])\b[A-Z][\w.-]*")


def prominence(text: str, title: str, tag: str) -> float:
    """
    Say how fit a sentence is to stand above.

    Args:
        text: A sentence that stands alone.
        title: Of what is told below.
        tag: The sentence's language, as `abroad.tongue` gives it.

    Returns:
        1 for a good one, less for each thing that speaks against it.
    """
    names_matter = bool(set(content_words(title)) & set(content_words(text)))
    factor = 1.0
    if has(text, tag, "speaker") if tag else FIRST_PERSON.search(text):
        factor *= 0.5
    if has(text, tag, "speakers") if tag else _OURS.search(text):
        factor *= 0.85 if names_matter else 0.55
    if is_background(text, tag):
        factor *= 0.5
    if not tag and POINTING.search(text):
        factor *= 0.8
    if not (names_matter or _DIGIT.search(text) or _NAME.search(text)):
        factor *= 0.6
    return factor


def is_impersonal(text: str, tag: str) -> bool:
    """Nobody's "I", or only one that says what the text is about."""
    if tag:
        return not has(text, tag, "speaker")
    return len(FIRST_PERSON.findall(text)) <= len(THESIS.findall(text))


def is_background(text: str, tag: str) -> bool:
    """It says what was, where the news is what is."""
    if tag:
        return begins(text, tag, "former")
    return bool(BACKGROUND.search(text) or _FORMER.match(text))
