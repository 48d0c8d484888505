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
FEATURE_WORDS = Limits(250, 800)
FEATURE_BULLETS = Limits(3, 5)
LEAST_LEFT = 150
"""Words of a feature that may stand after drops; under them it becomes a round-up."""
TITLE_CHARACTERS = 100
LEAD_WORDS = Limits(80, 180)
SHORT_LEAD_WORDS = Limits(30, 120)
"""Of an issue without features."""
FEATURE_BULLET_WORDS, ISSUE_BULLET_WORDS = 32, 25
ISSUE_BULLETS = 5
DEK_WORDS = 30
ROUND_UP_WORDS = Limits(15, 55)


def share_of_sources(words: int) -> int:
    """Words of a feature that sources of so many words carry: six in ten."""
    return words * 6 // 10


def outside(words: int, limits: Limits, where: str, text: str) -> Problem | None:
    """A problem where a number of words is outside limits: an error by more than a quarter."""
    if limits.least <= words <= limits.most:
        return None
    is_far = words > limits.most * 1.25 or words < limits.least * 0.75
    report = error if is_far else warning
    return report("L1", where, text, f"{limits.least} to {limits.most} words; this has {words}")


def too_long(text: str, most: int, where: str) -> Problem | None:
    """A problem where a text has more than `most` words: a warning up to a quarter more."""
    words = count_words(text)
    if words <= most:
        return None
    report = error if words > most * 1.25 else warning
    return report("L1", where, text, f"at most {most} words; this has {words}")
