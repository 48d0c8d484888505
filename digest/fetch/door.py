"""
The one door to the network for addresses from feeds, pages, documents and models.

Touches the network and the event loop's clock. Whatever a server or an address does
becomes a `Fetched` with its reason; only bugs and cancellation are raised. The parts, each
in its module: which addresses (`hops`, `guard`), how often (`manners`, `robots`), how much
(`decode`). Redirects are followed here, by hand, so that each hop passes all of them.

It stands on `wire` and not on a client: cookies, redirects, proxies from the environment and
authentication from addresses need not be switched off where there are none.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypedDict, Unpack

from ..errors import FetchError
from ..settings import Network
from ..types import Fetched, Onward
from .answers import Answer, Closed, Request, Unreadable, Unsendable
from .answers import answer as answered
from .decode import Body
from .guard import Guard
from .headers import (
    Header,
    answer_headers,
    check_status,
    is_conditional,
    request_headers,
    secret_header,
)
from .hops import (
    MAX_REDIRECTS,
    PERMANENT,
    REDIRECTS,
    Address,
    address,
    host_of,
    may_see_secret,
    target,
)
from .manners import Place, Turns
from .robots import Robots
from .wire import Connection, Origin, Wire

FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (Unreadable, "not a whole HTTP answer"),
    (Unsendable, "not a request that HTTP can carry"),
    (ssl.SSLError, "no secure connection"),
    (ConnectionError, "the connection broke off"),
    (OSError, "the connection failed"),
)
"""What may be raised for something a server does, in a reader's words."""


LARGE = 500_000
"""Bytes from which an answer is one of the large ones."""
LARGE_AT_ONCE = 8
"""Of these, read or waiting to be read: with `max_bytes` they bound the memory of a run."""


Leaving = Callable[[], Awaitable[None]]
"""Awaited once, before the first byte of a request leaves."""


async def nothing() -> None:
    """To be done as a request leaves."""


class Wishes(TypedDict, total=False):
    """What may be said with an address; `Door.hold` tells what each means."""

    accept: str
    etag: str
    last_modified: str
    secret: tuple[str, str] | None
    robots: bool
    leaving: Leaving
    onward: Onward | None
    stays: Callable[[str], bool]
    until: float


@dataclass(frozen=True, slots=True)
class _Ask:
    """What is the same on every hop."""

    owner: Address
    """The address that was asked for first: the one the secret is for."""
    headers: tuple[Header, ...]
    secret: Header | None
    robots: bool
    stays: Callable[[str], bool]
    until: float


@dataclass(slots=True)
class _Trip:
    """What is known of a request while it goes from hop to hop."""

    at: str
    leaving: Leaving
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    moved_to: str = ""
    is_permanent: bool = True
    """Whether each redirect so far was."""
    hops: int = 0
    spent_s: float = 0.0
    reached: bool = False
    place: Place | None = None
    """Kept where there is a body."""
    has_room: bool = False
    """Whether it is one of the few that may be large."""

    async def leaves(self) -> None:
        """A request counts from when its first byte may leave."""
        if not self.reached:
            await self.leaving()
            self.reached = True


class Door:
    """
    Fetches addresses nobody has vouched for. Use as an async context manager.

    Args:
        network: Manners and limits.
        user_agent: Sent with every request: name, version, and where to complain.
        now: The clock for `Fetched.fetched_at`.
        routes: Hosts that a loopback address and port answer for, in plain HTTP under
            either scheme (the demo, tests). Nothing else is loosened.

    Raises:
        ConfigError: SSL_CERT_FILE names no file.
        ValueError: A route leads elsewhere than to loopback.
    """

    def __init__(
        self,
        network: Network,
        *,
        user_agent: str,
        now: Callable[[], dt.datetime],
        routes: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        self._network = network
        self._user_agent = user_agent
        self._now = now
        self._turns = Turns(network.concurrency, network.per_host, network.pause_s)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._robots = Robots(self._read_robots, user_agent, self._turns.slow)
        self._guard = Guard(
            network.allow_private,
            routes or {},
            timeout_s=network.timeout_s,
            lookups=network.concurrency,
            proxy=network.proxy,
        )
        self._wire = Wire(self._guard, network.concurrency)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._wire.aclose()
        self._guard.close()

    async def get(self, url: str, **wishes: Unpack[Wishes]) -> Fetched:
        """What `hold` gives, for who reads small answers, or at once."""
        async with self.hold(url, **wishes) as fetched:
            return fetched

    @asynccontextmanager
    async def hold(
        self,
        url: str,
        *,
        accept: str = "*/*",
        etag: str = "",
        last_modified: str = "",
        secret: tuple[str, str] | None = None,
        robots: bool = False,
        leaving: Leaving = nothing,
        onward: Onward | None = None,
        stays: Callable[[str], bool] = lambda host: True,
        until: float = math.inf,
    ) -> AsyncIterator[Fetched]:
        """
        Fetch one address, and count its answer among those under way until the block has read it.

        Args:
            url: http or https, from anywhere.
            accept: Media types wanted.
            etag: Validator of the copy that is there already, byte for byte; empty for none.
            last_modified: The other validator, byte for byte; empty for none.
            secret: Name and value of a header for the server of `url` alone.
            robots: Whether to do as robots.txt says, on every hop.
            leaving: Awaited once, just before the first byte of a request leaves.
            onward: Go on where a redirect of `url` was left to us.
            stays: Whether a host may be asked from here. A redirect to any other is left to
                whoever asks that host: the answer says how to go on.
            until: When all should be over, by the event loop's clock: what begins late gets
                less than `timeout_s`, but half of it always.

        Yields:
            The answer, or the reason why there is none. Waiting for a turn at the host
            is not part of `timeout_s`; all hops together are. The block must ask for nothing
            else: it would wait for the place that it holds.
        """
        trip = _trip(url, leaving, onward)
        headers = request_headers(self._user_agent, accept, etag, last_modified)
        try:
            yield await self._fetched(url, trip, headers, secret, robots, stays, until)
        finally:
            if trip.place is not None:
                trip.place.give_back()
            if trip.has_room:
                self._large.release()

    def pause_s(self, host: str) -> float:
        """Seconds between two requests to a host, by our manners and its robots.txt."""
        return self._turns.pause_s(host)

    async def _fetched(
        self,
        url: str,
        trip: _Trip,
        headers: tuple[Header, ...],
        secret: tuple[str, str] | None,
        robots: bool,
        stays: Callable[[str], bool],
        until: float,
    ) -> Fetched:
        error = onward = None
        try:
            owner = address(url)
            hidden = secret_header(secret) if secret else None
            ask = _Ask(owner, headers, hidden, robots, stays, until)
            if not await self._follow(ask, trip):
                onward = Onward(trip.at, trip.hops, trip.moved_to, trip.is_permanent, trip.spent_s)
        except FetchError as exc:
            away = f"after a redirect to {trip.at[:200]}: " if trip.hops else ""
            error = FetchError(url, away + exc.message)
        return Fetched(
            url=url,
            final_url=trip.at,
            fetched_at=self._now(),
            status=trip.status,
            body=trip.body,
            headers=trip.headers,
            moved_to=trip.moved_to,
            elapsed_s=round(trip.spent_s, 3),
            reached=trip.reached,
            error=error,
            onward=onward,
        )

    async def _follow(self, ask: _Ask, trip: _Trip) -> bool:
        """
        Go from hop to hop until one answers with something else than a redirect.

        Returns:
            Whether it came to that; False where the next hop is for another to ask.
        """
        url = address(trip.at) if trip.hops else ask.owner
        while True:
            trip.at = str(url)
            if ask.robots:
                await self._robots.check(url)
            await self._hop(url, ask, trip)
            if trip.status not in REDIRECTS:
                return True
            if trip.hops == MAX_REDIRECTS:
                raise FetchError(trip.at, f"more than {MAX_REDIRECTS} redirects")
            trip.is_permanent = trip.is_permanent and trip.status in PERMANENT
            url = target(url, trip.headers.get("location", ""))
            trip.hops += 1
            if trip.is_permanent:
                trip.moved_to = str(url)
            if not ask.stays(host_of(url)):
                trip.at = str(url)
                return False

    async def _hop(self, url: Address, ask: _Ask, trip: _Trip) -> None:
        """Ask one address, in its host's turn and within what is left of the time."""
        clock = asyncio.get_running_loop().time
        async with self._turns.turn(host_of(url)) as place:
            started, longest = clock(), self._network.timeout_s
            longest = min(longest, max(trip.spent_s + ask.until - started, longest / 2))
            deadline = asyncio.timeout(longest - trip.spent_s)
            place.ask()
            try:
                async with deadline:
                    await self._exchange(url, ask, trip, place, deadline)
                    if trip.body:
                        place.is_kept, trip.place = True, place
            except tuple(kind for kind, _ in FAULTS) as exc:
                if deadline.expired():
                    raise FetchError(trip.at, f"took over {round(longest, 1):g} s") from exc
                raise FetchError(trip.at, _words(exc)) from exc
            finally:
                trip.spent_s += clock() - started

    async def _exchange(
        self, url: Address, ask: _Ask, trip: _Trip, place: Place, deadline: asyncio.Timeout
    ) -> None:
        """One request, and its answer as far as there is something to read in it."""
        request = self._request(url, ask)
        connection = await self._wire.open(origin := self._origin(url))
        try:
            try:
                answer = await _asked(connection, request, trip)
            except (Closed, ConnectionError):
                if not connection.is_kept:
                    raise
                # Its server closed it while we wrote (RFC 9112, section 9.3.1).
                self._wire.give_back(connection)
                connection = await self._wire.open(origin, anew=True)
                answer = await _asked(connection, request, trip)
            place.hear()
            if not place.is_held:
                await _aside(place.take(), trip, deadline)
            await self._read(answer, ask, trip, deadline)
            connection.is_whole = answer.is_at_end()
        finally:
            self._wire.give_back(connection)

    async def _read(
        self, answer: Answer, ask: _Ask, trip: _Trip, deadline: asyncio.Timeout
    ) -> None:
        trip.status = answer.status
        trip.headers = answer_headers(answer.headers)
        if trip.status in REDIRECTS:
            return
        check_status(trip.status, conditional=is_conditional(ask.headers))
        body = Body(trip.headers.get("content-encoding", ""), self._network.max_bytes)
        while part := await answer.part():
            body.add(part)
            if body.size > LARGE and not trip.has_room:
                await _aside(self._large.acquire(), trip, deadline)
                trip.has_room = True
        trip.body = body.whole()

    def _request(self, url: Address, ask: _Ask) -> Request:
        headers: list[Header] = [(b"Host", url.netloc.encode("ascii")), *ask.headers]
        if ask.secret and may_see_secret(ask.owner, url):
            headers.append(ask.secret)
        by_proxy = self._guard.is_proxied(host_of(url)) and url.scheme == "http"
        whole = f"{url.scheme}://{url.netloc}{url.path}"
        return Request(whole if by_proxy else url.path, headers)  # RFC 9112, section 3.2.2

    def _origin(self, url: Address) -> Origin:
        is_tls = url.scheme == "https" and not self._guard.is_routed(host_of(url))
        return Origin(is_tls, url.host, url.port)

    async def _read_robots(self, url: str) -> Fetched:
        return await self.get(url, accept="text/plain")


async def _asked(connection: Connection, request: Request, trip: _Trip) -> Answer:
    data = request.sent()
    await trip.leaves()
    await connection.stream.write(data)
    return await answered(connection.stream, request)


async def _aside(turn: Awaitable[object], trip: _Trip, deadline: asyncio.Timeout) -> None:
    """Wait for something of ours: the server is not to blame for that."""
    clock = asyncio.get_running_loop().time
    end, started = deadline.when(), clock()
    deadline.reschedule(None)
    await turn
    waited = clock() - started
    trip.spent_s -= waited
    deadline.reschedule(end + waited if end is not None else None)


def _trip(url: str, leaving: Leaving, onward: Onward | None) -> _Trip:
    if onward is None:
        return _Trip(url, leaving)
    return _Trip(
        onward.url,
        leaving,
        moved_to=onward.moved_to,
        is_permanent=onward.is_permanent,
        hops=onward.hops,
        spent_s=onward.spent_s,
        reached=True,
    )


def _words(exc: Exception) -> str:
    words = next(words for kind, words in FAULTS if isinstance(exc, kind))
    detail = str(exc)[:200]
    return f"{words} ({detail})" if detail else words
