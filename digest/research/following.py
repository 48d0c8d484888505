"""
What a story that may become a feature is told from: its own documents, and then pages that
they link to or a search finds, until enough is known.

Touches the network through its arguments `read` and `search` alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import ResearchError
from ..types import Document, Dossier, Story, Told
from ..urls import NO_FAMILIES, canonical, host
from .base import Hit
from .candidates import HOP, Candidate, candidates, merged
from .coverage import earlier
from .documents import DOCUMENTS, PAGES, own_documents
from .facts import is_enough
from .fitness import Originals, each_once, unfit
from .further import further
from .library import Library, Read, Shelf
from .query import query
from .subject import NO_BACKGROUND, Background, Subject, subject

AT_ONCE = 3
"""Pages of one story that are read at once, each of another host."""
NAMED = 6
"""Pages that were not asked for and are named with the reason."""

Search = Callable[[str], Awaitable[tuple[Hit, ...] | ResearchError]]


@dataclass(frozen=True, slots=True)
class Means:
    """What an issue's research has to work with; the same for all of its stories."""

    background: Background = NO_BACKGROUND
    """What else the window tells of."""
    families: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NO_FAMILIES)
    told: Sequence[Told] = ()
    """What past issues told."""
    search: Search | None = None
    """Asks a search provider; None where none is configured."""
    is_at_hand: Callable[[str], bool] | None = None
    """Without network: whether an address was read before. Others are not asked for."""


async def investigate(
    story: Story,
    shelf: Shelf,
    read: Read,
    means: Means,
    *,
    pages: int = PAGES,
) -> Dossier:
    """
    Collect a story's own documents, then follow what they link to, the best first.

    It ends when two publishers and enough new facts are in, when the pages are spent, or
    when nothing else is tied to the story. Which pages are read, and the order of the
    documents, depends on what they say alone, never on which came first.

    Args:
        story: Its leading entry first.
        shelf: Documents that are at hand; a page among them is not read again.
        read: Opens one address; it returns what could be read, or why not.
        pages: Addresses that `read` is asked for at most.

    Returns:
        As of `dossier`, with what the pages hold, and what past issues told of the matter.
    """
    library = Library(shelf, read, pages)
    refused: dict[str, str] = {}
    known = Originals()
    own = await own_documents(story, library, refused, known)
    matter = subject(story.entries, own, means.background)
    pursuit = _Pursuit(story, matter, means, library, known, refused)
    pursuit.take(own)
    if own and not is_enough(own, matter):
        await pursuit.search()
        while await pursuit.wave():
            pass
    documents = pursuit.documents[:DOCUMENTS]
    return Dossier(
        story,
        tuple(documents),
        (*library.unread, *pursuit.unread.items()),
        further(documents),
        tuple(refused.items()),
        earlier(story, pursuit.subject, means.told),
    )


class _Pursuit:
    """The documents of one story while they are gathered."""

    def __init__(
        self,
        story: Story,
        matter: Subject,
        means: Means,
        library: Library,
        known: Originals,
        refused: dict[str, str],
    ) -> None:
        self.subject = matter
        self._story, self._means, self._library = story, means, library
        self._known, self._refused = known, refused
        self.documents: list[Document] = []
        self.unread: dict[str, str] = {}
        self._found: tuple[Candidate, ...] = ()
        self._tried: set[str] = set()

    def take(self, own: Sequence[Document]) -> None:
        """Begin with the story's own documents."""
        self.documents.extend(own)
        self._found = candidates(own, self.subject, families=self._means.families)

    async def search(self) -> None:
        """Rank what a search finds together with the links."""
        words = query(self._story, self.subject)
        if self._means.search is None or not words or self._library.left < 1:
            return
        hits = await self._means.search(words)
        if isinstance(hits, ResearchError):
            self.unread[hits.subject] = hits.message
            return
        found = candidates(
            (),
            self.subject,
            hits=hits,
            families=self._means.families,
            known=self.documents,
            at=self._story.lead.published,
        )
        self._found = merged((*self._found, *found))

    async def wave(self) -> bool:
        """Read the next pages, at once; False when there is nothing more to do."""
        chosen = self._next()
        if not chosen:
            return False
        answers = await asyncio.gather(*(self._library.page(each.url) for each in chosen))
        new = [document for document in answers if document is not None]
        kept = self._kept(new)
        self.documents.extend(kept)
        if is_enough(self.documents, self.subject) or len(self.documents) >= DOCUMENTS:
            return False
        links = candidates(
            kept,
            self.subject,
            families=self._means.families,
            known=self.documents,
            hop=HOP,
        )
        self._found = merged((*self._found, *links))
        return True

    def _next(self) -> list[Candidate]:
        """The best that were not tried yet, each of another host, as far as pages are left."""
        chosen: list[Candidate] = []
        hosts: set[str] = set()
        most = min(AT_ONCE, self._library.left, DOCUMENTS - len(self.documents))
        for each in self._found:
            if len(chosen) >= most:
                break
            identity = canonical(each.url)
            if identity in self._tried or host(each.url) in hosts:
                continue
            barred = each.barred or self._out_of_reach(each.url)
            self._tried.add(identity)
            if barred and len(self.unread) < NAMED:
                self.unread[each.url] = barred
            elif not barred:
                chosen.append(each)
                hosts.add(host(each.url))
        return chosen

    def _out_of_reach(self, url: str) -> str:
        held = self._means.is_at_hand
        return "" if held is None or held(url) else "not read before, and there is no network"

    def _kept(self, read: Sequence[Document]) -> list[Document]:
        fit: list[Document] = []
        for document in read:
            why = unfit(document, self.subject)
            if why:
                self._refused[document.url] = why
            else:
                fit.append(document)
        return each_once(fit, self._refused, self._known)
