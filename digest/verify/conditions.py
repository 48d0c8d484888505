"""
N4: what a statement below holds under stands above too: "if the council agrees", "in mice".

Pure. A TL;DR is read without the text, so a condition that its body sentence has and it has not
makes it say more than is known. Asked of the stretch of the sentence below that it repeats;
words of one family answer each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import content_words
from .clauses import cut
from .families import families
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


def dropped(statement: Statement, below: str) -> Iterator[str]:
    """
    Conditions of a sentence below that a statement above repeats without them.

    Args:
        below: The sentence whose words the statement shares most with.
    """
    said = statement.text.lower()
    for segment in cut(below, _SEGMENTS):
        small = segment.text.lower()
        for number, family in enumerate(families("conditions")):
            match = family.heads.search(small)
            if match is None or _NO_CONDITION.search(small[: match.start()]):
                continue
            condition = _extent(segment.text, match, is_clause=number == 0)
            outside = small[: match.start()] + small[match.start() + len(condition) :]
            shared = statement.stems & frozenset(content_words(outside))
            if len(shared) >= _LEAST and not family.equal.search(said):
                yield " ".join(condition.split()[:_MOST_SHOWN]).rstrip(" ,.")


def _extent(text: str, match: re.Match[str], *, is_clause: bool) -> str:
    """A condition up to the end of its clause; of "for new", the word behind it too."""
    if is_clause:
        end = _ENDS.search(text, match.end())
        return text[match.start() : end.start() if end else len(text)]
    behind = _WORD.match(text, match.end()) if match.group().split()[-1] in _ADJECTIVES else None
    return text[match.start() : behind.end() if behind else match.end()]
