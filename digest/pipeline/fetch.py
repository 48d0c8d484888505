"""
fetch → extract → store: poll the feeds that are due and keep what they bring.

Touches network and store. One feed that fails is a line of the report; the others go on. The
texts of entries are made later (`texts.py`), when somebody wants them: here only it is decided
whose page must be read, by a look at their HTML wherever that shows it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import re
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from ..errors import FetchError
from ..fetch.door import Door
from ..fetch.files import is_file, read_file
from ..fetch.poll import after, ask, before, is_due
from ..settings import Config, Feed
from ..store import Store
from ..types import Document, Entry, FeedState, Key
from .commits import Commits
from .jobs import FeedAnswer, FeedJob, Means, asked, read
from .pages import Pages
from .workers import SECONDS, Workers, is_plain

if TYPE_CHECKING:
    from .cluster import Cluster
    from .cluster_opening import Opens

PAGES_PER_FEED = 10
"""Pages of teasers opened for one feed and run, the newest entries first: a feed of two
hundred teasers must not become two hundred requests to its host. Older ones keep the
feed's own words, and research reads their page when an issue wants to tell of them."""

TRY_PAGES_FOR = dt.timedelta(days=7)
"""So long the page of an entry that says nothing itself is asked for again."""
BEGUN = 6
"""Feeds that are begun, for each request that may be under way: more than may wait for a silent
server, so that there is always one that can go on."""
_WORD = re.compile(r"(?:<[^>]*>|[^\w<])*\w")


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
    cluster: Opens | None = None,
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

        await run.finish_killed(chosen)
        lines = await run.poll(asked_for, lambda line: report(line, len(asked_for)))
    return FetchReport(lines, len(chosen) - len(asked_for))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one poll brought, and what is still to be read for it."""

    line: FeedReport
    wanted: Sequence[Entry]
    """Entries whose pages are to be read."""
    edited: Collection[Key]
    """Those entries that have changed, and their pages with them."""


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
        self.commits = Commits(store)
        self.config, self.store, self.now, self.states = config, store, now, states
        self.until = math.inf
        """When all should be asked, by the event loop's clock."""

    async def poll(
        self, feeds: Sequence[Feed], report: Callable[[FeedReport], None]
    ) -> tuple[FeedReport, ...]:
        """
        Ask feeds and keep what they bring; those first for which a run may have to wait.

        Returns:
            Their lines, in the order of the feeds.
        """
        network = self.config.network
        self.until = asyncio.get_running_loop().time() + network.timeout_s
        lines = dict[str, FeedReport]()
        # A feed that waits for its turn, or whose pages do, shall cost no more than its name.
        begun, reading = (asyncio.Semaphore(BEGUN * network.concurrency) for _ in range(2))

        def done(line: FeedReport) -> None:
            lines[line.feed] = line
            report(line)

        async def finish(kept: _Kept) -> None:
            try:
                pages, unread = await self._read_pages(kept.wanted, kept.edited)
            finally:
                reading.release()
            done(replace(kept.line, pages=pages, unread=unread))

        async def ask_next(queue: deque[Feed]) -> None:
            kept = await self._ask(queue.popleft())
            if kept.wanted:
                await reading.acquire()
                group.create_task(finish(kept))
            else:
                done(kept.line)

        async def ask_all(queue: deque[Feed]) -> None:
            try:
                if queue:
                    await ask_next(queue)
            finally:
                begun.release()
            while queue:  # they wait for their host, and keep no other from being begun
                await ask_next(queue)

        try:
            async with asyncio.TaskGroup() as group:  # one that meets a bug ends the others
                for queue in self._queues(feeds):
                    for _ in range(min(network.per_host, len(queue))):
                        await begun.acquire()
                        group.create_task(ask_all(queue))
        except ExceptionGroup as bugs:
            raise bugs.exceptions[0] from None
        return tuple(lines[feed.slug] for feed in feeds)

    def _queues(self, feeds: Iterable[Feed]) -> list[deque[Feed]]:
        """The feeds of each host; the longest first, and those that failed the last time."""
        queues = dict[str, deque[Feed]]()
        failing = set[str]()
        for feed in feeds:
            at = feed.url.partition("://")[2].partition("/")[0].lower() or feed.url
            queues.setdefault(at, deque()).append(feed)
            if (state := self.states.get(feed.slug)) and state.failures:
                failing.add(at)
        order = sorted(queues, key=lambda at: (-len(queues[at]), at not in failing))
        return [queues[at] for at in order]

    async def _ask(self, feed: Feed) -> _Kept:
        """Ask one feed and store what came."""
        state = self.states.get(feed.slug)
        leaving = partial(self._leaving, feed, state)
        known = partial(self.store.readings.known, feed.slug)
        job = FeedJob(feed, ask(state, feed), self.now())
        if is_file(feed.url):
            most = self.config.network.max_bytes
            fetched = read_file(feed.url, etag=job.request.etag, max_bytes=most, now=job.now)
            return await self._keep(
                feed, state, await read(feed, fetched, self.means.workers, known)
            )
        if self.cluster is not None:
            answer = await self.cluster.ask(job, leaving)
            at = replace(answer.fetched, fetched_at=self.now())  # one clock for all that is stored
            return await self._keep(feed, state, replace(answer, fetched=at))
        async with asked(job, self.means, leaving, self.until, known) as answer:
            return await self._keep(feed, state, answer)

    async def _keep(self, feed: Feed, state: FeedState | None, answer: FeedAnswer) -> _Kept:
        new, edited, then, wanted = await self.commits.write(
            partial(self._store, feed, state, answer)
        )
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
            next_poll=then.next_poll,
        )
        return _Kept(line, wanted, frozenset(entry.key for entry in edited))

    async def _leaving(self, feed: Feed, state: FeedState | None) -> None:
        """A kill from here on must not make the next run ask again too soon."""
        then = before(state, feed, self.now())
        await self.commits.write(partial(self.store.feeds.save, then))

    def _store(
        self, feed: Feed, state: FeedState | None, answer: FeedAnswer
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...], FeedState, list[Entry]]:
        """
        Entries, whose pages are wanted, state and poll, to be committed together: a kill leaves
        the feed as it was, and no page forgotten.
        """
        now, fetched, content = self.now(), answer.fetched, answer.content
        then = after(state, feed, fetched, content, now, gave_up=answer.gave_up)
        if answer.error:
            then = replace(then, error=answer.error)  # in the words of what could not be read
        entries = _not_in_future(content.entries, now) if content else ()
        new, edited = self.store.entries.put(entries, now)
        if content:
            self.store.readings.keep(feed.slug, content, new)
        self.store.feeds.save(then)
        self.store.feeds.add_poll(
            feed.slug, now, fetched, answer.error, answer.size, len(new), len(edited)
        )
        wanted = self._wanted(feed, then, (*new, *edited))
        for entry in wanted:
            self.store.entries.want_page(entry)
        return new, edited, then, wanted

    async def _read_pages(
        self, wanted: Sequence[Entry], edited: Collection[Key]
    ) -> tuple[int, tuple[tuple[str, str], ...]]:
        """
        Read the pages of teasers; returns how many were read, and which were not.

        Entries whose keys are in `edited` have changed, and their pages with them.
        """
        failures = [await self._page(entry, entry.key in edited) for entry in wanted]
        unread = tuple((exc.subject, exc.message) for exc in failures if exc is not None)
        return len(wanted) - len(unread), unread

    def _wanted(self, feed: Feed, state: FeedState, entries: Iterable[Entry]) -> list[Entry]:
        """The entries whose pages must be read, the newest first, so many as are opened."""
        if feed.full_text == "feed":
            return []
        newest = sorted(entries, key=lambda entry: entry.published or self.now(), reverse=True)
        return list(islice(self._teasers(feed, state, newest), PAGES_PER_FEED))

    def _teasers(self, feed: Feed, state: FeedState, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Those that say too little themselves; as few documents are made as can tell that."""
        from ..extract.post import LEARN_FROM, furniture, needs_page, post, seems_to_need_page

        learned: frozenset[str] | None = None
        for entry in entries:
            needs = seems_to_need_page(entry, feed)
            if needs is None and is_plain(entry.html.encode()):  # what is not is long
                if learned is None:
                    known = self.store.entries.recent(feed.slug, LEARN_FROM)
                    learned = furniture([e for e in known if is_plain(e.html.encode())])
                own = post(
                    entry,
                    site=feed.title or state.title,
                    families=self.config.publishers,
                    fetched_at=self.now(),
                    furniture=learned,
                )
                needs = needs_page(entry, feed, own)
            if needs:
                yield entry

    async def _page(self, entry: Entry, again: bool) -> FetchError | None:
        outcome = await self.pages.read(entry.url, entry, again=again)
        was_read = isinstance(outcome, Document)
        if was_read or _WORD.match(entry.html):
            with self.store.transaction():
                self.store.entries.end_page(entry, was_read=was_read)
        return outcome if isinstance(outcome, FetchError) else None

    async def finish_killed(self, feeds: Iterable[Feed]) -> None:
        """
        Read the pages that a run which was killed did not come to.

        Before the feeds are asked: what they bring now has its own turn. An entry that has
        no text to be had is given up after `TRY_PAGES_FOR`.
        """
        slugs = {feed.slug for feed in feeds}
        left = self.store.entries.without_page(slugs, self.now() - TRY_PAGES_FOR)
        edited = {entry.key for entry in left if entry.fetched_at != entry.first_seen}
        await self._read_pages(left, edited)


def _not_in_future(entries: Iterable[Entry], now: dt.datetime) -> tuple[Entry, ...]:
    """A date that has not come yet is a mistake of its feed: the entry is of today."""
    return tuple(
        replace(entry, published=now) if entry.published and entry.published > now else entry
        for entry in entries
    )
