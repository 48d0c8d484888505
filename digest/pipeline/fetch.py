"""
fetch → extract → store: poll the feeds that are due and keep what they bring.

Touches network and store. One feed that fails is a line of the report; the others go on. The
texts of entries are made later (`texts.py`), when somebody wants them: here only it is decided
whose page must be read, by a look at their HTML wherever that shows it.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import re
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
from ..types import Document, Entry, FeedState
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
        job = FeedJob(feed, ask(state, feed), self.now())
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
    ) -> tuple[FeedReport, list[Entry], frozenset[tuple[str, str]]]:
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
        return line, wanted, frozenset(entry.key for entry in edited)

    def _leaving(self, feed: Feed, state: FeedState | None) -> None:
        """A kill from here on must not make the next run ask again too soon."""
        with self.store.transaction():
            self.store.feeds.save(before(state, feed, self.now()))

    def _store(
        self, feed: Feed, state: FeedState | None, answer: FeedAnswer
    ) -> tuple[tuple[Entry, ...], tuple[Entry, ...], FeedState, list[Entry]]:
        """
        Entries, whose pages are wanted, state and poll in one transaction: a kill leaves the
        feed as it was, and no page forgotten.
        """
        now, fetched, content = self.now(), answer.fetched, answer.content
        then = after(state, feed, fetched, content, now, gave_up=answer.gave_up)
        if answer.error:
            then = replace(then, error=answer.error)  # in the words of what could not be read
        with self.store.transaction():
            entries = _not_in_future(content.entries, now) if content else ()
            new, edited = self.store.entries.put(entries, now)
            self.store.feeds.save(then)
            self.store.feeds.add_poll(
                feed.slug, now, fetched, answer.error, answer.size, len(new), len(edited)
            )
            wanted = self._wanted(feed, then, (*new, *edited))
            for entry in wanted:
                self.store.entries.want_page(entry)
        return new, edited, then, wanted

    async def _read_pages(
        self, wanted: Sequence[Entry], edited: Collection[tuple[str, str]]
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
