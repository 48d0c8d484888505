"""
N4: what qualifies a number in its source stands in the claim, or an equal word does.

Pure. "up to 96%" is not "96%". Words that say the same stand on one line of a table; those
that weaken a statement without binding a number are warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from .lists import phrase_list
from .numbers import Place
from .source import Source
from .statements import Statement
from .values import Value

_BEFORE = 40
_FAR = 24
_FROM_AFAR = frozenset({"estimates", "estimated", "reportedly"})
"""Lines whose words bind a number from some way off: "estimates the damage at"."""
_AFTER = 12
_GAP = r"[ ]?(?:\b(?:an?|the|its) |[$€£¥] ?|US\$)?$"


class _Line(NamedTuple):
    head: re.Pattern[str]
    """The first phrase of the line, right before or behind a number."""
    equal: re.Pattern[str]
    """Any of the line's phrases, anywhere in a sentence."""
    name: str


@cache
def _lines() -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
    """Lines that bind a number, and lines that weaken a statement."""
    binding: list[_Line] = []
    weakening: list[_Line] = []
    for line in phrase_list("qualifiers"):
        weak = line.startswith("?")
        phrases = [phrase.strip() for phrase in line.lstrip("?! ").split("|")]
        heads = phrases if line.startswith(("?", "!")) else phrases[:1]
        any_of = "|".join(_bounded(phrase) for phrase in phrases)
        head = "|".join(_bounded(phrase) for phrase in heads)
        (weakening if weak else binding).append(
            _Line(re.compile(f"(?:{head})"), re.compile(any_of), phrases[0])
        )
    return tuple(binding), tuple(weakening)


def _bounded(phrase: str) -> str:
    words = re.escape(phrase)
    left = r"\b" if phrase[:1].isalnum() else ""
    right = r"\b" if phrase[-1:].isalnum() else ""
    return f"{left}{words}{right}"


def lost(statement: Statement, value: Value, found: Sequence[Place]) -> str:
    """
    The qualifier that a number has wherever its source states it, and the claim has not.

    Args:
        found: Where the value stands; those that fit the sentence best, where they are known.
    """
    claim_has = statement.text.lower()
    lacking = ""
    for source, place in found:
        missing = _lost_at(claim_has, source, place)
        if not missing:
            return ""
        lacking = lacking or missing
    return lacking


def _lost_at(claim: str, source: Source, place: Value) -> str:
    text = source.whole
    before = re.sub(_GAP, "", text[max(0, place.start - _BEFORE) : place.start].lower())
    after = text[place.end : place.end + _AFTER].lower()
    for line in _lines()[0]:
        ends = [match.end() for match in line.head.finditer(before)]
        reach = _FAR if line.name in _FROM_AFAR else 1
        bound = bool(ends) and len(before) - ends[-1] <= reach
        if bound and not line.equal.search(claim):
            return line.name
    if after.startswith(("+", " or more")) and not re.search(
        r"\+|or more|at least|over|more than", claim
    ):
        return "or more"
    return ""


def weakened(statement: Statement, sentences: Sequence[str]) -> Iterator[str]:
    """Words of the cited sentences that make them less than certain, and that the claim lacks."""
    claim = statement.text.lower()
    for line in _lines()[1]:
        if line.equal.search(claim):
            continue
        held = [line.head.search(sentence.lower()) for sentence in sentences]
        if held and all(held):
            first = held[0]
            yield first.group() if first else line.name
