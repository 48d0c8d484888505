"""
Taking turns: so many requests at once, so many to one host, a pause between them.

Touches the event loop's clock. A turn is waited for before a request's deadline starts,
so that the last of a hundred feeds on one host has as long as the first. Who has an answer may
keep the place until it is read: answers that wait for a reader are then no more than requests
may be under way, however many feeds there are. Whose server says nothing lends the place until
it does: some that hang must not keep thousands waiting.
"""

from __future__ import annotations

import asyncio
from types import TracebackType

PATIENCE_S = 1.0
"""So long a request keeps its place although nothing has come of it."""
LENT = 4
"""Places that are lent at most, for each that there is: the request keeps its socket."""


class _Host:
    def __init__(self, at_once: int, pause_s: float) -> None:
        self.slots = asyncio.Semaphore(at_once)
        self.free_at = 0.0
        self.pause_s = pause_s


class _Places:
    """All the requests that may be under way at once."""

    def __init__(self, number: int) -> None:
        self.free = asyncio.Semaphore(number)
        self.may_lend = LENT * number


class Place:
    """One of the requests that may be under way at once; given back once, early or late."""

    def __init__(self, places: _Places) -> None:
        self._places = places
        self._is_held = self._is_lent = False
        self._timer: asyncio.TimerHandle | None = None
        self.is_kept = False
        """Whether it outlasts its turn; then `give_back` must be called."""

    @property
    def is_held(self) -> bool:
        return self._is_held

    async def take(self) -> None:
        await self._places.free.acquire()
        self._is_held = True

    def ask(self) -> None:
        """A request begins: if nothing has come of it after a while, the place is lent."""
        self._timer = asyncio.get_running_loop().call_later(PATIENCE_S, self._lend)

    def hear(self) -> None:
        """Something has come of it; where the place is not held any more, `take` it again."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._is_lent:
            self._is_lent = False
            self._places.may_lend += 1

    def give_back(self) -> None:
        self.hear()
        if self._is_held:
            self._is_held = False
            self._places.free.release()

    def _lend(self) -> None:
        if self._places.may_lend:
            self.give_back()
            self._is_lent = True
            self._places.may_lend -= 1


class Turns:
    """
    Args:
        concurrency: Requests under way and answers in hand at once, of all hosts.
        per_host: Requests under way at once to one host.
        pause_s: Seconds between the end of a request to a host and the next one's start,
            and between two starts.
    """

    def __init__(self, concurrency: int, per_host: int, pause_s: float) -> None:
        self._places = _Places(concurrency)
        self._per_host = per_host
        self._pause_s = pause_s
        self._hosts: dict[str, _Host] = {}

    def slow(self, name: str, pause_s: float) -> None:
        """Leave a longer pause between requests to a host from now on."""
        host = self._host(name)
        host.pause_s = max(host.pause_s, pause_s)

    def pause_s(self, name: str) -> float:
        """Seconds between two requests to a host."""
        host = self._hosts.get(name)
        return host.pause_s if host else self._pause_s

    def turn(self, name: str) -> _Turn:
        """Wait until one more request may go to the host, and count it while the block lasts."""
        return _Turn(self._host(name), self._places)

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(self._per_host, self._pause_s)
        return host


class _Turn:
    def __init__(self, host: _Host, places: _Places) -> None:
        self._host = host
        self._place = Place(places)

    async def __aenter__(self) -> Place:
        clock, host = asyncio.get_running_loop().time, self._host
        await host.slots.acquire()
        try:
            start = max(now := clock(), host.free_at)
            host.free_at = start + host.pause_s
            # Who sleeps here holds no place among all: a host with a long queue would
            # keep others waiting.
            if start > now:
                await asyncio.sleep(start - now)
            await self._place.take()
        except BaseException:
            host.slots.release()
            raise
        return self._place

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        host = self._host
        host.free_at = max(host.free_at, asyncio.get_running_loop().time() + host.pause_s)
        if not self._place.is_kept:
            self._place.give_back()
        host.slots.release()
