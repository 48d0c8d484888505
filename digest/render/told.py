"""
Where an issue tells what a line above it sums up, so that a reader gets there in one click.

Pure. A line of an extractive front is a sentence of a part; a model's says the same in its own
words, and the part that has most of them is the one. In doubt there is no way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..types import Issue

SHARE = 0.6
"""Of a line's longer words and figures, how many its part has."""
_TELLING = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*(?<![.,])")


@dataclass(frozen=True, slots=True)
class Place:
    """A part of an issue, as its page names it."""

    title: str
    anchor: str
    """On the page; empty for what stands at its top."""


def told(issue: Issue) -> tuple[Place | None, ...]:
    """The part that tells each bullet of the TL;DR; None for one that no part surely does."""
    parts = list(_parts(issue))
    return tuple(_place(text, parts) for text in issue.front.tldr) if len(parts) > 1 else ()


def _parts(issue: Issue) -> Iterator[tuple[Place, str, frozenset[str]]]:
    for feature in issue.features:
        text = "\n".join((feature.title, *feature.tldr, feature.body))
        yield Place(feature.title, feature.slug), text, _telling(text)
    for item in issue.round_ups:
        text = f"{item.title}\n{item.text}"
        yield Place(item.title, f"r-{item.slug}"), text, _telling(text)


def _place(line: str, parts: list[tuple[Place, str, frozenset[str]]]) -> Place | None:
    for place, text, _ in parts:
        if line in text:
            return place
    wanted = _telling(line)
    shares = [(len(wanted & words), place) for place, _, words in parts]
    most, best = max(shares, key=lambda pair: pair[0])
    if most < SHARE * len(wanted) or sum(share == most for share, _ in shares) > 1:
        return None
    return best


def _telling(text: str) -> frozenset[str]:
    return frozenset(_TELLING.findall(text.lower()))
