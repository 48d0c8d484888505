"""
The embeddings of a window's entries: from the store, and from the model what is not there.

Touches the store, and the model that feeds.yaml names through the door that it is given.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from array import array
from collections.abc import Awaitable, Callable, Mapping, Sequence

from ..errors import ModelError
from ..settings import LanguageModel
from ..store import Store
from ..types import Document, Entry, Key

Embed = Callable[[Sequence[str]], Awaitable[list[tuple[float, ...]]]]
"""Texts → their vectors, or a `ModelError`."""
READ_CHARACTERS = 1000
"""Of a text, which say what it is about; small models read no more."""
BATCH = 50
"""Texts of one call; what has come back is stored before the next is made."""
MOST = 2000
"""Texts that one run has embedded, the newest."""


async def embeddings(
    store: Store,
    entries: Sequence[Entry],
    texts: Mapping[str, Document],
    settings: LanguageModel | None,
    *,
    now: dt.datetime,
    report: Callable[[str], None],
    embed: Embed | None = None,
) -> dict[Key, array[float]]:
    """
    Embed entries, by title and the beginning of their text.

    Args:
        entries: In the order of their publication.
        texts: Documents by id.
        settings: `model:` of feeds.yaml; without `embedding` in it nothing is asked.
        now: When.
        report: Called with a line where the model fails: what it did not give is done without.
        embed: Asks the model; None: only what the store has is taken.

    Returns:
        Vectors by the keys of entries; empty where no model is set.
    """
    if settings is None or not settings.embedding:
        return {}
    name = settings.embedding
    said = {entry.key: _said(entry, texts) for entry in reversed(entries)}
    hashes = {key: _hash(name, text) for key, text in said.items()}
    known = store.vectors.get(hashes.values())
    wanted = {hashes[key]: text for key, text in said.items() if hashes[key] not in known}
    asked = list(wanted.items())[:MOST] if embed else []
    try:
        for start in range(0, len(asked), BATCH):
            batch = asked[start : start + BATCH]
            assert embed is not None
            found = await embed([text for _, text in batch])
            new = dict(zip((hash_ for hash_, _ in batch), found, strict=True))
            with store.transaction():
                store.vectors.put(new, now)
            known |= store.vectors.get(new)  # as a later run will have them
    except ModelError as exc:
        report(f"embeddings: {exc}; stories are made without those that are missing")
    return {key: known[hash_] for key, hash_ in hashes.items() if hash_ in known}


def _said(entry: Entry, texts: Mapping[str, Document]) -> str:
    text = texts[entry.document].text if entry.document in texts else ""
    return f"{entry.title}\n{text[:READ_CHARACTERS]}".strip() or entry.url


def _hash(name: str, text: str) -> str:
    return hashlib.sha256(f"{name}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
