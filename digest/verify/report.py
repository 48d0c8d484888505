"""
What a check of one text found.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..types import Claim, Problem


@dataclass(frozen=True, slots=True)
class Report:
    """Problems and warnings of one text, its claims, and how many of each kind it holds."""

    problems: tuple[Problem, ...]
    """Errors, in the order of the text."""
    warnings: tuple[Problem, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    """claims, own, quotes, numbers, names, sentences."""
    claims: tuple[Claim, ...] = ()
    """Each sentence, row, item, bullet and heading, with what it rests on."""

    @property
    def is_clean(self) -> bool:
        """Whether no error was found."""
        return not self.problems


def report(
    found: Iterable[Problem], counts: Mapping[str, int], claims: tuple[Claim, ...] = ()
) -> Report:
    """Problems told apart by level; the same one is told once."""
    each = tuple(dict.fromkeys(found))
    return Report(
        tuple(problem for problem in each if problem.level == "error"),
        tuple(problem for problem in each if problem.level == "warning"),
        counts,
        claims,
    )
