"""
Parsing in processes of its own, so that a document that breaks a parser costs itself alone.

Touches processes. A worker has limits of memory and time; one that passes them, or dies of
whatever a library does with hostile bytes, is replaced. What is small and plain is parsed
here: a worker takes longer to start than a hundred such documents to read.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from ..errors import DigestError, ParseError

P = ParamSpec("P")
T = TypeVar("T")

LONGEST_S = 8.0
"""For one document; with the usual `network.timeout_s` a feed stays under 30 seconds."""
MEMORY = 1 << 30
"""Bytes of addresses that a worker may use, libraries included."""
PLAIN_BYTES = 100_000
PLAIN_TAGS = 3_000
_ODD = re.compile(rb"<!ENTITY|<!DOCTYPE[^>]*\[|\s{500}|<!--[^>]{5000}|[^<>]{50000}|\x00|&{50}")
"""Where parsers and patterns are known to run away."""


def is_plain(body: bytes) -> bool:
    """Whether a document is so small and plain that no parser can run away with it."""
    if len(body) > PLAIN_BYTES or body.count(b"<") > PLAIN_TAGS:
        return False
    return _ODD.search(body) is None


class Parsers:
    """
    Reads feeds. Use as an async context manager.

    Args:
        deadline_s: Seconds that one call may take, in all and of the processor; no more
            than `LONGEST_S`.
        memory: Bytes that a worker may use.
        most: Workers at once; one for each processor by default.
    """

    def __init__(
        self, *, deadline_s: float = LONGEST_S, memory: int = MEMORY, most: int = 0
    ) -> None:
        self._deadline_s, self._memory = min(deadline_s, LONGEST_S), memory
        self._free = asyncio.Semaphore(most or min(4, os.cpu_count() or 1))
        self._here = asyncio.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for worker in self._all:
            worker.kill()

    async def read(
        self,
        function: Callable[Concatenate[bytes, P], T],
        body: bytes,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """
        Call `function(body, …)`, in a worker unless the body is small and plain.

        Args:
            function: A function of a module, pure; its arguments and value can be pickled.
                It has an argument `url`, which errors name.

        Raises:
            ParseError: The function's own, or: it broke, took too long or too much memory.
        """
        if is_plain(body):
            # One in each round of the event loop: requests that are under way must not miss
            # their deadlines because many documents have come at once.
            async with self._here:
                await asyncio.sleep(0)
                here: T = _called(function, body, *args, **kwargs)
                return here
        async with self._free:
            worker = self._idle.pop() if self._idle else self._start()
            outcome = await asyncio.to_thread(
                worker.call, function, (body, *args), kwargs, self._deadline_s
            )
            if worker.is_well:
                self._idle.append(worker)
            else:
                self._all.discard(worker)
        if isinstance(outcome, _Lost):
            raise ParseError(str(kwargs.get("url", "")), outcome.reason)
        if isinstance(outcome, DigestError):
            raise outcome
        return outcome  # type: ignore[no-any-return]

    def _start(self) -> _Worker:
        worker = _Worker(self._memory)
        self._all.add(worker)
        return worker


class _Lost:
    """In place of a value: the worker is no more."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


class _Worker:
    def __init__(self, memory: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, memory), daemon=True)
        self._process.start()
        theirs.close()
        self.is_well = True
        # Starting is no part of the first call's time.
        self._is_ready = False

    def call(
        self, function: Callable[..., Any], args: tuple[Any, ...], kwargs: Any, deadline_s: float
    ) -> Any:
        """The function's value, its `DigestError`, or `_Lost`."""
        try:
            if not self._is_ready:
                self._is_ready = bool(self._pipe.recv())
            self._pipe.send((function, args, kwargs, deadline_s))
            if self._pipe.poll(deadline_s):
                return self._pipe.recv()
        except (EOFError, OSError):
            self.kill()
            return _Lost(f"reading it {_cause(self._process.exitcode, deadline_s)}")
        self.kill()
        return _Lost(f"reading it took over {deadline_s:g} s")

    def kill(self) -> None:
        self.is_well = False
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _cause(exitcode: int | None, deadline_s: float) -> str:
    if exitcode == -signal.SIGXCPU:
        return f"took over {deadline_s:g} s"
    return "broke the parser, or took more memory than it may"


def _serve(pipe: Connection, memory: int) -> None:
    """The worker's life: calls come in, values go out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who started it
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit(resource.RLIMIT_AS, memory)
    pipe.send(True)
    while True:
        try:
            function, args, kwargs, deadline_s = pipe.recv()
        except EOFError:
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + deadline_s) + 1)
        try:
            outcome: Any = _called(function, *args, **kwargs)
        except DigestError as exc:
            outcome = exc
        pipe.send(outcome)


def _limit(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (value if hard < 0 else min(value, hard), hard))


def _called(function: Callable[..., Any], body: bytes, *args: Any, **kwargs: Any) -> Any:
    """
    Raises:
        ParseError: Also where the function broke: bytes of strangers do that to libraries in
            ways that their authors do not list, and it must cost one document.
    """
    url = str(kwargs.get("url", ""))
    try:
        return function(body, *args, **kwargs)
    except DigestError:
        raise
    except MemoryError:
        raise ParseError(url, "reading it takes more memory than it may") from None
    except Exception as exc:
        raise ParseError(url, f"it cannot be read ({type(exc).__name__}: {exc!s:.200})") from exc
