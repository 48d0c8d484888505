"""
Many entries of one feed -> their own texts.

Pure. One call holds all that is asked of a process which reads within limits: the entries and,
where the feed's furniture is not known yet, those that it is learned from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..settings import Feed
from ..text.copies import samples
from ..types import Document, Entry
from .furniture import furniture
from .post import needs_page, post


@dataclass(frozen=True, slots=True)
class OwnText:
    """What a feed says in one entry."""

    document: Document | None = None
    """None where it says nothing but furniture."""
    samples: frozenset[int] = frozenset()
    """Of the text, for finding copies."""
    needs_page: bool = False


@dataclass(frozen=True, slots=True)
class OwnTexts:
    texts: tuple[OwnText, ...]
    """In the order of the entries."""
    furniture: frozenset[str]
    """What they are without."""


def own_texts(
    body: bytes,
    *,
    url: str,
    feed: Feed,
    site: str,
    families: Mapping[str, tuple[str, ...]],
    entries: Sequence[Entry],
    furniture_from: Sequence[Entry] = (),
    known: frozenset[str] | None = None,
) -> OwnTexts:
    """
    The own texts of entries of one feed, each as `post` makes it.

    Args:
        body, url: Nothing, and the feed's address, as whoever reads in another process wants.
        site: The feed's name for itself.
        entries: As the store has them: their HTML is clean, `fetched_at` is set.
        furniture_from: The entries that its furniture is learned from.
        known: Its furniture, where it was learned before.
    """
    learned = furniture(furniture_from) if known is None else known
    return OwnTexts(tuple(_own(e, feed, site, families, learned) for e in entries), learned)


def _own(
    entry: Entry,
    feed: Feed,
    site: str,
    families: Mapping[str, tuple[str, ...]],
    learned: frozenset[str],
) -> OwnText:
    assert entry.fetched_at is not None
    made = post(entry, site=site, families=families, fetched_at=entry.fetched_at, furniture=learned)
    sampled = samples(made.text) if made else frozenset[int]()
    return OwnText(made, sampled, needs_page(entry, feed, made))
