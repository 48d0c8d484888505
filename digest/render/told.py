"""
Where an issue tells what a line above it sums up, so that a reader gets there in one click.

Pure. A line of an extractive front is a sentence of a part; a model's says the same in its own
words, and the part that has most of them is the one. In doubt there is no way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..types import Issue

SHARE = 0.6
"""Of a line's longer words and figures, how many its part has."""
_LETTER, _FIGURE = r"[^\W\d_]", r"\d[\d.,]*(?<![.,])"
_is_letter = re.compile(_LETTER).match
_TELLING = re.compile(rf"{_LETTER}{{4,}}|{_FIGURE}")


@dataclass(frozen=True, slots=True)
class Place:
    """A part of an issue, as its page names it."""

    title: str
    anchor: str
    """On the page; empty for what stands at its top."""


def told(issue: Issue) -> tuple[Place | None, ...]:
    """The part that tells each bullet of the TL;DR; None for one that no part surely does."""
    parts = list(_parts(issue)) if issue.front.tldr else []
    return tuple(_place(text, parts) for text in issue.front.tldr) if len(parts) > 1 else ()


class _Part:
    """A part of an issue with its text."""

    def __init__(self, place: Place, text: str) -> None:
        self.place, self.text = place, text
        self._lowered = text.lower()

    def has(self, word: str) -> bool:
        """Whether a word or figure is among those of `_telling`. Few are asked for, of many."""
        if word not in self._lowered:
            return False
        if word[0].isdecimal():
            return word in self._figures
        text, start = self._lowered, self._lowered.find(word)
        while start >= 0:
            end = start + len(word)
            if not (_is_letter(text[start - 1 : start]) or _is_letter(text[end : end + 1])):
                return True
            start = text.find(word, start + 1)
        return False

    @cached_property
    def _figures(self) -> frozenset[str]:
        return frozenset(re.findall(_FIGURE, self._lowered))


def _parts(issue: Issue) -> Iterator[_Part]:
    for feature in issue.features:
        text = "\n".join((feature.title, *feature.tldr, feature.body))
        yield _Part(Place(feature.title, feature.slug), text)
    for item in issue.round_ups:
        yield _Part(Place(item.title, f"r-{item.slug}"), f"{item.title}\n{item.text}")


def _place(line: str, parts: list[_Part]) -> Place | None:
    for part in parts:
        if line in part.text:
            return part.place
    wanted = _telling(line)
    shares = [(sum(map(part.has, wanted)), part.place) for part in parts]
    most, best = max(shares, key=lambda pair: pair[0])
    if most < SHARE * len(wanted) or sum(share == most for share, _ in shares) > 1:
        return None
    return best


def _telling(text: str) -> frozenset[str]:
    return frozenset(_TELLING.findall(text.lower()))
