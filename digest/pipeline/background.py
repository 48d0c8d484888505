"""
What was written before a window, by which select knows which words are rare.

Touches the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from ..store import Store
from ..types import Entry

ENOUGH = 400
"""Entries, of the window and before it, among which rare words show; a hundred nearly do."""


def background(
    store: Store, entries: Sequence[Entry], feeds: Collection[str], now: dt.datetime
) -> list[tuple[str, str]]:
    """Titles and texts of the latest entries that are not in the window; few for a large one."""
    held = {entry.key for entry in entries}
    if len(held) >= ENOUGH:
        return []
    before = [
        (title, document)
        for key, title, document in store.entries.before(feeds, now, ENOUGH)
        if key not in held
    ]
    texts = store.documents.get(document for _, document in before if document)
    return [
        (title, texts[document].text if document in texts else "") for title, document in before
    ]
