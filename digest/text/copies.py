"""
Near copies by content: samples of a text, and whether two texts are one.

Pure. A sample is the hash of five words in a row; one row in four is taken, and which one
its own first word decides, so that a text and its excerpt are sampled alike. The store
keeps the smallest of them in an index, which is how a copy is found among any number of
texts without reading them.
Source: A. Broder, "On the resemblance and containment of documents" (1997).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Sequence, Set

READ = 8000
"""Characters of a text that are looked at: a copy shows in its first thousand words."""
ROW = 5
ONE_IN = 4
COPIED = 0.6
"""Share of the shorter text's samples that stand in the longer one: a copy or an excerpt."""
FEWEST = 8
"""Fewer samples, about forty words, prove nothing."""
KEYS = 12
"""Samples of a text that are looked up."""

_WORD = re.compile(r"[^\W_]+")


def samples(text: str) -> frozenset[int]:
    """Hashes of a quarter of all runs of five words; the same in every process."""
    tokens = " ".join(_WORD.findall(text[:READ].lower())).encode().split()
    openers = {token for token in set(tokens) if zlib.crc32(token) % ONE_IN == 0}
    return frozenset(
        zlib.crc32(b" ".join(tokens[at : at + ROW]))
        for at, token in enumerate(tokens[: max(0, len(tokens) - ROW + 1)])
        if token in openers
    )


def keys(sampled: Collection[int]) -> Sequence[int]:
    """The smallest samples: two texts that share most samples share some of these."""
    return sorted(sampled)[:KEYS]


def is_copy(first: Set[int], second: Set[int]) -> bool:
    """A near copy or an excerpt, by the share of the shorter one's samples."""
    fewer = min(len(first), len(second))
    return fewer >= FEWEST and len(first & second) >= COPIED * fewer


def share_of(sampled: Set[int], original: Set[int]) -> float:
    """How much of a text stands in another, 0 to 1; 0 where it is too short to tell."""
    return len(sampled & original) / len(sampled) if len(sampled) >= FEWEST else 0.0
