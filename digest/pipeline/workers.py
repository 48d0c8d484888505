"""
Processes that read pages, so that a bad page costs itself and nothing else.

Touches processes. A page that needs more time or memory than it may is given up: its process is
ended and another one starts with the next page. Processes start when they are first needed.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
from multiprocessing.connection import Connection
from typing import Any, Self

from ..errors import ParseError
from ..extract.article import Examined, examine
from ..extract.candidates import load

SECONDS = 10.0
"""What one page may take."""
MEGABYTES = 500
"""What one page may need, beyond what the libraries do."""
START_S = 120.0
"""A new process imports its libraries first, on a busy machine for long."""
MOST = 8


class Workers:
    """
    Use as an async context manager.

    Args:
        number: Processes at most; as many as there are processors, if None.
        seconds: What one page may take.
        megabytes: What one page may need; without effect where the system knows no such limit.
    """

    def __init__(
        self, number: int | None = None, *, seconds: float = SECONDS, megabytes: int = MEGABYTES
    ) -> None:
        self._idle = [
            _Worker(seconds, megabytes) for _ in range(number or min(MOST, os.cpu_count() or 1))
        ]
        self._all = tuple(self._idle)
        self._free = asyncio.Semaphore(len(self._idle))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._all:
            worker.end()

    async def examine(self, body: bytes, **how: Any) -> Examined:
        """
        `extract.article.examine` in another process.

        Raises:
            ParseError: As `examine` does; or the page was given up.
        """
        async with self._free:
            worker = self._idle.pop()  # the last used: it runs already
            try:
                outcome = await asyncio.to_thread(worker.ask, body, how)
            finally:
                self._idle.append(worker)
        if isinstance(outcome, ParseError):
            raise outcome
        return outcome


class _Worker:
    """One process, started when it is asked and not there."""

    def __init__(self, seconds: float, megabytes: int) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._process: Any = None
        self._wire: Connection | None = None

    def ask(self, body: bytes, how: dict[str, Any]) -> Examined | ParseError:
        try:
            wire = self._wire or self._start()
            wire.send((body, how))
            if wire.poll(self._seconds):
                found: Examined | ParseError | MemoryError = wire.recv()
                if not isinstance(found, MemoryError):
                    return found
            else:
                self.end()
                return ParseError(how["url"], f"given up: more than {self._seconds:g} s of work")
        except (EOFError, OSError):  # the process is gone
            pass
        self.end()
        return ParseError(how["url"], f"given up: more than {self._megabytes} MB, or a broken page")

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        wire, other = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(other, self._megabytes), daemon=True, name="digest extract"
        )
        self._process.start()
        other.close()
        self._wire = wire
        if not wire.poll(START_S):
            raise EOFError
        wire.recv()
        return wire

    def end(self) -> None:
        if self._wire is not None:
            self._wire.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._wire = self._process = None


def _serve(wire: Connection, megabytes: int) -> None:
    """The process's own work: page after page, until the other end is closed."""
    load()  # before the clock of the first page runs
    # trafilatura logs "empty HTML tree" and its like as errors; what is raised says as much.
    logging.disable(logging.CRITICAL)
    _limit(megabytes)
    wire.send("ready")
    while True:
        try:
            body, how = wire.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            wire.send(examine(body, **how))
        except (ParseError, MemoryError) as exc:
            wire.send(exc)
        except KeyboardInterrupt:
            return


def _limit(megabytes: int) -> None:
    try:
        import resource

        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[0])
    except (ImportError, OSError):  # not Linux: time alone is limited
        return
    most = pages * os.sysconf("SC_PAGE_SIZE") + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
