"""
Processes that read what strangers sent, so that bad bytes cost themselves and nothing else.

Touches processes. A feed or page that needs more time or memory than it may, or ends its reader
as bytes can that libraries do not expect, is given up: its process is ended, and another one
starts with the next. Processes start when they are first needed. What is small and plain may be
read here: a process takes longer to start than a hundred such feeds to read. Where many wait for
that, the longer of them go to other processors.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from ..errors import DigestError, GivenUpError, ParseError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

SECONDS = 8.0
"""What one body may take; with the usual `network.timeout_s` a feed stays under 30 seconds."""
MEGABYTES = 500
"""What one body may need, beyond what the libraries do."""
START_S = 120.0
"""A new process imports its libraries first, on a busy machine for long."""
MOST = 4
PLAIN_BYTES = 100_000
PLAIN_TAGS = 3_000
LONGER_BYTES = 220_000
LONGER_TAGS = 3_500
"""As many are read here by a function that takes little time for a byte: in 50 ms at most, where
feedparser takes 50 for `PLAIN_BYTES`."""
SHARED_BYTES, SHARED_WHEN, SHARED_EACH = 40_000, 8, 3
"""From so many bytes a body that could be read here goes to a process, when so many wait to be read
here and each process has fewer than that before it: packing what comes of it pays only then."""
LONGEST_RUN = 50_000
"""Bytes between two tags."""
_ODD_BYTES = (b"<!ENTITY", b"\x00", b"&" * 50)
_ODD = tuple(
    re.compile(pattern)
    for pattern in (rb"<!DOCTYPE[^>\[]{0,300}(?:\[|[^>\[]{300})", rb"<!--[^>]{5000}")
)
"""Where parsers and patterns are known to run away. One by one: a choice of several patterns is
tried at each byte, which takes longer than to read the feed."""
BLANK = 250
"""Bytes of white space that are too many, wherever such a piece of a body begins."""


def is_plain(body: bytes, most: int = PLAIN_BYTES, tags: int = PLAIN_TAGS) -> bool:
    """Whether a feed is so small and plain that no parser can run away with it."""
    if len(body) > most or body.count(b"<") > tags:
        return False
    # Counted: a pattern would begin anew at every byte of each run.
    if max(map(len, body.replace(b">", b"<").split(b"<"))) >= LONGEST_RUN:
        return False
    if any(odd in body for odd in _ODD_BYTES):
        return False
    if any(body[at : at + BLANK].isspace() for at in range(0, len(body) - BLANK + 1, BLANK)):
        return False
    return not any(pattern.search(body) for pattern in _ODD)


class Workers:
    """
    Use as an async context manager.

    Args:
        number: Processes at most; as many as there are processors, if None.
        seconds: What one body may take.
        megabytes: What one body may need; without effect where the system knows no such limit.
    """

    def __init__(
        self, number: int | None = None, *, seconds: float = SECONDS, megabytes: int = MEGABYTES
    ) -> None:
        self._number = number or min(MOST, os.cpu_count() or 1)
        self._limits = seconds, megabytes
        self._jobs = SimpleQueue[_Job | None]()
        self._workers = list[_Worker]()
        self._threads = list[Thread]()
        self._unfinished = 0
        """Jobs that were handed over, and have not come back."""
        self._here = asyncio.Lock()
        self._waiting = 0
        """Bodies that are to be read here, and have not been yet."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    async def read(
        self,
        function: Callable[..., T],
        body: bytes,
        *,
        load: Callable[[], None] | None = None,
        **how: Any,
    ) -> T:
        """
        Call `function(body, **how)` in another process.

        Args:
            function: A function of a module, pure; what goes in and comes out can be pickled.
                It has an argument `url`, which errors name.
            load: Imports what takes long, before the time of the first body is counted.

        Raises:
            ParseError: The function's own; or the body broke the function.
            GivenUpError: It took too long, or too much memory.
        """
        return await self._read(function, body, how, load=load, most=self._number)  # type: ignore[no-any-return]

    async def _read(
        self,
        function: Callable[..., Any],
        body: bytes,
        how: dict[str, Any],
        *,
        most: int,
        load: Callable[[], None] | None = None,
    ) -> Any:
        """`read` by so many processes at most, if no more are there already."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Any] = loop.create_future()
        if self._unfinished >= len(self._threads) < most:
            self._begin()
        self._unfinished += 1
        self._jobs.put(_Job(load, (function, body, how), loop, done))
        try:
            outcome = await done
        finally:
            self._unfinished -= 1
        if isinstance(outcome, DigestError):
            raise outcome
        return outcome

    async def read_plain(
        self,
        function: Callable[..., T],
        body: bytes,
        *,
        quick: Callable[..., T | None] | None = None,
        **how: Any,
    ) -> T:
        """
        `read`, but here where the body is small and plain, unless many wait for that and another
        processor may do it.

        Args:
            quick: Does the same in less time, or gives None; a body that is too long for
                `function` may still be short enough for it.
        """
        others = self._number - 1  # this process is busy itself
        if (
            len(body) >= SHARED_BYTES
            and self._waiting >= SHARED_WHEN
            and self._unfinished < SHARED_EACH * others
        ):
            return await self._read(function, body, how, most=others)  # type: ignore[no-any-return]
        if is_plain(body):
            return await self.read_here(function, body, **how)
        if quick is not None and is_plain(body, LONGER_BYTES, LONGER_TAGS):
            found = await self.read_here(quick, body, **how)
            if found is not None:
                return found
        return await self.read(function, body, **how)

    async def read_here(self, function: Callable[..., T], body: bytes, **how: Any) -> T:
        """`read`, but in this process, which nothing limits."""
        # One in each round of the event loop: requests that are under way must not miss their
        # deadlines because many bodies have come at once.
        self._waiting += 1
        try:
            async with self._here:
                await asyncio.sleep(0)
                outcome = _called(function, body, how)
        finally:
            self._waiting -= 1
        if isinstance(outcome, (DigestError, MemoryError)):
            raise outcome
        return outcome  # type: ignore[no-any-return]

    def _begin(self) -> None:
        """One more thread, whose process starts with its first job."""
        worker = _Worker(*self._limits)
        thread = Thread(target=worker.serve, args=(self._jobs,), name="digest reader", daemon=True)
        self._workers.append(worker)
        self._threads.append(thread)
        thread.start()


class _Job(NamedTuple):
    load: Callable[[], None] | None
    call: tuple[Callable[..., Any], bytes, Any]
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[Any]

    def end(self, outcome: Any) -> None:
        """Say what came of it, unless nobody waits any more."""
        with contextlib.suppress(RuntimeError):  # the loop is closed
            self.loop.call_soon_threadsafe(self._set, outcome)

    def _set(self, outcome: Any) -> None:
        if not self.done.done():
            if isinstance(outcome, BaseException) and not isinstance(outcome, DigestError):
                self.done.set_exception(outcome)
            else:
                self.done.set_result(outcome)


class _Worker:
    """One process, started when it is asked and not there."""

    def __init__(self, seconds: float, megabytes: int) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._process: Any = None
        self._wire: Connection | None = None
        self._loaded = set[Callable[[], None]]()
        self._is_over = False

    def serve(self, jobs: SimpleQueue[_Job | None]) -> None:
        """
        Job after job, in a thread: the next body is sent when one is done, and not when the event
        loop, which may be busy with another, comes to it.
        """
        while not self._is_over and (job := jobs.get()) is not None:
            if job.done.cancelled():
                continue
            try:
                outcome = self.ask(job.load, job.call)
            except BaseException as exc:
                outcome = exc
            job.end(outcome)
            del job, outcome  # they may be large, and the next may be long in coming
        self.end()

    def stop(self) -> None:
        """From another thread: ask nothing more, and have what is being read end."""
        self._is_over = True
        process = self._process
        if process is not None:
            with contextlib.suppress(ValueError):  # it has just ended
                process.kill()

    def ask(
        self, load: Callable[[], None] | None, call: tuple[Callable[..., Any], bytes, Any]
    ) -> Any:
        """What the function gives, or the error in its place."""
        url = str(call[2].get("url", ""))
        try:
            wire = self._wire or self._start()
            if load is not None and load not in self._loaded:
                self._wait(wire, load)
                self._loaded.add(load)
            wire.send((*call, self._seconds))
            if wire.poll(self._seconds):
                found = wire.recv()
                if not isinstance(found, MemoryError):
                    return found
            else:
                self.end()
                return GivenUpError(url, f"given up: more than {self._seconds:g} s of work")
        except (EOFError, OSError):  # the process is gone
            pass
        self.end()
        return GivenUpError(url, f"given up: more than {self._megabytes} MB, or broken bytes")

    def _start(self) -> Connection:
        import multiprocessing  # a run that reads nothing large starts no process

        context = multiprocessing.get_context("spawn")
        wire, other = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(other, self._megabytes), daemon=True, name="digest reader"
        )
        self._process.start()
        other.close()
        self._wire = wire
        if self._is_over:
            raise EOFError
        self._wait(wire)
        return wire

    def _wait(self, wire: Connection, load: Callable[[], None] | None = None) -> None:
        if load is not None:
            wire.send(load)
        if not wire.poll(START_S):
            raise EOFError
        wire.recv()

    def end(self) -> None:
        if self._wire is not None:
            self._wire.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._wire = self._process = None
        self._loaded.clear()


def _serve(wire: Connection, megabytes: int) -> None:
    """The process's own work: body after body, until the other end is closed."""
    import logging

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who started it
    # trafilatura logs "empty HTML tree" and its like as errors; what is raised says as much.
    logging.disable(logging.CRITICAL)
    _limit_memory(megabytes)
    # Who started it may be killed at any moment: nobody is there any more to be told of it.
    with contextlib.suppress(EOFError, OSError):
        _answer(wire, megabytes)


def _answer(wire: Connection, megabytes: int) -> None:
    wire.send("ready")
    while True:
        asked = wire.recv()
        if callable(asked):
            _limit_memory(None)
            asked()
            _limit_memory(megabytes)
            wire.send("ready")
            continue
        function, body, how, seconds = asked
        _limit_time(seconds)
        try:
            wire.send(_called(function, body, how))
        except MemoryError as exc:
            wire.send(exc)


def _called(function: Callable[..., Any], body: bytes, how: dict[str, Any]) -> Any:
    """
    What the function gives, or its error.

    Bytes of strangers break libraries in ways that their authors do not list: that costs one
    body, whatever is raised.
    """
    try:
        return function(body, **how)
    except (DigestError, MemoryError) as exc:
        return exc
    except Exception as exc:
        words = f"it cannot be read ({type(exc).__name__}: {exc!s:.200})"
        return ParseError(str(how.get("url", "")), words)


def _limit_memory(megabytes: int | None) -> None:
    """So much more than now, or as much as there is; Linux knows how much that is."""
    with contextlib.suppress(ImportError, OSError):
        import resource

        with open("/proc/self/statm", "rb") as file:
            pages = int(file.read().split()[0])
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = pages * os.sysconf("SC_PAGE_SIZE") + (megabytes or 0) * 1_000_000
        limit = hard if megabytes is None else most if hard < 0 else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    """Of the processor, in case that who would end this process has been ended itself."""
    with contextlib.suppress(ImportError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        most = int(used.ru_utime + used.ru_stime + seconds) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (most if hard < 0 else min(most, hard), hard))
