"""
Entries → groups that tell one piece of news each.

Pure. Groups grow by average likeness, the likest first, and no pair in a group may be
unlike: A like B and B like C makes no story of A and C. The order in which entries arrive
decides nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..types import Key
from .candidates import Pair, candidates
from .comparing import Comparison
from .features import Features
from .likeness import answer, weigh
from .nearness import Nearness, Vector
from .signals import Signals, rarities

SAME = 0.5
"""Likeness from which two entries tell one story; that of a group is the mean of its pairs'."""
FLOOR, OWN_FLOOR = 0.05, 0.3
"""Likeness that each pair of a group must reach, and two posts of one feed: a publisher that
writes twice has mostly two things to say."""

Group = tuple[Signals, ...]
NO_VECTORS: Mapping[Key, Vector] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Merge:
    """Two parts of a group, as they came together."""

    value: float
    """Mean likeness of the pairs between them."""
    pair: Pair
    """The likest two."""


class Grouper:
    """
    Groups one window, as often as it is asked, and compares each pair once.

    Args:
        members: In any order; `members` holds them by key, and indexes count in it.
        vectors: Embeddings by key, all of one model; entries without one are compared by what
            they share alone.
        background: What other entries hold, by which it is known what is rare.
    """

    def __init__(
        self,
        members: Sequence[Signals],
        vectors: Mapping[Key, Vector] = NO_VECTORS,
        background: Sequence[Features] = (),
    ) -> None:
        self.members = sorted(members, key=lambda each: each.key)
        rarity = rarities([*(each.head for each in self.members), *background])
        weighed = tuple(weigh(each, rarity) for each in self.members)
        near = Nearness([vectors.get(each.key, ()) for each in self.members])
        self.comparison = Comparison(weighed, near)
        self.candidates = tuple(candidates(weighed))
        self._values: dict[Pair, float] = {}
        self._reach: dict[float, list[Pair]] = {}

    def groups(self, apart: Collection[Pair] = frozenset()) -> list[list[int]]:
        """
        Put together what belongs together.

        Args:
            apart: Pairs that no group may hold.

        Returns:
            Indexes in order, groups by their first.
        """
        return self._grown(frozenset(apart))[0]

    def merges(self) -> list[Merge]:
        """How the groups came about, in their order."""
        return self._grown(frozenset())[1]

    def pairs(self, least: float) -> list[Pair]:
        """Pairs that reach a likeness, the likest first."""
        if least not in self._reach:
            lower = max((known for known in self._reach if known < least), default=None)
            among = self.candidates if lower is None else self._reach[lower]
            self._keep([pair for pair in among if self.value(*pair, least) >= least], least)
        return self._reach[least]

    def answers(self) -> dict[int, frozenset[int]]:
        """Of each rumour the entries that deny it, and of each denial what it denies."""
        found: dict[int, frozenset[int]] = {}
        weighed = self.comparison.weighed
        for i, j in self.candidates:
            if answer(weighed[i], weighed[j]) >= SAME:
                found[i] = found.get(i, frozenset()) | {j}
                found[j] = found.get(j, frozenset()) | {i}
        return found

    def learn(self, values: Sequence[float], least: float) -> None:
        """
        Take what was found out elsewhere: of each candidate what `likenesses` says.

        Args:
            values: In the order of `candidates`.
            least: With which they were asked for.
        """
        found = {pair: value for pair, value in zip(self.candidates, values, strict=True) if value}
        self._values |= found
        self._keep(found, least)

    def _keep(self, reaching: Iterable[Pair], least: float) -> None:
        self._reach[least] = sorted(reaching, key=lambda pair: (-self._values[pair], pair))

    def value(self, i: int, j: int, least: float = 0.0) -> float:
        """Likeness of a pair, symmetric; 0 may stand for one under `least`."""
        pair = (min(i, j), max(i, j))
        if (known := self._values.get(pair)) is not None:
            return known
        found = self.comparison.value(pair, least)
        if found or not least:
            self._values[pair] = found
        return found

    def _grown(self, apart: frozenset[Pair]) -> tuple[list[list[int]], list[Merge]]:
        home = {i: [i] for i in range(len(self.members))}
        merges = []
        for pair in self.pairs(SAME):
            ours, theirs = (home[index] for index in pair)
            if ours is theirs:
                continue
            between = list(itertools.product(ours, theirs))
            mean = math.fsum(self.value(*each) for each in between) / len(between)
            if mean >= SAME and all(self._may_meet(*each, apart) for each in between):
                merges.append(Merge(round(mean, 9), pair))
                ours += theirs
                home |= dict.fromkeys(theirs, ours)
        found = {id(group): sorted(group) for group in home.values()}
        return sorted(found.values()), merges

    def _may_meet(self, i: int, j: int, apart: frozenset[Pair]) -> bool:
        is_one_feed = self.members[i].entry.feed == self.members[j].entry.feed
        is_apart = (min(i, j), max(i, j)) in apart
        return not is_apart and self.value(i, j) >= (OWN_FLOOR if is_one_feed else FLOOR)


def groups(members: Sequence[Signals]) -> tuple[Group, ...]:
    """The groups of a window, and their members, in the order of their keys."""
    grouper = Grouper(members)
    return tuple(tuple(grouper.members[i] for i in group) for group in grouper.groups())
