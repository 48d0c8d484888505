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
IN, NEAREST = "in: ", "nearest: "
"""What hints begin with: the whole statement, of which `found` is a part; a passage."""

FELL = "what the text below says; its sentence there fell"
"""Expected of what stands above and has no fault of its own."""


def error(
    rule: str,
    where: str,
    found: str,
    expected: str,
    outcome: str = "dropped",
    *,
    statement: str = "",
    near: str = "",
) -> Problem:
    """A problem whose unit is dropped, unless another outcome is named."""
    return _problem("error", rule, where, found, expected, outcome, statement, near)


def warning(
    rule: str,
    where: str,
    found: str,
    expected: str,
    outcome: str = "published",
    *,
    statement: str = "",
    near: str = "",
) -> Problem:
    """A problem that is published and shown on the evidence page."""
    return _problem("warning", rule, where, found, expected, outcome, statement, near)


def statement_of(problem: Problem) -> str:
    """The text that a problem was found in, as far as it is shown."""
    if problem.hint.startswith(IN):
        return problem.hint.removeprefix(IN)
    return problem.found


def _problem(
    level: Literal["error", "warning"],
    rule: str,
    where: str,
    found: str,
    expected: str,
    outcome: str,
    statement: str,
    near: str,
) -> Problem:
    shown, whole = _shown(found), _shown(statement)
    hint = NEAREST + near if near else IN + whole if whole and whole != shown else ""
    return Problem(rule, where, shown, expected, hint=hint, outcome=outcome, level=level)


def _shown(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= MOST else line[: MOST - 1] + "…"
