"""
Words that turn a statement into its opposite: none may vanish from a quote.

Pure.
"""

from __future__ import annotations

from functools import cache

from ..text import words
from ..text.languages import language

NEGATIONS = frozenset(
    "no not never none nor neither nobody nothing nowhere without cannot cant dont doesnt didnt "
    "isnt wasnt wont wouldnt hardly barely scarcely rarely seldom except unless lacks lack "
    "lacking fails fail failed failing denied denies deny refused refuses false untrue unlikely "
    "impossible unable against instead non un".split()
)


@cache
def _negations(tag: str) -> frozenset[str]:
    known = language(tag)
    return NEGATIONS | frozenset(known.forms("negations")) if known else NEGATIONS


def negates(text: str, tag: str = "") -> bool:
    """
    Whether a text holds a negation: "not", "n't", "without", "no" and their like.

    Args:
        tag: Its language (BCP 47): "nicht", "ne … pas" count too.
    """
    known = _negations(tag)
    return any(word in known or word.endswith("n't") for word in words(text))
