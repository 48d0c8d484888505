"""
Writes of many feeds, gathered: those that are wanted in one round of the event loop share a commit.

Touches the store. Each write is whole or not there, as if it had a transaction of its own: one that
fails takes no other with it, and who asked for it goes on when it has been committed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from ..store import Store

T = TypeVar("T")

ROUND_S = 0.05
"""Of one commit's work: requests that are under way must not miss their deadlines for it."""


class Commits:
    """
    Args:
        store: Where all is written; no other transaction may be open when the event loop turns.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting = deque[tuple[Callable[[], Any], asyncio.Future[Any]]]()

    async def write(self, work: Callable[[], T]) -> T:
        """
        What `work` gives, once the disk has what it wrote.

        Args:
            work: Writes to the store and nothing else: it may be called twice.

        Raises:
            Exception: What `work` or the commit raises; then nothing of it is kept.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._round)
        self._waiting.append((work, done))
        return await done

    def _round(self) -> None:
        """Commit what waits; what would take too long is left to the next round."""
        loop = asyncio.get_running_loop()
        end = loop.time() + ROUND_S
        doing = list[tuple[Callable[[], Any], asyncio.Future[Any]]]()
        found = list[Any]()
        try:
            with self._store.transaction():
                while self._waiting and (not doing or loop.time() < end):
                    work, done = self._waiting.popleft()
                    if not done.cancelled():  # who is gone wants nothing any more
                        doing.append((work, done))
                        found.append(work())
        except Exception:
            for work, done in doing:  # one of them, or the commit: each by itself
                self._alone(work, done)
        except BaseException as exc:  # the run ends, and who waits must know
            for _, done in doing:
                done.set_exception(exc)
        else:
            for (_, done), outcome in zip(doing, found, strict=True):
                done.set_result(outcome)
        finally:
            if self._waiting:
                loop.call_soon(self._round)

    def _alone(self, work: Callable[[], Any], done: asyncio.Future[Any]) -> None:
        try:
            with self._store.transaction():
                outcome = work()
        except BaseException as exc:
            done.set_exception(exc)
        else:
            done.set_result(outcome)
