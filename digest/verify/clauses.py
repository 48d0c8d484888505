"""
Clauses of a sentence: the stretches that its commas, dashes and joining words part.

Pure. Not a grammar: enough to tell the half of a sentence that says one thing from the half that
says another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..text import content_words

_PARTS = re.compile(
    r"[;:()—]|\s[–-]\s|, |(?<=[\w%)’”\"])\s(?=(?:because|since|although|though|while|whereas|unless"
    r"|if|so that|which|who|after|before|when|but)\b)"
)
_SEGMENTS = re.compile(r"[;—]|: |, (?:and|but|while|whereas)\b|\s(?:while|whereas|but)\b")


class Clause(NamedTuple):
    """A stretch of a text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def stems(self) -> frozenset[str]:
        """Stems of its content words."""
        return frozenset(content_words(self.text))


def clauses(text: str) -> Iterator[Clause]:
    """The stretches between commas, dashes, brackets and words such as "because", "which"."""
    return cut(text, _PARTS)


def segments(text: str) -> Iterator[Clause]:
    """The longer stretches that semicolons, dashes and "…, and" part."""
    return cut(text, _SEGMENTS)


def cut(text: str, at: re.Pattern[str]) -> Iterator[Clause]:
    """The stretches between the matches of an expression; none of them is empty."""
    start = 0
    for match in at.finditer(text):
        if match.start() > start:
            yield Clause(text[start : match.start()], start, match.start())
        start = match.end()
    if start < len(text):
        yield Clause(text[start:], start, len(text))
