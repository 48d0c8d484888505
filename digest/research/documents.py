"""
Which documents a story is told from: first what it is about, then who else tells it, then who
denies it.

Touches the network through its argument `read` alone.
"""

from __future__ import annotations

import asyncio

from ..types import Document, Dossier, Story
from .fitness import Originals, each_once
from .further import further
from .library import Library, Read, Shelf

PAGES = 6
"""Pages opened for one story at most."""
DOCUMENTS = 8
ANSWERS = 2
"""Of those the last, at most, which deny the story or are denied by it."""


async def dossier(story: Story, shelf: Shelf, read: Read, *, pages: int = PAGES) -> Dossier:
    """
    Collect a story's own documents: enough for a round-up.

    S1 is what the story is about: of a link post the page that it points to, with the post
    after it; else the leading entry's text. Then come the other entries' texts, other
    publishers first, each text once, and last what denies the story or is denied by it: a rumour
    is not told without its denial.

    Args:
        story: Its leading entry first.
        shelf: Documents that are at hand; a page among them is not read again.
        read: Opens one address; it returns what could be read, or why not.
        pages: Addresses that `read` is asked for at most.

    Returns:
        Documents, links for further reading, each address that should have been read
        and was not, and each that was read and left out, with the reasons. Without any text
        there are no documents.
    """
    library = Library(shelf, read, pages)
    refused: dict[str, str] = {}
    documents = await own_documents(story, library, refused, Originals())
    return Dossier(
        story,
        tuple(documents[:DOCUMENTS]),
        library.unread,
        further(documents),
        tuple(refused.items()),
    )


async def own_documents(
    story: Story, library: Library, refused: dict[str, str], known: Originals
) -> list[Document]:
    """
    The documents that a story's entries are or point to, in their order, each text once.

    Args:
        refused: Takes the addresses of texts that repeat another, with the reason.
        known: Takes the texts.
    """
    lead, *others = story.entries
    asked = [library.page(lead.points_to)] if lead.points_to else []
    asked.append(library.own(lead))
    about = len(asked)
    asked += [library.own(entry) for entry in others]
    asked += [library.page(entry.points_to) for entry in others if entry.points_to]
    telling = len(asked)
    asked += [library.own(entry) for entry in story.answers]
    found = await asyncio.gather(*asked)
    first = each_once([each for each in found[:about] if each], refused, known)
    publishers = {document.publisher for document in first}
    told = [document for document in found[about:telling] if document]
    told.sort(key=lambda document: document.publisher in publishers)
    own = [*first, *each_once(told, refused, known)]
    answers = each_once([each for each in found[telling:] if each], refused, known)[:ANSWERS]
    return [*own[: DOCUMENTS - len(answers)], *answers]
