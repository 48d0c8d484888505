"""
fetch → extract → store: poll the feeds that are due and keep what they bring.

Touches network and store. One feed that fails is a line of the report; the others go on.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from ..errors import FetchError
from ..fetch.door import Door
from ..fetch.files import is_file, read_file
from ..fetch.poll import after, ask, before, is_due
from ..settings import Config, Feed
from ..store import Store
from ..types import Document, Entry, FeedContent, FeedState
from .jobs import LEARN_FROM, FeedAnswer, FeedJob, Made, Means, asked, learn, read
from .pages import Pages
from .placing import place
from .workers import SECONDS, Workers

if TYPE_CHECKING:
    from .cluster import Cluster

PAGES_PER_FEED = 10
"""Pages of teasers opened for one feed and run, the newest entries first: a feed of two
hundred teasers must not become two hundred requests to its host. Older ones keep the
feed's own words, and research reads their page when an issue wants to tell of them."""

TRY_TEXTS_FOR = dt.timedelta(days=7)

Wanted = tuple[Entry, Document | None]
"""An entry whose page must be read, and what its feed said of it."""


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What one poll brought."""

    feed: str
    status: int
    """HTTP status; 0 where no answer came."""
    error: str
    """Why nothing was read; empty where all is well."""
    problem: str
    """What was wrong although entries were read."""
    new: int
    updated: int
    pages: int
    """Pages of teasers that were read."""
    unread: tuple[tuple[str, str], ...]
    """Pages of teasers that could not be read: address and reason."""
    seconds: float
    next_poll: dt.datetime | None


@dataclass(frozen=True, slots=True)
class FetchReport:
    feeds: tuple[FeedReport, ...]
    """Of those that were asked, in the order of feeds.yaml."""
    waiting: int
    """Feeds that were not due."""

    @property
    def failed(self) -> tuple[FeedReport, ...]:
        return tuple(line for line in self.feeds if line.error)


async def fetch(
    config: Config,
    store: Store,
    door: Door,
    *,
    now: Callable[[], dt.datetime],
    environment: Mapping[str, str],
    force: bool = False,
    only: Sequence[str] = (),
    report: Callable[[FeedReport, int], None] = lambda line, total: None,
    cluster: Callable[[Means], AbstractAsyncContextManager[Cluster]] | None = None,
) -> FetchReport:
    """
    Poll what is due.

    Args:
        config: The feeds.
        store: Written a feed at a time: after a kill all feeds before it are kept.
        door: The network.
        now: The clock.
        environment: Where the secrets of feeds stand.
        force: Ask every feed, due or not.
        only: Slugs; all feeds where empty.
        report: Called with each feed's line and how many feeds are asked.
        cluster: Opens the machines that ask and read in place of this one, given what this one
            does it with: see `cluster.py`.
    """
    states = store.feeds.states()
    chosen = [feed for feed in config.feeds if not only or feed.slug in only]
    asked_for = [feed for feed in chosen if is_due(states.get(feed.slug), feed, now(), force=force)]
    async with AsyncExitStack() as stack:
        workers = Workers(seconds=min(SECONDS, config.network.timeout_s))
        await stack.enter_async_context(workers)
        means = Means(door, workers, config.publishers, environment)
        away = await stack.enter_async_context(cluster(means)) if cluster and asked_for else None
        pages = Pages(config, store, door, now, workers, away.open_page if away else None)
        run = _Run(config, store, now, states, means, pages, away)

        async def one(feed: Feed) -> FeedReport:
            line = await run.poll(feed)
            report(line, len(asked_for))
            return line

        await run.finish_killed(chosen)
        async with asyncio.TaskGroup() as group:  # one that meets a bug ends the others
            polls = [group.create_task(one(feed)) for feed in asked_for]
    return FetchReport(tuple(poll.result() for poll in polls), len(chosen) - len(asked_for))


class _Run:
    def __init__(
        self,
        config: Config,
        store: Store,
        now: Callable[[], dt.datetime],
        states: Mapping[str, FeedState],
        means: Means,
        pages: Pages,
        cluster: Cluster | None,
    ) -> None:
        self.means, self.pages, self.cluster = means, pages, cluster
        # What takes long and does not wait is done one at a time, in a round of the event loop
        # each: requests that are under way must not miss their deadlines for it.
        self.desk = asyncio.Lock()
        self.config, self.store, self.now, self.states = config, store, now, states

    async def poll(self, feed: Feed) -> FeedReport:
        state = self.states.get(feed.slug)
        leaving = partial(self._leaving, feed, state)
        job = FeedJob(feed, ask(state, feed), self.now(), is_first=state is None)
        if is_file(feed.url):
            most = self.config.network.max_bytes
            fetched = read_file(feed.url, etag=job.request.etag, max_bytes=most, now=job.now)
            answer = await read(feed, fetched, self.means.workers)
            line, wanted, edited = await self._keep_answer(feed, state, answer)
        elif self.cluster is not None:
            answer = await self.cluster.ask(job, leaving)
            at = replace(answer.fetched, fetched_at=self.now())  # one clock for all that is stored
            answer = replace(answer, fetched=at)
            line, wanted, edited = await self._keep_answer(feed, state, answer)
        else:
            async with asked(job, self.means, leaving) as answer:
                line, wanted, edited = await self._keep_answer(feed, state, answer)
        del answer  # its body; pages may take long
        pages, unread = await self._read_pages(wanted, edited)
        return replace(line, pages=pages, unread=unread)

    async def _keep_answer(
        self, feed: Feed, state: FeedState | None, answer: FeedAnswer
    ) -> tuple[FeedReport, list[Wanted], frozenset[str]]:
        """Store what came; returns its line, and the entries whose pages are wanted."""
        async with self.desk:
            await asyncio.sleep(0)
            new, edited, after_state, wanted = self._store(feed, state, answer)
        line = FeedReport(
            feed=feed.slug,
            status=answer.fetched.status,
            error=answer.error,
            problem=answer.content.problem if answer.content else "",
            new=len(new),
            updated=len(edited),
            pages=0,
            unread=(),
            seconds=answer.fetched.elapsed_s,
            next_poll=after_state.next_poll,
        )
        return line, wanted, frozenset(entry.id for entry in edited)

    def _leaving(self, feed: Feed, state: FeedState | None) -> None:
        """A kill from here on must not make the next run ask again too soon."""
        with self.store.transaction():
            self.store.feeds.save(before(state, feed, self.now()))

    def _store(
        self, feed: Feed, state: FeedState | None, answer: FeedAnswer
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...], FeedState, list[Wanted]]:
        """
        Entries, their own texts, state and poll in one transaction: a kill leaves the feed as
        it was, and no entry without the words that its feed gave.
        """
        now, fetched, content = self.now(), answer.fetched, answer.content
        then = after(state, feed, fetched, content, now)
        if answer.error:
            then = replace(then, error=answer.error)  # in the words of what could not be read
        with self.store.transaction():
            entries = _not_in_future(content.entries, now) if content else ()
            new, edited = self.store.entries.put(entries, now)
            self.store.feeds.save(then)
            self.store.feeds.add_poll(
                feed.slug, now, fetched, answer.error, answer.size, len(new), len(edited)
            )
            made = answer.made if len(new) == len(entries) else None
            wanted = self._own_texts(feed, content, (*new, *edited), made, answer.learned)
        return new, edited, then, wanted

    async def _read_pages(
        self, wanted: list[Wanted], edited: Collection[str]
    ) -> tuple[int, tuple[tuple[str, str], ...]]:
        """
        Read the pages of teasers, the newest first; returns how many were read, and which were not.

        Entries whose ids are in `edited` have changed, and their pages with them.
        """
        wanted.sort(key=lambda pair: pair[0].published or self.now(), reverse=True)
        opened = wanted[:PAGES_PER_FEED]
        failures = [await self._page(entry, own, entry.id in edited) for entry, own in opened]
        unread = tuple((exc.subject, exc.message) for exc in failures if exc is not None)
        return len(opened) - len(unread), unread

    def _own_texts(
        self,
        feed: Feed,
        content: FeedContent | None,
        entries: Sequence[Entry],
        made: Mapping[str, Made] | None = None,
        learned: frozenset[str] = frozenset(),
    ) -> list[Wanted]:
        """
        Make documents of what the feed says; returns the entries whose page must be read.

        Args:
            made: Those that were made ahead, by the ids of their entries.
            learned: The furniture that they are without.
        """
        if not entries:
            return []
        from ..extract.post import needs_page  # where nothing is new, start-up is most of a run

        if made is None:
            made = {}
            learned = learn(content, self.store.entries.recent(feed.slug, LEARN_FROM))
        site = feed.title or (content.title if content else "")
        wanted: list[Wanted] = []
        for entry in entries:
            ahead = made.get(entry.id)
            if ahead is not None and ahead.entry.published == entry.published:
                own, sampled = ahead.document, ahead.samples
            else:
                own, sampled = self._own_text(entry, site, learned), None
            if needs_page(entry, feed, own):
                wanted.append((entry, own))
            self._keep(entry, own, sampled)
        return wanted

    def _own_text(self, entry: Entry, site: str, learned: frozenset[str]) -> Document | None:
        from ..extract.post import post

        return post(
            entry,
            site=site,
            families=self.config.publishers,
            fetched_at=self.now(),
            furniture=learned,
        )

    async def _page(self, entry: Entry, own: Document | None, again: bool) -> FetchError | None:
        outcome = await self.pages.read(entry.url, entry, again=again)
        if not isinstance(outcome, Document):
            return outcome
        # A wall or an index page says less than the feed did: the feed's words stay.
        if own is None or (not outcome.wall and len(outcome.text) > len(own.text)):
            self._keep(entry, outcome)
        return None

    def _keep(
        self, entry: Entry, document: Document | None, sampled: frozenset[int] | None = None
    ) -> None:
        if document is not None:
            self.store.entries.set_document(entry, self.store.documents.put(document))
            place(self.store, entry, document, sampled)

    async def finish_killed(self, feeds: Iterable[Feed]) -> None:
        """
        Read the pages that a run which was killed did not come to.

        Before the feeds are asked: what they bring now has its own turn. An entry that has
        no text to be had is given up after `TRY_TEXTS_FOR`.
        """
        by_slug = {feed.slug: feed for feed in feeds}
        since = self.now() - TRY_TEXTS_FOR
        left: dict[str, list[Entry]] = {}
        for entry in self.store.entries.without_document(by_slug):
            if entry.first_seen is not None and entry.first_seen > since:
                left.setdefault(entry.feed, []).append(entry)
        for slug, entries in left.items():
            with self.store.transaction():
                wanted = self._own_texts(by_slug[slug], None, entries)
            await self._read_pages(wanted, ())


def _not_in_future(entries: Iterable[Entry], now: dt.datetime) -> tuple[Entry, ...]:
    """A date that has not come yet is a mistake of its feed: the entry is of today."""
    return tuple(
        replace(entry, published=now) if entry.published and entry.published > now else entry
        for entry in entries
    )
