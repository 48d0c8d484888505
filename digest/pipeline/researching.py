"""
Stories → dossiers: much is read for those that may become features, little for the rest.

Touches network and store, through `Pages` and `Searches`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..research import Candidate, Means, Search, Shelf, background, dossier, investigate, outlook
from ..select import next_in_line
from ..settings import Config
from ..types import Document, Dossier, Story, Told
from ..urls import canonical
from .pages import Pages

UNDERSTUDIES = 2
"""Round-ups that are read up on too, so that one can move up when a feature is let down."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a feature would be told from."""

    dossier: Dossier
    """Of what is at hand."""
    candidates: tuple[Candidate, ...]
    """Pages that would be opened, in order, until enough is known or `most` are."""
    held: frozenset[str]
    """Addresses of those that were read before."""
    most: int


class Researching:
    """
    Args:
        config: Families of publishers, and how much may be read.
        pages: Opens addresses, each once.
        search: Asks a search provider; None for none.
    """

    def __init__(self, config: Config, pages: Pages, search: Search | None = None) -> None:
        self._config, self._pages, self._search = config, pages, search
        self._most = config.research.pages

    async def gather(
        self,
        stories: Sequence[Story],
        texts: Mapping[str, Document],
        told: Sequence[Told] = (),
    ) -> tuple[Dossier, ...]:
        """
        Collect the documents of all stories of an issue, in their order.

        Args:
            stories: Those that have a place.
            texts: Documents by id: the entries' own.
            told: What past issues told.
        """
        shelf = Shelf(texts)
        means = Means(
            background(shelf.titles()),
            self._config.publishers,
            told,
            self._search,
            None if self._pages.is_online else self._at_hand(shelf),
        )
        features = [story for story in stories if story.place == "feature"]
        features += next_in_line(stories, texts, UNDERSTUDIES)
        deep = {story.lead.key for story in features}
        read = self._pages.read
        return tuple(
            await asyncio.gather(
                *(
                    investigate(story, shelf, read, means, pages=self._most)
                    if story.lead.key in deep
                    else dossier(story, shelf, read, pages=self._most)
                    for story in stories
                )
            )
        )

    async def foresee(
        self, stories: Sequence[Story], texts: Mapping[str, Document]
    ) -> tuple[Outlook, ...]:
        """What features would be told from, as far as can be said from what is at hand."""
        shelf = Shelf(texts)
        known = background(shelf.titles())
        is_at_hand = self._at_hand(shelf)
        found = []
        for story in stories:
            if story.place == "feature":
                own = await dossier(story, shelf, self._pages.read, pages=self._most)
                next_ = outlook(own, known, self._config.publishers)
                held = frozenset(each.url for each in next_ if is_at_hand(each.url))
                found.append(Outlook(own, next_, held, self._most))
        return tuple(found)

    def _at_hand(self, shelf: Shelf) -> Callable[[str], bool]:
        """Whether an address can be read without network."""
        return lambda url: shelf.at(canonical(url)) is not None or self._pages.holds(url)
