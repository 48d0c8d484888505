"""
A statement with what the rules found of it, and what is asked of a text.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..types import Derived, Problem
from .numbers import Place
from .quotes import Found
from .source import Basis, Source
from .statements import Statement
from .values import Value


@dataclass(slots=True)
class Judged:
    """A statement with its problems, and the places of what was proved."""

    statement: Statement
    basis: Basis
    problems: list[Problem] = field(default_factory=list)
    numbers: list[tuple[Value, tuple[Place, ...]]] = field(default_factory=list)
    names: list[tuple[str, Source, int, int]] = field(default_factory=list)
    quotes: list[Found] = field(default_factory=list)
    run: int = 0
    """Words of the longest run that it shares with a source."""

    @property
    def has_error(self) -> bool:
        return any(problem.level == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of a text."""

    derived: Sequence[Derived] = ()
    form: bool = True
    """U1, M1 and K1: rules for what we publish."""
    above: bool = False
    """The evidence is the text below: what is missing there is X1's."""
    secret: str = ""
    outcome: str = "dropped"
    """Of an error; a warning of a text that nothing is done to has none either."""
