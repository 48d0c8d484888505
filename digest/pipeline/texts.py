"""
Entries' own texts, made when somebody wants them: store → extract → store.

Touches the store and processes. Fetching keeps what feeds say; of most entries nobody ever
tells, and to make their documents, to learn what of them is furniture and to look for copies
would take longer than to fetch them. Here it is done for those of a window, once, oldest first,
so that which of two copies is the original does not depend on which came first: it is the
one that was published first. A text has the time at which its feed said it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from ..errors import ParseError
from ..settings import Config, Feed
from ..store import Store
from ..types import Document, Entry, Key
from ..urls import canonical, clean
from .placing import place
from .workers import Workers, is_plain

if TYPE_CHECKING:
    from ..extract.posts import OwnText

BATCH = 500
"""Texts that are kept together: a kill loses so many at most."""
PARCEL = 50
"""Texts that a process makes at once."""
MANY = 500
"""So many texts, two seconds of work, are worth the start of processes."""


class Texts:
    """
    Args:
        config: Feeds, and families of publishers.
        workers: Processes that read within limits.
        warn: Called with a line for each entry that cannot be read.
    """

    def __init__(
        self, config: Config, store: Store, workers: Workers, warn: Callable[[str], None]
    ) -> None:
        self._store, self._workers, self._warn = store, workers, warn
        self._families = config.publishers
        self._feeds = {feed.slug: feed for feed in config.feeds}
        self._sites: dict[str, str] | None = None
        self._furniture: dict[str, frozenset[str]] = {}

    async def make(self, keys: Iterable[Key]) -> None:
        """Make the texts of some entries, as far as they are missing, and find what is a copy."""
        missing = [e for e in self._store.entries.without_text(keys) if e.feed in self._feeds]
        missing.sort(key=_by_time)
        are_many = len(missing) > MANY
        batches = [missing[at : at + BATCH] for at in range(0, len(missing), BATCH)]
        ahead: asyncio.Task[dict[Key, OwnText]] | None = None
        try:
            for batch, following in zip_longest(batches, batches[1:]):
                made = await (ahead or self._made(batch, are_many))
                if following:  # processes work while this one writes
                    ahead = asyncio.create_task(self._made(following, are_many))
                    await asyncio.sleep(0)
                with self._store.transaction():
                    for entry in batch:
                        self._keep(entry, made[entry.key])
        finally:
            if ahead is not None:
                ahead.cancel()

    # ------------------------------------------------------------------ making

    async def _made(self, batch: Sequence[Entry], are_many: bool) -> dict[Key, OwnText]:
        by_feed = sorted(batch, key=lambda entry: entry.feed)
        groups = {slug: tuple(g) for slug, g in groupby(by_feed, key=lambda entry: entry.feed)}
        found = await asyncio.gather(
            *(self._of_feed(self._feeds[slug], group, are_many) for slug, group in groups.items())
        )
        return {key: text for texts in found for key, text in texts.items()}

    async def _of_feed(
        self, feed: Feed, entries: Sequence[Entry], are_many: bool
    ) -> dict[Key, OwnText]:
        made: dict[Key, OwnText] = {}
        for at in range(0, len(entries), PARCEL):
            parcel = entries[at : at + PARCEL]
            try:
                found = await self._own(feed, parcel, are_many)
            except ParseError:
                found = [await self._alone(feed, entry) for entry in parcel]
            made |= {entry.key: text for entry, text in zip(parcel, found, strict=True)}
        return made

    async def _own(
        self, feed: Feed, entries: Sequence[Entry], elsewhere: bool
    ) -> Sequence[OwnText]:
        from ..extract.post import LEARN_FROM
        from ..extract.posts import own_texts

        known = self._furniture.get(feed.slug)
        learn = () if known is not None else self._store.entries.recent(feed.slug, LEARN_FROM)
        is_easy = all(is_plain(entry.html.encode()) for entry in (*entries, *learn))
        do = self._workers.read if elsewhere or not is_easy else self._workers.read_here
        found = await do(
            own_texts,
            b"",
            url=feed.url,
            feed=feed,
            site=self._site(feed),
            families=dict(self._families),
            entries=tuple(entries),
            furniture_from=tuple(learn),
            known=known,
        )
        self._furniture[feed.slug] = found.furniture
        return found.texts

    async def _alone(self, feed: Feed, entry: Entry) -> OwnText:
        """One of a parcel that broke its reader; what does so itself has no text."""
        from ..extract.posts import OwnText

        self._furniture.setdefault(feed.slug, frozenset())  # what it is learned from may do it
        try:
            (text,) = await self._own(feed, (entry,), elsewhere=True)
        except ParseError as exc:
            self._warn(f"{feed.slug}: {entry.url or entry.id}: its text: {exc.message}")
            return OwnText()
        return text

    def _site(self, feed: Feed) -> str:
        """The feed's name for itself, by feeds.yaml or else by its document."""
        if self._sites is None:
            self._sites = {slug: s.title for slug, s in self._store.feeds.states().items()}
        return feed.title or self._sites.get(feed.slug, "")

    # ------------------------------------------------------------------ keeping

    def _keep(self, entry: Entry, own: OwnText) -> None:
        document = own.document
        sampled: frozenset[int] | None = own.samples
        page = self._page(entry) if own.needs_page else None
        # A wall or an index page says less than the feed did: the feed's words stay.
        if page and (document is None or (not page.wall and len(page.text) > len(document.text))):
            document, sampled = page, None
        if document is None:
            self._store.entries.set_document(entry, "")
            return
        self._store.entries.set_document(entry, self._store.documents.put(document))
        place(self._store, entry, document, sampled)

    def _page(self, entry: Entry) -> Document | None:
        """The entry's page, if it was read, and since the entry was edited."""
        known = self._store.documents.page(canonical(clean(entry.url)))
        if known is None or not known[0]:
            return None
        id_, _, tried_at = known
        if entry.fetched_at != entry.first_seen and tried_at < (entry.fetched_at or tried_at):
            return None
        return self._store.documents.get([id_]).get(id_)


def _by_time(entry: Entry) -> tuple[dt.datetime, Key]:
    time = entry.published or entry.first_seen
    assert time is not None
    return time, entry.key
