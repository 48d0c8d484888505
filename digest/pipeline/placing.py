"""
Placing a new entry: is its text a copy of one that is in the store already?

Touches the store. Select says what a sample and what a copy is; the store finds those that
share some.
"""

from __future__ import annotations

from ..store import Store
from ..text.copies import is_copy, keys, samples
from ..types import Document, Entry


def place(
    store: Store, entry: Entry, document: Document, sampled: frozenset[int] | None = None
) -> tuple[str, str]:
    """
    Remember a text's samples, and find what it is a copy of.

    Args:
        sampled: The text's samples, where they were taken ahead.

    Returns:
        The key of the entry that had the text first; the entry's own where it is the first.
    """
    if sampled is None:
        sampled = samples(document.text)
    looked_up = keys(sampled)
    original = next(
        (first for _, first, theirs in store.samples.near(entry.key, looked_up)
         if first != entry.key and is_copy(sampled, theirs)),
        entry.key,
    )  # fmt: skip
    store.samples.put(entry.key, sampled, looked_up, original)
    return original
