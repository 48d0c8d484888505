"""
What the words beside a value say of it: "about", "up to", "nearly", "or more".

Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .value import Hedge, Value

_HEDGES: tuple[tuple[Hedge, str], ...] = (
    ("under", "under|less than|fewer than|below|lower than|shy of|within|short of|inside"),
    (
        "over",
        "over|more than|above|upwards? of|north of|greater than|exceeds?|exceeding|beyond|topped",
    ),
    ("least", "at least|no less than|no fewer than|minimum of|starting at|a minimum"),
    ("most", "up to|as much as|as many as|at most|no more than|maximum of|capped at|not more than"),
    ("almost", "nearly|almost|close to|just under|just below|approaching"),
    (
        "about",
        "about|around|roughly|approximately|approx\\.?|some|circa|ca\\.|estimated|~|≈|order of",
    ),
)
_HEDGE_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in reversed(_HEDGES))
    + r") ?(?:a |an |the |one |of )?$"
)
_HEDGE_AFTER = re.compile(
    r"(?P<over>\+|-?plus\b| or more\b| or higher\b)|(?P<about>-?ish\b| or so\b)"
)
_HEDGE_ENDS = frozenset(
    "a an the one of under than below within inside over above exceed exceeds exceeding beyond "
    "topped least minimum at to much many most more maximum nearly almost approaching about around "
    "roughly approximately approx approx. some circa ca. estimated order shy short upward upwards "
    "north".split()
)
"""Last words of what `_HEDGE_BEFORE` finds, so that it is seldom asked."""


def hedged(value: Value, lower: str) -> Value:
    """A value with the hedge that stands before or behind it in a text of small letters."""
    hedge = _hedge(value.start, value.end, lower)
    return replace(value, hedge=hedge) if hedge else value


def _hedge(start: int, end: int, lower: str) -> Hedge:
    before = lower[max(0, start - 24) : start].rstrip()
    last = before[before.rfind(" ") + 1 :].lstrip("(")
    match = None
    if last in _HEDGE_ENDS or last[-1:] in {"~", "≈"}:
        match = _HEDGE_BEFORE.search(lower, max(0, start - 24), start)
    match = match or _HEDGE_AFTER.match(lower, end)
    return match.lastgroup if match else ""  # type: ignore[return-value]
