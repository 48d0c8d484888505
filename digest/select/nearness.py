"""
How near two entries are by their embeddings, as evidence.

Pure. Cosines of one model lie between 0.6 and 0.9, of another between 0 and 0.5: what counts
is how far a pair lies above what is usual among the entries of the window.
"""

from __future__ import annotations

import math
import statistics
from array import array
from collections.abc import Sequence
from operator import mul

from .candidates import Pair

Vector = Sequence[float]

PAIRS = 2000
"""Pairs by which a window's usual cosine is measured."""
STRIDE = 7919
"""A prime, so that neighbours in order of key (of one feed) are seldom taken together."""
FEWEST = 10
"""Vectors; among fewer nothing is usual."""
NEAR, USUAL, MOST = 0.5, 3.0, 1.0
"""Log odds of each standard deviation above a number of them, and the bound."""


class Nearness:
    """
    Args:
        vectors: By index, all of one length; an empty one where an entry has none.
    """

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._unit = [_unit(vector) for vector in vectors]
        self.is_empty = not any(self._unit)
        held = [i for i, vector in enumerate(self._unit) if vector]
        self._mean = self._spread = 0.0
        if len(held) >= FEWEST:
            cosines = [self._cosine(*pair) for pair in _sample(held)]
            self._mean = statistics.fmean(cosines)
            self._spread = statistics.pstdev(cosines, self._mean)

    def of(self, i: int, j: int) -> float:
        """
        What embeddings say for a pair, in log odds, from 0 to MOST.

        They speak for a story and never against it: a model of one language sets the posts of
        another apart, and a short note about a long report.
        """
        if not self._spread or not self._unit[i] or not self._unit[j]:
            return 0.0
        deviations = (self._cosine(i, j) - self._mean) / self._spread
        return max(0.0, min(MOST, NEAR * (deviations - USUAL)))

    def _cosine(self, i: int, j: int) -> float:
        return math.fsum(map(mul, self._unit[i], self._unit[j]))


def _unit(vector: Vector) -> array[float]:
    """In four bytes a number: thousands of vectors of thousands of numbers fit."""
    length = math.sqrt(math.fsum(map(mul, vector, vector)))
    is_usable = length > 0 and math.isfinite(length)
    return array("f", (x / length for x in vector) if is_usable else ())


def _sample(held: Sequence[int]) -> list[Pair]:
    """Pairs spread over the window, the same each time."""
    size = len(held)
    pairs = ((k % size, (k * STRIDE + k // size) % size) for k in range(PAIRS))
    return [(held[one], held[other]) for one, other in pairs if one != other]
