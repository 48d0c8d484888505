"""
Entries → groups that tell one piece of news each.

Pure. Pairs that could be alike are found through what is rare, links and samples of their
text, so that time does not grow with the square of the window. Groups grow by average
likeness, the likest first, and no pair in a group may be unlike: A like B and B like C
makes no story of A and C. The order in which entries arrive decides nothing.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from .copies import keys
from .likeness import Weighed, likeness, weigh
from .signals import Signals, rarities

SAME = 0.5
"""Likeness from which two entries tell one story; that of a group is the mean of its pairs'."""
FLOOR, OWN_FLOOR = 0.05, 0.3
"""Likeness that each pair of a group must reach, and two posts of one feed: a publisher that
writes twice has mostly two things to say."""
COMMON = 40
"""Entries that share a name, a link or a sample before it says nothing any more."""
ENOUGH = 500
"""Evidence, in thousandths, from which a pair is compared: half of one thing that only these
two share. Whole numbers, so that the order of a sum decides nothing."""
RAREST = 12
"""Words looked up beside those of the title, names and numbers."""

Group = tuple[Signals, ...]
Pair = tuple[int, int]


def groups(members: Sequence[Signals]) -> tuple[Group, ...]:
    """Put together what belongs together; groups and their members in the order of their keys."""
    ordered = sorted(members, key=lambda each: each.key)
    rarity = rarities(each.head for each in ordered)
    weighed = [weigh(each, rarity) for each in ordered]
    known: dict[Pair, float] = {}

    def alike(i: int, j: int) -> float:
        pair = (min(i, j), max(i, j))
        if pair not in known:
            known[pair] = round(likeness(weighed[pair[0]], weighed[pair[1]]).value, 9)
        return known[pair]

    def floor(i: int, j: int) -> float:
        return OWN_FLOOR if ordered[i].entry.feed == ordered[j].entry.feed else FLOOR

    for i, j in _candidates(weighed):
        value = round(likeness(weighed[i], weighed[j], least=SAME).value, 9)
        if value >= SAME:
            known[i, j] = value
    home = {i: [i] for i in range(len(ordered))}
    for i, j in sorted(known, key=lambda pair: (-known[pair], pair)):
        ours, theirs = home[i], home[j]
        if ours is theirs:
            continue
        between = [(alike(a, b), floor(a, b)) for a in ours for b in theirs]
        mean = math.fsum(value for value, _ in between) / len(between)
        if mean >= SAME and all(value >= least for value, least in between):
            ours += theirs
            home |= dict.fromkeys(theirs, ours)
    found = {id(group): group for group in home.values()}
    return tuple(
        tuple(ordered[i] for i in sorted(group)) for group in sorted(found.values(), key=min)
    )


def _candidates(members: Sequence[Weighed]) -> Iterator[Pair]:
    """Pairs that share enough of what is rare, each once, in order."""
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
    for address in {signals.entry.canonical, *member.links} - {""}:
        yield address, ENOUGH
    head = signals.head
    telling = head.title | head.names | head.numbers
    others = (feature for feature in head.counts if feature not in telling)
    rarest = heapq.nlargest(RAREST, others, key=lambda name: (member.squares[name], name))
    for feature in (*telling, *rarest):
        yield feature, round(1000 * member.squares[feature])
    for sample in keys(signals.samples):
        yield sample, ENOUGH
