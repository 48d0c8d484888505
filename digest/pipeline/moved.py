"""
Where the pages of entries, and those that they point to, answered when they were read.

Touches the store.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..store import Store
from ..types import Entry
from ..urls import canonical


def moved(store: Store, entries: Sequence[Entry]) -> dict[str, str]:
    """Of canonical addresses that redirect, as far as the store knows, those that answer."""
    asked = [address for e in entries for address in (e.canonical, canonical(e.points_to))]
    ends = {
        a: canonical(url) for a, url in store.documents.answered_at(filter(None, asked)).items()
    }
    return {start: end for start, end in ends.items() if end and end != start}
