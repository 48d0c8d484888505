"""
Taking turns: so many requests at once, so many to one host, a pause between them.

Touches the event loop's clock. A turn is waited for before a request's deadline starts,
so that the last of a hundred feeds on one host has as long as the first. Who has an answer may
keep the place until it is read: answers that wait for a reader are then no more than requests
may be under way, however many feeds there are.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class _Host:
    def __init__(self, at_once: int, pause_s: float) -> None:
        self.slots = asyncio.Semaphore(at_once)
        self.free_at = 0.0
        self.pause_s = pause_s


class Place:
    """One of the requests that may be under way at once; given back once, early or late."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._is_held = False
        self.is_kept = False
        """Whether it outlasts its turn; then `give_back` must be called."""

    async def take(self) -> None:
        await self._places.acquire()
        self._is_held = True

    def give_back(self) -> None:
        if self._is_held:
            self._is_held = False
            self._places.release()


class Turns:
    """
    Args:
        concurrency: Requests under way and answers in hand at once, of all hosts.
        per_host: Requests under way at once to one host.
        pause_s: Seconds between the end of a request to a host and the next one's start,
            and between two starts.
    """

    def __init__(self, concurrency: int, per_host: int, pause_s: float) -> None:
        self._all = asyncio.Semaphore(concurrency)
        self._per_host = per_host
        self._pause_s = pause_s
        self._hosts: dict[str, _Host] = {}

    def slow(self, name: str, pause_s: float) -> None:
        """Leave a longer pause between requests to a host from now on."""
        host = self._hosts.setdefault(name, _Host(self._per_host, self._pause_s))
        host.pause_s = max(host.pause_s, pause_s)

    def pause_s(self, name: str) -> float:
        """Seconds between two requests to a host."""
        host = self._hosts.get(name)
        return host.pause_s if host else self._pause_s

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[Place]:
        """Wait until one more request may go to the host, and count it while it lasts."""
        clock = asyncio.get_running_loop().time
        host = self._hosts.setdefault(name, _Host(self._per_host, self._pause_s))
        async with host.slots:
            start = max(clock(), host.free_at)
            host.free_at = start + host.pause_s
            # Who sleeps here holds no place among `_all`: a host with a long queue would
            # keep others waiting.
            await asyncio.sleep(start - clock())
            place = Place(self._all)
            await place.take()
            try:
                yield place
            finally:
                host.free_at = max(host.free_at, clock() + host.pause_s)
                if not place.is_kept:
                    place.give_back()
