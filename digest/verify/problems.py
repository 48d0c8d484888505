"""
Problems in words: one way to report what a rule found.

Pure.
"""

from __future__ import annotations

from typing import Literal

from ..text import one_line
from ..types import Problem

MOST = 240
"""Characters of what is shown of a text."""


def error(rule: str, where: str, found: str, expected: str, outcome: str = "dropped") -> Problem:
    """A problem whose unit is dropped, unless another outcome is named."""
    return _problem("error", rule, where, found, expected, outcome)


def warning(
    rule: str, where: str, found: str, expected: str, outcome: str = "published"
) -> Problem:
    """A problem that is published and shown on the evidence page."""
    return _problem("warning", rule, where, found, expected, outcome)


def _problem(
    level: Literal["error", "warning"],
    rule: str,
    where: str,
    found: str,
    expected: str,
    outcome: str,
) -> Problem:
    line = one_line(found)
    shown = line if len(line) <= MOST else line[: MOST - 1] + "…"
    return Problem(rule, where, shown, expected, outcome=outcome, level=level)
