"""
N4: what a statement below holds under stands above too: "if the council agrees", "in mice".

Pure. A TL;DR is read without the text, so a condition that its body sentence has and it has not
makes it say more than is known. Asked of the stretch of the sentence below that it repeats;
words of one family answer each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..text import content_words
from .clauses import Clause
from .lists import phrase_list
from .qualifiers import bounded
from .statements import Statement

_SEGMENTS = re.compile(r"[;—]|: |, (?:and|but|while|whereas) ")
_LEAST = 2
"""Content words that claim and stretch share outside the condition."""
_MOST_SHOWN = 7
"""Words of a condition that are shown."""
_ENDS = re.compile(r",|\.\s|\.$")
_WORD = re.compile(r" [\w-]+")
_ADJECTIVES = frozenset("new existing business paying selected some first-time private".split())
_NO_CONDITION = re.compile(
    r"\b(?:as|even|what|see|ask|asks|asked|whether|know|wonder|doubt|and|or) $"
)
"""Before "if": then it is none."""


class _Family(NamedTuple):
    heads: re.Pattern[str]
    equal: re.Pattern[str]


@cache
def _families() -> tuple[_Family, ...]:
    found = []
    for line in phrase_list("conditions"):
        heads, _, others = line.partition(";")
        phrases = [each.strip() for part in (heads, others) for each in part.split("|")]
        found.append(
            _Family(
                re.compile("|".join(bounded(each.strip()) for each in heads.split("|"))),
                re.compile("|".join(bounded(each) for each in phrases if each)),
            )
        )
    return tuple(found)


def dropped(statement: Statement, below: str) -> Iterator[str]:
    """
    Conditions of a sentence below that a statement above repeats without them.

    Args:
        below: The sentence whose words the statement shares most with.
    """
    said = statement.text.lower()
    for segment in _segments(below):
        small = segment.text.lower()
        for number, family in enumerate(_families()):
            match = family.heads.search(small)
            if match is None or _NO_CONDITION.search(small[: match.start()]):
                continue
            condition = _extent(segment.text, match, is_clause=number == 0)
            outside = small[: match.start()] + small[match.start() + len(condition) :]
            shared = statement.stems & frozenset(content_words(outside))
            if len(shared) >= _LEAST and not family.equal.search(said):
                yield " ".join(condition.split()[:_MOST_SHOWN]).rstrip(" ,.")


def _segments(text: str) -> Iterator[Clause]:
    start = 0
    for match in _SEGMENTS.finditer(text):
        yield Clause(text[start : match.start()], start, match.start())
        start = match.end()
    yield Clause(text[start:], start, len(text))


def _extent(text: str, match: re.Match[str], *, is_clause: bool) -> str:
    """A condition up to the end of its clause; of "for new", the word behind it too."""
    if is_clause:
        end = _ENDS.search(text, match.end())
        return text[match.start() : end.start() if end else len(text)]
    behind = _WORD.match(text, match.end()) if match.group().split()[-1] in _ADJECTIVES else None
    return text[match.start() : behind.end() if behind else match.end()]
