"""
What was written before a window, by which select knows which words are rare.

Touches the store.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ..store import Store
from ..types import Key

ENOUGH = 400
"""Entries, of the window and before it, among which rare words show; a hundred nearly do."""


def background(
    store: Store, window: Collection[Key], feeds: Collection[str], now: dt.datetime
) -> list[tuple[str, str]]:
    """
    Titles and texts of the latest entries that are not in the window; few for a large one.

    Args:
        window: Keys of its entries.
        feeds: Slugs of those that count.
    """
    before = _before(store, window, feeds, now)
    texts = store.documents.get(document for _, _, document in before if document)
    return [
        (title, texts[document].text if document in texts else "") for _, title, document in before
    ]


def keys_of_background(
    store: Store, window: Collection[Key], feeds: Collection[str], now: dt.datetime
) -> list[Key]:
    """The keys of those entries: their texts must be made before they can be told from."""
    return [key for key, _, _ in _before(store, window, feeds, now)]


def _before(
    store: Store, window: Collection[Key], feeds: Collection[str], now: dt.datetime
) -> list[tuple[Key, str, str]]:
    held = set(window)
    if len(held) >= ENOUGH:
        return []
    return [line for line in store.entries.before(feeds, now, ENOUGH) if line[0] not in held]
