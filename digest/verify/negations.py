"""
Words that turn a statement into its opposite: none may vanish from a quote.

Pure.
"""

from __future__ import annotations

from ..text import words

NEGATIONS = frozenset(
    "no not never none nor neither nobody nothing nowhere without cannot cant dont doesnt didnt "
    "isnt wasnt wont wouldnt hardly barely scarcely rarely seldom except unless lacks lack "
    "lacking fails fail failed failing denied denies deny refused refuses false untrue unlikely "
    "impossible unable against instead non un".split()
)


def negates(text: str) -> bool:
    """Whether a text holds a negation: "not", "n't", "without", "no" and their like."""
    return any(word in NEGATIONS or word.endswith("n't") for word in words(text))
