"""
Texts at hand, and pages that may be opened, within a number of pages.

Touches the network through its argument `read` alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping

from ..errors import FetchError
from ..text import count_words
from ..types import Document, Entry
from ..urls import canonical

Read = Callable[[str], Awaitable[Document | FetchError]]


class Shelf:
    """
    Documents that are at hand, by id and by address; one for all stories of an issue.

    Args:
        texts: Documents by id.
    """

    def __init__(self, texts: Mapping[str, Document]) -> None:
        self._texts = texts
        self._by_address: dict[str, Document] = {}
        for _, document in sorted(texts.items()):
            for url in dict.fromkeys((document.url, document.final_url)):
                self._by_address.setdefault(canonical(url), document)

    def of(self, entry: Entry) -> Document | None:
        """The text of an entry, as its feed or page gave it."""
        return self._texts.get(entry.document)

    def at(self, identity: str) -> Document | None:
        """The document of a canonical address."""
        return self._by_address.get(identity)

    def titles(self) -> Iterator[str]:
        return (document.title for document in self._texts.values())


class Library:
    """
    Args:
        shelf: What is at hand; a page among it is not read again.
        read: Opens one address; it returns what could be read, or why not.
        pages: Addresses that `read` is asked for at most.
    """

    def __init__(self, shelf: Shelf, read: Read, pages: int) -> None:
        self._shelf = shelf
        self._read = read
        self._answers: dict[str, asyncio.Future[Document | None]] = {}
        self.left = pages
        """Addresses that may still be opened."""
        self._unread: dict[str, str] = {}

    @property
    def unread(self) -> tuple[tuple[str, str], ...]:
        """Address and reason of what was asked for and has no text, in the order of asking."""
        return tuple((url, why) for url, why in self._unread.items() if why)

    async def own(self, entry: Entry) -> Document | None:
        """The text of an entry: as its feed or page gave it, else its page."""
        known = self._shelf.of(entry)
        if known is None and entry.url:
            return await self.page(entry.url)
        return known

    async def page(self, url: str) -> Document | None:
        """
        A page, opened unless it is at hand; None, with the reason kept, where it has no text.

        Asked for several at once, it opens each address once, and counts in the order of asking.
        """
        identity = canonical(url)
        known = self._shelf.at(identity)
        if known is not None:
            return known
        if identity not in self._answers:
            self._unread[url] = "" if self.left > 0 else "as many pages as allowed were opened"
            if self.left < 1:
                return None
            self.left -= 1
            self._answers[identity] = asyncio.ensure_future(self._open(url))
        return await self._answers[identity]

    async def _open(self, url: str) -> Document | None:
        answer = await self._read(url)
        if isinstance(answer, FetchError):
            self._unread[url] = answer.message
            return None
        if count_words(answer.text) == 0:
            self._unread[url] = "the page has no readable text"
            return None
        return answer
