"""
Comparing the pairs of a large window on the workers of a cluster.

Touches the network, through the cluster. What a worker does is what would be done here, so the
groups are the same.
"""

from __future__ import annotations

from array import array
from functools import partial

from ..select import Reading, likenesses, packed, packed_pairs
from .cluster_opening import WhenAsked

WORTH = 100_000
"""Pairs from which it pays to have them compared elsewhere. 227,000, of 5,000 entries, took 11 s of
CPU here; with workers 3 s here, most of it for packing, and two more on each of them to unpack."""


async def compare(reading: Reading, away: WhenAsked, *, asks: bool) -> None:
    """
    Have a window's pairs compared elsewhere, if they are many.

    Args:
        reading: Knows the pairs' likenesses afterwards, or finds them by itself.
        asks: Whether a model will be asked about doubtful pairs, of which there are more.
    """
    grouper = reading.grouper
    pairs, least = grouper.candidates, reading.least(asks=asks)
    if len(pairs) < WORTH:
        return
    workers = await away.size()
    # Dealt out like cards: neighbours are of one feed, and take alike long.
    parts = [packed_pairs(pairs[first::workers]) for first in range(workers)]
    found = await away.map(partial(likenesses, least=least), packed(grouper.comparison), parts)
    if found is not None:
        values = array("d", bytes(8 * len(pairs)))
        for first, part in enumerate(found):
            values[first::workers] = array("d", part)
        grouper.learn(values, least)
