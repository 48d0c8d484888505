"""
Which documents a story is told from: first what it is about, then who else tells it.

Touches the network through its argument `read` alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from ..errors import FetchError
from ..text import count_words
from ..types import Document, Dossier, Entry, Story
from ..urls import canonical
from .further import further

Read = Callable[[str], Awaitable[Document | FetchError]]

PAGES = 6
"""Pages opened for one story at most."""
DOCUMENTS = 8


async def dossier(
    story: Story, texts: Mapping[str, Document], read: Read, *, pages: int = PAGES
) -> Dossier:
    """
    Collect a story's documents.

    S1 is what the story is about: of a link post the page that it points to, with the post
    after it; else the leading entry's text. Then come the other entries' texts, other
    publishers first, each text once.

    Args:
        story: Its leading entry first.
        texts: Documents by id that are at hand; a page among them is not read again.
        read: Opens one address; it returns what could be read, or why not.
        pages: Addresses that `read` is asked for at most.

    Returns:
        Documents, links for further reading, and each address that should have been read
        and was not, with the reason. Without any text there are no documents.
    """
    library = _Library(texts, read, pages)
    lead = story.lead
    found: list[Document | None] = []
    if lead.points_to:
        found.append(await library.page(lead.points_to))
    found.append(await library.own(lead))
    others = [await library.own(entry) for entry in story.entries[1:]]
    others += [await library.page(e.points_to) for e in story.entries[1:] if e.points_to]
    about = [document for document in found if document]
    publishers = {document.publisher for document in about}
    told = [document for document in others if document]
    told.sort(key=lambda document: document.publisher in publishers)
    documents = _each_once([*about, *told])
    return Dossier(story, documents, tuple(library.unread.items()), further(documents))


class _Library:
    """Texts at hand and pages that may be opened, within a number of pages."""

    def __init__(self, texts: Mapping[str, Document], read: Read, pages: int) -> None:
        self._texts = texts
        self._read = read
        self._pages = pages
        self._at_hand: dict[str, Document] = {}
        for _, document in sorted(texts.items()):
            for url in (document.url, document.final_url):
                self._at_hand.setdefault(canonical(url), document)
        self.unread: dict[str, str] = {}

    async def own(self, entry: Entry) -> Document | None:
        """The text of an entry: as its feed or page gave it, else its page."""
        if entry.document in self._texts:
            return self._texts[entry.document]
        return await self.page(entry.url) if entry.url else None

    async def page(self, url: str) -> Document | None:
        """A page, opened unless it is at hand; None, with the reason kept, where it has no text."""
        known = self._at_hand.get(canonical(url))
        if known is not None:
            return known
        if url in self.unread:
            return None
        if self._pages < 1:
            self.unread[url] = "as many pages as allowed were opened"
            return None
        self._pages -= 1
        answer = await self._read(url)
        if isinstance(answer, FetchError):
            self.unread[url] = answer.message
            return None
        if count_words(answer.text) == 0:
            self.unread[url] = "the page has no readable text"
            return None
        self._at_hand[canonical(url)] = answer
        return answer


def _each_once(documents: list[Document]) -> tuple[Document, ...]:
    """By text, the first one kept: two addresses may show one page."""
    once: dict[str, Document] = {}
    for document in documents:
        once.setdefault(document.id, document)
    return tuple(once.values())[:DOCUMENTS]
