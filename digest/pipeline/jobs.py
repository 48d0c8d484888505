"""
What is done for one feed or one page before the store is asked: request, bytes, what they hold.

Touches the network and processes. It knows no store, so that it does not know where it runs: in
the process that writes, or on the workers of a cluster, which send home what they made.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import math
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from ..errors import FetchError, GivenUpError, ParseError
from ..fetch.door import Door, Leaving, nothing
from ..fetch.poll import Ask
from ..fetch.secrets import said
from ..settings import Feed
from ..types import Document, Entry, FeedContent, Fetched, Onward, Post
from ..urls import host
from .workers import Workers

ACCEPT_FEED = (
    "application/atom+xml,application/rss+xml,application/feed+json,application/rdf+xml;q=0.9,"
    "application/xml;q=0.8,text/xml;q=0.8,application/json;q=0.7,*/*;q=0.1"
)
ACCEPT_PAGE = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5,text/markdown;q=0.5,*/*;q=0.1"
MARKS = ("x-robots-tag", "tdm-reservation")

Families = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FeedJob:
    """A feed to be asked."""

    feed: Feed
    request: Ask
    now: dt.datetime
    """By the clock of the one who writes."""
    onward: Onward | None = None
    """Where a redirect led to another host than is asked where it was met."""

    @property
    def host(self) -> str:
        return host(self.onward.url if self.onward else self.request.url)


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to be opened."""

    address: str
    hint: Entry | None
    """The entry that it belongs to."""
    onward: Onward | None = None
    """As of a feed."""

    @property
    def host(self) -> str:
        return host(self.onward.url if self.onward else self.address)


@dataclass(frozen=True, slots=True)
class FeedAnswer:
    """What came of a feed."""

    fetched: Fetched
    content: FeedContent | None
    error: str
    """Why nothing could be read; empty where all is well."""
    size: int
    """Bytes of the body, which may have stayed where it was read."""
    gave_up: bool = False
    """Whether reading it took too long, so that another try may do better."""


Job = FeedJob | PageJob
Answer = FeedAnswer | Document | FetchError
"""A feed's or a page's, or why there is no page."""


@dataclass(frozen=True, slots=True)
class Means:
    """What jobs are done with, wherever that is."""

    door: Door
    workers: Workers | None
    """Processes that read within limits; without them a page is read in a thread."""
    families: Families
    """Families of publishers."""
    environment: Mapping[str, str]
    """Where the secrets of feeds stand."""
    stays: Callable[[str], bool] = lambda host: True
    """Whether a redirect to a host may be followed here."""


async def do(job: Job, means: Means) -> Answer | Onward:
    """
    Do one job, and let its body go; for who sends the answer on.

    Returns:
        The answer; or where it is to be asked for, where that may not be done here.
    """
    if isinstance(job, PageJob):
        return await _page(job, means)
    async with asked(job, means) as answer:
        if answer.fetched.onward is not None:
            return answer.fetched.onward
        fetched = replace(answer.fetched, body=b"", headers=dict(answer.fetched.headers))
        return replace(answer, fetched=fetched)


@asynccontextmanager
async def asked(
    job: FeedJob,
    means: Means,
    leaving: Leaving = nothing,
    until: float = math.inf,
    known: Callable[[], Mapping[str, Post]] = dict,
) -> AsyncIterator[FeedAnswer]:
    """
    Ask for a feed and read it; its answer counts among those under way until the block ends.

    Args:
        leaving: Awaited once, just before the first byte of a request leaves.
        until: When the run should be over, by the event loop's clock; see `Door.hold`.
        known: Called where there is a document: its posts that need not be read.
    """
    feed, request = job.feed, job.request
    secret, missing = _secret(feed, means.environment)
    if missing is not None:
        yield await read(
            feed, Fetched(feed.url, feed.url, job.now, reached=False, error=missing), means.workers
        )
        return
    async with means.door.hold(
        request.url,
        accept=ACCEPT_FEED,
        etag=request.etag,
        last_modified=request.last_modified,
        secret=secret,
        leaving=leaving,
        onward=job.onward,
        stays=means.stays,
        until=until,
    ) as fetched:
        yield await read(feed, fetched, means.workers, known)


async def read(
    feed: Feed,
    fetched: Fetched,
    workers: Workers | None,
    known: Callable[[], Mapping[str, Post]] = dict,
) -> FeedAnswer:
    """What the answer of a feed's server holds; `known` as for `asked`."""
    size = len(fetched.body)
    if fetched.error is not None:
        return FeedAnswer(fetched, None, fetched.error.message, size)
    if fetched.is_unchanged or fetched.onward is not None:
        return FeedAnswer(fetched, None, "", size)
    from ..extract.feed import entries as read_entries
    from ..extract.feed import usual_entries

    assert workers is not None
    try:
        content = await workers.read_plain(
            read_entries,
            fetched.body,
            quick=usual_entries,
            feed=feed,
            url=fetched.final_url,
            content_type=fetched.headers.get("content-type", ""),
            known=known(),
        )
    except ParseError as exc:
        gave_up = isinstance(exc, GivenUpError)
        return FeedAnswer(fetched, None, exc.message, size, gave_up)
    return FeedAnswer(fetched, content, "", size)


def _secret(
    feed: Feed, environment: Mapping[str, str]
) -> tuple[tuple[str, str] | None, FetchError | None]:
    """The header that the feed wants, or the error that its variable is not set."""
    if feed.auth is None:
        return None, None
    value = environment.get(feed.auth.env, "")
    if not value:
        message = f"the environment variable {feed.auth.env} is not set; expected its secret"
        return None, FetchError(feed.url, message)
    return (feed.auth.header, said(feed.auth.kind, value)), None


async def open_page(job: PageJob, means: Means) -> Document | FetchError:
    """Open a page and read its article, or say why there is none."""
    found = await _page(job, means)
    assert not isinstance(found, Onward)
    return found


async def _page(job: PageJob, means: Means) -> Document | FetchError | Onward:
    async with means.door.hold(
        job.address, accept=ACCEPT_PAGE, robots=True, onward=job.onward, stays=means.stays
    ) as fetched:
        if fetched.error is not None:
            return fetched.error
        if fetched.onward is not None:
            return fetched.onward
        try:
            document = await _article(fetched, job.hint, means)
        except ParseError as exc:
            return FetchError(job.address, exc.message)
    if not document.text.strip():
        return FetchError(job.address, "the page has no readable text")
    return replace(document, final_url=fetched.final_url)


def marks(headers: Mapping[str, str]) -> dict[str, str]:
    """Those headers that say what a page keeps from machines, to be sent to a worker."""
    return {name: headers[name] for name in MARKS if name in headers}


async def _article(fetched: Fetched, hint: Entry | None, means: Means) -> Document:
    from ..extract.article import article, examine  # most runs read no page
    from ..extract.candidates import load

    how: dict[str, Any] = {
        "url": fetched.final_url,
        "content_type": fetched.headers.get("content-type", ""),
        "fetched_at": fetched.fetched_at,
        "families": dict(means.families),
        "hint": hint,
        "headers": marks(fetched.headers),
    }
    if means.workers is None:
        return await asyncio.to_thread(article, fetched.body, **how)
    found = await means.workers.read(examine, fetched.body, load=load, **how)
    return found.document
