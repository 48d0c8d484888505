"""
Shares that are told as parts: "one in eight", "9 out of 10", "one participant in eight".

Pure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from .measures import unit_behind
from .number_words import in_words
from .reading import Reading
from .value import Value

_IN = re.compile(r"[ -](?:[a-z]+ )?(?:in|out of)(?:[ -]every)?[ -]")
_FIGURES = re.compile(r"\d{1,4}(?![\d.,]\d|\w)")
_MOST = 1000
"""A larger number is a year, or no part of anything."""


def part_of(reading: Reading, at: int, end: int) -> Value | None:
    """
    The share that begins with a number; None where "in" says something else.

    Args:
        at, end: Where the first number stands, in figures or words.
    """
    match = _IN.match(reading.lower, end)
    if match is None:
        return None
    top, bottom = _number(reading.lower, at), _number(reading.lower, match.end())
    if top is None or bottom is None or not 0 < top[0] < bottom[0] <= _MOST:
        return None
    if unit_behind(reading, bottom[1], None)[0] is not None:
        return None  # "one fix in three months"
    share = top[0] / bottom[0]
    return reading.make(at, bottom[1], number=share, is_word=True, is_fraction=True)


def _number(lower: str, at: int) -> tuple[Decimal, int] | None:
    """A whole number in figures or words, and where it ends."""
    if figures := _FIGURES.match(lower, at):
        return Decimal(figures.group()), figures.end()
    words = in_words(lower, at)
    return (words.number, words.end) if words else None
