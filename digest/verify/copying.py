"""
K1's other half: no long run of a source's words outside quotation marks.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .quotations import without_quotations
from .source import TOKEN, Source, bare
from .values import plain

MOST_RUN = 25
WARNED_RUN = 12


class Run(NamedTuple):
    """The longest run of words that a text shares with a source."""

    words: int
    text: str


def longest_run(text: str, sources: Sequence[Source]) -> Run:
    """
    The longest run of words of any source in a text, quotations aside.

    A run of more than `WARNED_RUN` words holds one word in so many, so that only those are
    looked up; shorter ones may be missed and do not matter.
    """
    tokens = list(TOKEN.finditer(plain(without_quotations(text))))
    words = [bare(token.group()) for token in tokens]
    best = Run(0, "")
    done: set[tuple[int, int, int]] = set()
    for anchor in range(WARNED_RUN, len(words), WARNED_RUN + 1):
        for number, source in enumerate(sources):
            for place in source.places.get(words[anchor], ())[:400]:
                key = (number, place - anchor, anchor // (WARNED_RUN + 1))
                if key in done:
                    continue
                first, last = _extended(words, source.words, anchor, place)
                if last - first > best.words:
                    shown = text[tokens[first].start() : tokens[last - 1].end()]
                    best = Run(last - first, shown)
                done.add(key)
    return best


def _extended(words: Sequence[str], theirs: Sequence[str], at: int, place: int) -> tuple[int, int]:
    """First and last (exclusive) word of the run around a pair of equal words."""
    first = at
    while (
        first > 0
        and place - (at - first) > 0
        and words[first - 1] == theirs[place - (at - first) - 1]
    ):
        first -= 1
    last = at + 1
    while (
        last < len(words)
        and place + last - at < len(theirs)
        and words[last] == theirs[place + last - at]
    ):
        last += 1
    return first, last
