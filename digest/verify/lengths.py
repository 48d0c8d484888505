"""
L1: how long each part may be.

Pure. A quarter beyond a limit is a warning, more an error. What is quoted has upper limits
only, save that an extractive feature has 90 words and two bullets.
"""

from __future__ import annotations

from typing import NamedTuple

from ..text import count_words
from ..types import Problem
from .problems import error, warning


class Limits(NamedTuple):
    least: int
    most: int


EXTRACTIVE_WORDS = Limits(90, 200)
EXTRACTIVE_BULLETS = Limits(2, 4)
FEATURE_BULLET_WORDS, ISSUE_BULLET_WORDS = 32, 25
ISSUE_BULLETS = 5
DEK_WORDS = 30
ROUND_UP_WORDS = Limits(15, 55)


def too_long(text: str, most: int, where: str) -> Problem | None:
    """A problem where a text has more than `most` words: a warning up to a quarter more."""
    words = count_words(text)
    if words <= most:
        return None
    report = error if words > most * 1.25 else warning
    return report("L1", where, text, f"at most {most} words; this has {words}")
