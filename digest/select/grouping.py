"""
Entries → groups that tell one piece of news each.

Pure. Pairs that could be alike are found through rare words, links and samples of their
text, so that time does not grow with the square of the window. Groups grow by average
likeness, and no pair in a group may be unlike: A like B and B like C makes no story of A
and C. The order in which entries arrive decides nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from .likeness import SAME, Likeness, likeness
from .signals import Signals, rarities

COMMON = 60
"""Entries that share a word, a link or a sample before it says nothing any more."""
FLOOR = 0.55
"""Share of `SAME` that each pair of a group must reach."""
SAMPLE = 16
"""One in so many shingles is looked up."""

Group = tuple[Signals, ...]
Pair = tuple[int, int]


def groups(members: Sequence[Signals]) -> tuple[Group, ...]:
    """Put together what belongs together; groups and their members in the order of their keys."""
    ordered = sorted(members, key=lambda each: each.key)
    rarity = rarities(ordered)
    known: dict[Pair, Likeness] = {}

    def alike(i: int, j: int) -> float:
        pair = (min(i, j), max(i, j))
        if pair not in known:
            known[pair] = likeness(ordered[pair[0]], ordered[pair[1]], rarity)
        return known[pair].value

    edges = [(alike(i, j), i, j) for i, j in _candidates(ordered, rarity)]
    edges = sorted((e for e in edges if e[0] >= SAME), key=lambda e: (-round(e[0], 9), e[1], e[2]))
    home = {i: [i] for i in range(len(ordered))}
    for _, i, j in edges:
        ours, theirs = home[i], home[j]
        if ours is not theirs and _belong([alike(a, b) for a in ours for b in theirs]):
            ours += theirs
            home |= dict.fromkeys(theirs, ours)
    found = {id(group): group for group in home.values()}
    return tuple(
        tuple(ordered[i] for i in sorted(group)) for group in sorted(found.values(), key=min)
    )


def _belong(values: Sequence[float]) -> bool:
    return min(values) >= SAME * FLOOR and math.fsum(values) / len(values) >= SAME


def _candidates(members: Sequence[Signals], rarity: Mapping[str, float]) -> list[Pair]:
    """Pairs that share something rare, each once, in order."""
    holders: dict[tuple[str, str | int], list[int]] = defaultdict(list)
    for index, member in enumerate(members):
        for sign in _signs(member, rarity):
            holders[sign].append(index)
    pairs: Counter[Pair] = Counter()
    for sign, indexes in holders.items():
        if 1 < len(indexes) <= COMMON:
            strength = 1 if sign[0] == "word" else 2
            for pair in combinations(indexes, 2):
                pairs[pair] += strength
    return sorted(pair for pair, strength in pairs.items() if strength > 1)


def _signs(member: Signals, rarity: Mapping[str, float]) -> Iterator[tuple[str, str | int]]:
    """What brings an entry together with others: two words of titles, or one of the rest."""
    entry = member.entry
    for address in {entry.canonical, member.points_to, *member.links} - {""}:
        yield "address", address
    for term in member.title:
        yield "word", term
    rarest = sorted(member.head, key=lambda term: (-rarity[term], term))[:12]
    for term in set(rarest) - member.title:
        yield "word", term
    for shingle in member.shingles:
        if shingle % SAMPLE == 0:
            yield "shingle", shingle
