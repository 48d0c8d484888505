"""
Word lists that the rules stand on, as data files: a word a line or several, `#` begins a comment.

Pure.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list, in small letters as they stand there."""
    data = resources.files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
    lines = (line.partition("#")[0] for line in data.splitlines())
    return frozenset(word for line in lines for word in line.split())


@cache
def phrase_list(name: str) -> tuple[str, ...]:
    """The phrases of a list, one a line, in its order."""
    data = resources.files(__package__).joinpath(f"{name}.txt").read_text("utf-8")
    lines = (line.partition("#")[0].strip() for line in data.splitlines())
    return tuple(line for line in lines if line)
