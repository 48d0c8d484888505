"""
Likeness of pairs of a window, wherever that is found out.

Pure. A large window has hundreds of thousands of pairs to compare, each for itself. `likenesses`
says of some of them how like they are; it is a function of bytes, so that other processes and
machines do what is done here. What they need of a window goes to each of them once.
"""

from __future__ import annotations

import itertools
import math
import pickle
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .candidates import Pair
from .likeness import Weighed, likeness
from .nearness import MOST, Nearness


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a window's entries are compared by, as `Pair` counts them."""

    weighed: tuple[Weighed, ...]
    near: Nearness

    def value(self, pair: Pair, least: float = 0.0) -> float:
        """Likeness of a pair, symmetric; 0 may stand for one under `least`."""
        first, second = (self.weighed[index] for index in pair)
        if self.near.is_empty:
            return round(likeness(first, second, least=least).value, 9)
        # A cosine of long vectors costs more than all else: only where it may decide.
        lower = least / (least + (1 - least) * math.exp(MOST)) if least else 0.0
        if least and likeness(first, second, least=lower).value < lower:
            return 0.0
        return round(likeness(first, second, near=self.near.of(*pair)).value, 9)


def packed(comparison: Comparison) -> bytes:
    """As it travels: without the texts, which are most of it and are compared no more."""
    bare = (
        replace(
            each,
            signals=replace(
                each.signals, document=None, entry=replace(each.signals.entry, html="")
            ),
        )
        for each in comparison.weighed
    )
    return pickle.dumps(Comparison(tuple(bare), comparison.near), 5)


def packed_pairs(pairs: Iterable[Pair]) -> bytes:
    """The indexes of pairs one after the other, four bytes each."""
    return array("I", itertools.chain.from_iterable(pairs)).tobytes()


def likenesses(comparison: bytes, pairs: bytes, *, least: float) -> bytes:
    """
    The likeness of some pairs of a window.

    Args:
        comparison: As `packed` gave it, in this program; to open it takes a second or two.
        pairs: As `packed_pairs` gave them.

    Returns:
        A double for each pair; 0 for one under `least`.
    """
    held: Comparison = pickle.loads(comparison)  # noqa: S301 (see above)
    numbers = array("I", pairs)
    found = (held.value(pair, least) for pair in zip(numbers[::2], numbers[1::2], strict=True))
    return array("d", (value if value >= least else 0.0 for value in found)).tobytes()
