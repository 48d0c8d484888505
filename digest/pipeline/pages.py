"""
Reading pages: an address → its document, opened once and remembered.

Touches network and store.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import replace

from ..errors import FetchError
from ..fetch.door import Door
from ..settings import Config
from ..store import Store
from ..types import Document, Entry
from ..urls import canonical, clean
from .jobs import Means, PageJob, open_page
from .workers import Workers

TRY_AGAIN_AFTER = dt.timedelta(days=1)
"""An address that gave nothing is left alone for so long."""

Open = Callable[[PageJob], Awaitable[Document | FetchError]]


class Pages:
    """
    Args:
        config: Families of publishers.
        store: Where documents are kept.
        door: The network, or None: then only what the store holds can be read.
        now: The clock.
        workers: Processes that read many pages at once, each within limits; without them a
            page is read in a thread.
        elsewhere: Opens pages on other machines, in place of `door` and `workers`.
    """

    def __init__(
        self,
        config: Config,
        store: Store,
        door: Door | None,
        now: Callable[[], dt.datetime],
        workers: Workers | None = None,
        elsewhere: Open | None = None,
    ) -> None:
        self._store, self._door, self._now = store, door, now
        self._workers, self._families, self._elsewhere = workers, config.publishers, elsewhere
        self._under_way: dict[str, asyncio.Future[Document | FetchError]] = {}

    async def read(
        self, url: str, hint: Entry | None = None, *, again: bool = False
    ) -> Document | FetchError:
        """
        The document of a page, from the store where it was read before; each is opened once,
        however many ask for it at the same time.

        Args:
            url: Its address, as a feed or page gave it.
            hint: The entry that the page belongs to.
            again: Open it although it was read before: it has changed. What was read then
                stays in the store as a version of its own.

        Returns:
            The document, or why there is none.
        """
        address = clean(url)
        if not address:
            return FetchError(url[:200], "not an address of the web; expected http or https")
        key = canonical(address)
        known = None if again and self._door else self._known(key, address)
        if known is not None:
            return known
        if key not in self._under_way:
            self._under_way[key] = asyncio.ensure_future(self._read(key, address, hint))
        try:
            return await self._under_way[key]
        finally:
            self._under_way.pop(key, None)

    @property
    def is_online(self) -> bool:
        return self._door is not None

    def holds(self, url: str) -> bool:
        """Whether a page was read before, so that it takes no network to read it."""
        page = self._store.documents.page(canonical(url))
        return page is not None and bool(page[0])

    async def _read(self, key: str, address: str, hint: Entry | None) -> Document | FetchError:
        outcome = await self._open(address, hint)
        ok = isinstance(outcome, Document)
        with self._store.transaction():
            document = self._store.documents.put(outcome) if isinstance(outcome, Document) else ""
            error = "" if ok else outcome.message  # type: ignore[union-attr]
            self._store.documents.put_page(key, document, error, self._now())
        return outcome

    def _known(self, key: str, address: str) -> Document | FetchError | None:
        page = self._store.documents.page(key)
        if page is not None:
            document, error, tried_at = page
            found = self._store.documents.get([document]) if document else {}
            if document in found:
                return found[document]
            if error and self._now() - tried_at < TRY_AGAIN_AFTER:
                return FetchError(address, error)
        if self._door is None:
            return FetchError(address, "not read before, and there is no network")
        return None

    async def _open(self, address: str, hint: Entry | None) -> Document | FetchError:
        job = PageJob(address, hint)
        if self._elsewhere is not None:
            outcome = await self._elsewhere(job)
            if isinstance(outcome, Document):  # one clock for all that is stored
                return replace(outcome, fetched_at=self._now())
            return outcome
        assert self._door is not None
        return await open_page(job, Means(self._door, self._workers, self._families, {}))
