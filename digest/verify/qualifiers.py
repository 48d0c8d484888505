"""
N4: what qualifies a number in its source stands in the claim, or an equal word does.

Pure. "up to 96%" is not "96%". Words that say the same stand on one line of a table; those
that weaken a statement without binding a number are warned of, and so is a named thing that
a number was measured on: "40 tokens per second on an A100".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from .lists import phrase_list
from .numbers import Place
from .source import Source, bare
from .statements import Statement
from .values import Value

_BEFORE = 40
_FAR = 24
_FROM_AFAR = frozenset({"estimates", "estimated", "reportedly"})
"""Lines whose words bind a number from some way off: "estimates the damage at"."""
_AFTER = 12
_GAP = r"[ ]?(?:\b(?:an?|the|its) |[$€£¥] ?|US\$)?$"


_THING = r"(?:[A-Za-z]+[\d.]*\d[A-Za-z\d]*|\d+[A-Z][A-Za-z\d]*)s?(?![\w.]*\w)"
_ON = re.compile(
    r"\b(?i:on|with|using|via|across|inside) (?:an?|the|one|two|four|eight|sixteen|its|each|every"
    rf"|single|\d+)? ?(?:single )?(?:[A-Z][a-z]+ )?(?P<thing>{_THING})"
)
_MANY_OF = re.compile(rf" ?[×x-]? ?(?:[A-Z][A-Za-z]+ )?(?P<thing>{_THING})")
_THING_REACH = 70
_STOPS = re.compile(r"[.;:!?]\s|\n")


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
    bound: dict[int, list[_Line]] = {}
    for line in _lines()[0]:
        ends = [match.end() for match in line.head.finditer(before)]
        reach = _FAR if line.name in _FROM_AFAR else 1
        if ends and len(before) - ends[-1] <= reach:
            bound.setdefault(ends[-1], []).append(line)
    for lines in bound.values():  # of the lines that hold this phrase, one must be answered
        if not any(line.equal.search(claim) for line in lines):
            return lines[0].name
    if after.startswith(("+", " or more")) and not re.search(
        r"\+|or more|at least|over|more than", claim
    ):
        return "or more"
    return ""


def lost_thing(statement: Statement, found: Sequence[Place]) -> str:
    """
    The named thing that a number is bound to wherever its source states it, and the claim lacks.

    Only what a preposition or the number itself binds counts, and no thing of the title.
    """
    claim = frozenset(bare(word).rstrip("s") for word, _ in statement.tokens)
    lacking = ""
    for source, place in found:
        things = [thing for thing in _things(source, place) if thing not in source.document.title]
        if not things or any(bare(thing).rstrip("s") in claim for thing in things):
            return ""
        lacking = lacking or things[0]
    return lacking


def _things(source: Source, place: Value) -> Iterator[str]:
    """Words with letters and digits that a number of a source counts, or was measured on."""
    text = source.whole
    behind = text[place.end : place.end + _THING_REACH]
    ahead = text[max(0, place.start - _THING_REACH) : place.start]
    stop = _STOPS.search(behind)
    behind = behind[: stop.start()] if stop else behind
    starts = [match.end() for match in _STOPS.finditer(ahead)]
    ahead = ahead[starts[-1] :] if starts else ahead
    if match := _MANY_OF.match(behind):
        yield match["thing"]
    for part in (ahead, behind):
        yield from (match["thing"] for match in _ON.finditer(part))


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
