"""
Stories → dossiers: much is read for those that may become features, little for the rest.

Touches network and store, through `Pages`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from ..research import Means, Shelf, background, dossier, investigate
from ..select import next_in_line
from ..settings import Config
from ..types import Document, Dossier, Story, Told
from .pages import Pages

UNDERSTUDIES = 2
"""Round-ups that are read up on too, so that one can move up when a feature is let down."""


async def gather(
    stories: Sequence[Story],
    texts: Mapping[str, Document],
    config: Config,
    pages: Pages,
    *,
    told: Sequence[Told] = (),
) -> tuple[Dossier, ...]:
    """
    Collect the documents of all stories of an issue, in their order.

    Args:
        stories: Those that have a place.
        texts: Documents by id: the entries' own.
        pages: Opens addresses, each once.
        told: What past issues told.
    """
    shelf = Shelf(texts)
    means = Means(
        background(shelf.titles()),
        config.publishers,
        told,
        is_at_hand=None if pages.is_online else pages.holds,
    )
    most = config.research.pages
    features = [story for story in stories if story.place == "feature"]
    features += next_in_line(stories, texts, UNDERSTUDIES)
    deep = {story.lead.key for story in features}
    return tuple(
        await asyncio.gather(
            *(
                investigate(story, shelf, pages.read, means, pages=most)
                if story.lead.key in deep
                else dossier(story, shelf, pages.read, pages=most)
                for story in stories
            )
        )
    )
