"""What is compared elsewhere is what would be compared here."""

from __future__ import annotations

import math
from array import array

import pytest

from digest.select import likenesses, packed, packed_pairs
from digest.select.close import CLOSE, doubts
from digest.select.grouping import SAME, Grouper
from digest.select.signals import signals

from .news import ALL_ITEMS

PARTS = 3


def grouper(*, with_vectors: bool) -> Grouper:
    texts = {text.id: text for _, text in ALL_ITEMS}
    vectors = {
        each.key: [math.cos(n * k) for k in range(1, 9)] for n, (each, _) in enumerate(ALL_ITEMS)
    }
    seen = [signals(each, texts) for each, _ in ALL_ITEMS]
    return Grouper(seen, vectors) if with_vectors else Grouper(seen)


@pytest.mark.parametrize("with_vectors", [False, True])
@pytest.mark.parametrize("least", [SAME, CLOSE])
def test_groups_are_the_same(least: float, with_vectors: bool) -> None:
    """Likenesses of parts, put together: the same pairs, groups and doubts."""
    here, there = (grouper(with_vectors=with_vectors) for _ in range(2))
    pairs = there.candidates
    values = array("d", bytes(8 * len(pairs)))
    for first in range(PARTS):
        part = packed_pairs(pairs[first::PARTS])
        values[first::PARTS] = array("d", likenesses(packed(there.comparison), part, least=least))
    assert [value for value in values if 0 < value < least] == []
    there.learn(values, least)
    asked = there.comparison
    there.comparison = None  # type: ignore[assignment]
    assert there.pairs(least) == here.pairs(least)
    assert there.pairs(least)
    there.comparison = asked
    assert there.groups() == here.groups()
    assert there.merges() == here.merges()
    assert doubts(there) == doubts(here)


def test_texts_stay_at_home() -> None:
    """What travels holds words that are compared, and no text."""
    sent = packed(grouper(with_vectors=False).comparison)
    longest = max((text.text for _, text in ALL_ITEMS), key=len)
    assert longest[:80].encode() not in sent


def test_the_order_of_asking_decides_nothing() -> None:
    """Doubtful pairs first or last: the same."""
    one, other = grouper(with_vectors=False), grouper(with_vectors=False)
    groups = one.groups()
    assert (doubts(one), groups) == (doubts(other), other.groups())
