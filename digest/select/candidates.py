"""
Which pairs of a window are compared at all: those that share enough of what is rare.

Pure. Time grows with the pairs that share something, not with the square of the window.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ..text.copies import keys
from .likeness import Weighed

COMMON = 40
"""Entries that share a name, a link or a sample before it says nothing any more."""
ENOUGH = 500
"""Evidence, in thousandths, from which a pair is compared: half of one thing that only these
two share. Whole numbers, so that the order of a sum decides nothing."""
RAREST = 12
"""Words looked up beside those of the title, names and numbers."""

Pair = tuple[int, int]


def candidates(members: Sequence[Weighed]) -> Iterator[Pair]:
    """Pairs of indexes, the lesser first, each once, in order of the greater."""
    signs = [tuple(_signs(member)) for member in members]
    held = Counter(sign for each in signs for sign, _ in each)
    holders: dict[str | int, list[int]] = defaultdict(list)
    for index, each in enumerate(signs):
        shared: dict[int, int] = defaultdict(int)
        for sign, worth in each:
            if 1 < held[sign] <= COMMON:
                for other in holders[sign]:
                    shared[other] += worth
                holders[sign].append(index)
        yield from sorted((other, index) for other, worth in shared.items() if worth >= ENOUGH)


def _signs(member: Weighed) -> Iterator[tuple[str | int, int]]:
    """What brings an entry together with others, and the evidence it is."""
    signals = member.signals
    for address in signals.addresses | member.links:
        yield address, ENOUGH
    head = signals.head
    telling = head.title | head.names | head.numbers
    others = (feature for feature in head.counts if feature not in telling)
    rarest = heapq.nlargest(RAREST, others, key=lambda name: (member.squares[name], name))
    for feature in (*telling, *rarest):
        yield feature, round(1000 * member.squares[feature])
    for sample in keys(signals.samples):
        yield sample, ENOUGH
