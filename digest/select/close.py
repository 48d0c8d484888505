"""
Pairs that counting cannot decide, and what becomes of a model's answers to them.

Pure. A model is asked about few pairs, by ids, and what it says is one more piece of
evidence: it joins nothing that two titles contradict, and nothing through a third.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..types import ClosePair, PairAnswer
from .candidates import Pair
from .conflict import conflict
from .grouping import SAME, Grouper

CLOSE, SURE = 0.2, 0.75
"""Likeness between which a pair is worth a question."""
MOST = 40
"""Pairs that are offered; a call to a model holds them with the beginnings of their texts."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A close pair, as the grouper counts entries."""

    pair: Pair
    value: float
    is_one: bool


def doubts(grouper: Grouper, most: int = MOST) -> tuple[Doubt, ...]:
    """
    The pairs whose answer would change the stories, the most doubtful first.

    Of two groups, or two parts of one, only the likest pair is asked about.
    """
    grouper.pairs(CLOSE)  # first: those that reach more are among them
    found = [*_parted(grouper), *_merged(grouper)]
    found.sort(key=lambda doubt: (abs(doubt.value - SAME), doubt.pair))
    return tuple(found[:most])


def _parted(grouper: Grouper) -> Iterator[Doubt]:
    """The likest pair of each two groups that came near to being one."""
    home = _homes(grouper.groups())
    asked: set[tuple[int, int]] = set()
    for i, j in grouper.pairs(CLOSE):
        groups = (min(home[i][0], home[j][0]), max(home[i][0], home[j][0]))
        if groups[0] != groups[1] and groups not in asked:
            asked.add(groups)
            if not _contradict(grouper, home[i], home[j]):
                yield Doubt((i, j), min(grouper.value(i, j), SAME), is_one=False)


def _merged(grouper: Grouper) -> Iterator[Doubt]:
    for merge in grouper.merges():
        if merge.value < SURE and grouper.value(*merge.pair) < 1.0:
            yield Doubt(merge.pair, merge.value, is_one=True)


def close_pairs(grouper: Grouper, found: Sequence[Doubt]) -> tuple[ClosePair, ...]:
    """The same pairs with ids, as they are offered."""
    return tuple(
        ClosePair(
            f"P{number}",
            grouper.members[doubt.pair[0]].entry,
            grouper.members[doubt.pair[1]].entry,
            doubt.value,
            doubt.is_one,
        )
        for number, doubt in enumerate(found, 1)
    )


def answered(
    grouper: Grouper, found: Sequence[Doubt], answers: Sequence[PairAnswer]
) -> list[list[int]]:
    """
    The groups once the answers are heard.

    A "no" keeps its two entries apart, and the groups grow again without that bond. A "yes"
    makes one of two groups that do not contradict each other; three become one only where
    there is a "yes" between each two of them.
    """
    said: dict[str, set[bool]] = {}
    for answer in answers:
        said.setdefault(answer.pair, set()).add(answer.is_one)
    clear = {
        doubt.pair: False not in said[name]
        for number, doubt in enumerate(found, 1)
        if len(said.get(name := f"P{number}", ())) == 1 and doubt.is_one == (False in said[name])
    }
    grown = grouper.groups(apart={pair for pair, is_one in clear.items() if not is_one})
    return _joined(grouper, grown, [pair for pair, is_one in clear.items() if is_one])


def _joined(grouper: Grouper, grown: list[list[int]], pairs: Sequence[Pair]) -> list[list[int]]:
    home = _homes(grown)
    bonds = {frozenset((home[i][0], home[j][0])) for i, j in pairs}
    parts = {group[0]: [group[0]] for group in grown}
    for i, j in sorted(pairs, key=lambda pair: (-grouper.value(*pair), pair)):
        ours, theirs = parts[home[i][0]], parts[home[j][0]]
        if ours is not theirs and all(
            frozenset(each) in bonds and not _contradict(grouper, *(home[first] for first in each))
            for each in itertools.product(ours, theirs)
        ):
            ours += theirs
            parts |= dict.fromkeys(theirs, ours)
    whole = {id(each): sorted(i for first in each for i in home[first]) for each in parts.values()}
    return sorted(whole.values())


def _homes(groups: Sequence[Sequence[int]]) -> Mapping[int, Sequence[int]]:
    return {i: group for group in groups for i in group}


def _contradict(grouper: Grouper, ours: Sequence[int], theirs: Sequence[int]) -> bool:
    members = grouper.members
    return any(conflict(members[i], members[j]) for i, j in itertools.product(ours, theirs))
