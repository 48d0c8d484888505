"""
fetch → extract: find the feed behind any page's address.

Touches the network, through the door alone. Whatever looks like a feed is opened, so that
what is found can be read; the first good one ends the search.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import FetchError, ParseError
from ..extract.discovery import of_address, of_habit, of_page
from ..extract.feed import entries
from ..fetch.door import Door
from ..settings import Feed
from ..types import FeedContent, Fetched
from ..urls import clean
from .jobs import ACCEPT_FEED

MOST = 16
"""Requests for one search at most."""


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that can be read."""

    url: str
    content: FeedContent
    others: tuple[str, ...] = ()
    """Addresses that its page names as feeds, too."""


async def discover(address: str, door: Door) -> Found:
    """
    Find the feed of a page, a site, or an account, or see that an address is one.

    Args:
        address: As a person types it, with or without `https://`.
        door: The network.

    Raises:
        FetchError: There is none; the message says where it was looked for.
    """
    url = clean(address.strip() if "://" in address else f"https://{address.strip()}")
    if not url:
        raise FetchError(address, "not an address of the web; expected http or https")
    return await _Search(door).run(url)


class _Search:
    def __init__(self, door: Door) -> None:
        self._door = door
        self._tried: dict[str, str] = {}
        """Address and why it is no feed."""

    async def run(self, url: str) -> Found:
        for candidate in of_address(url):
            if found := await self._try(candidate):
                return found
        page = await self._open(url)
        if found := await self._read(url, page):
            return found
        named: tuple[str, ...] = ()
        if page.error is None:
            named = of_page(
                page.body, url=page.final_url, content_type=page.headers.get("content-type", "")
            )
        for candidate in self._new((*named, *of_habit(page.final_url if named else url))):
            if found := await self._try(candidate):
                others = tuple(other for other in named if other != candidate)
                return Found(found.url, found.content, others)
        places = f"the page and {len(self._tried) - 1} other addresses"
        raise FetchError(url, f"no feed was found ({self._tried[url]}); looked at {places}")

    def _new(self, candidates: tuple[str, ...]) -> Iterator[str]:
        for candidate in dict.fromkeys(candidates):
            if candidate not in self._tried and len(self._tried) < MOST:
                yield candidate

    async def _try(self, url: str) -> Found | None:
        return await self._read(url, await self._open(url))

    async def _open(self, url: str) -> Fetched:
        return await self._door.get(url, accept=ACCEPT_FEED)

    async def _read(self, url: str, fetched: Fetched) -> Found | None:
        if fetched.error is not None:
            self._tried[url] = fetched.error.message
            return None
        try:
            content = await asyncio.to_thread(
                entries,
                fetched.body,
                Feed(url=url, slug="new"),
                url=fetched.final_url,
                content_type=fetched.headers.get("content-type", ""),
            )
        except ParseError as exc:
            self._tried[url] = exc.message
            return None
        return Found(fetched.moved_to or url, content)
