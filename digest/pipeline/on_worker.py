"""
A worker's side of a cluster: a parcel of jobs, or a part of a work, done where Dask put it.

Touches the network and processes. Whoever asks is `cluster.py`; what is done is `jobs.do`.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import multiprocessing
import os
import threading
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from .. import __version__
from ..fetch.door import Door
from ..settings import Network
from ..types import Onward
from .jobs import Answer, Families, Job, Means, do
from .workers import SECONDS, Workers

P = TypeVar("P")
S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker must know of the run; no secret among it."""

    run: str
    version: str
    network: Network
    user_agent: str
    families: Families
    routes: Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker sends home of a parcel."""

    answers: Sequence[Answer | Onward]
    worker: str
    """Its address."""
    pauses: Mapping[str, float]
    """Seconds that each host of the parcel wants to be left alone, as far as is known there."""


class _Here:
    """A run's door and processes in a worker, kept from parcel to parcel: hosts keep their pace."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="digest", daemon=True)
        self._thread.start()
        self._stack = AsyncExitStack()
        self._means = self._run(self._open())

    def do(self, jobs: Sequence[Job], worker: str) -> Done:
        return self._run(self._all(jobs, worker))

    def end(self) -> None:
        self._run(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _all(self, jobs: Sequence[Job], worker: str) -> Done:
        hosts = frozenset(job.host for job in jobs)
        means = replace(self._means, stays=hosts.__contains__)
        answers = await asyncio.gather(*(do(job, means) for job in jobs))
        door = self._means.door
        return Done(answers, worker, {host: door.pause_s(host) for host in hosts})

    async def _open(self) -> Means:
        setting = self._setting
        workers = Workers(1, seconds=min(SECONDS, setting.network.timeout_s))
        await self._stack.enter_async_context(workers)
        door = Door(
            setting.network,
            user_agent=setting.user_agent,
            now=_clock,
            routes=dict(setting.routes),
        )
        await self._stack.enter_async_context(door)
        return Means(door, workers, setting.families, os.environ)


_runs: dict[str, _Here] = {}
_lock = threading.Lock()


def work(setting: Setting, jobs: Sequence[Job]) -> Done:
    """
    Do a parcel of jobs; a worker's side.

    Raises:
        RuntimeError: This worker has another version of digest, or may start no processes.
    """
    from distributed import get_worker

    _check_version(setting.version)
    _check_processes()
    with _lock:
        here = _runs.get(setting.run)
        if here is None:
            here = _runs[setting.run] = _Here(setting)
    return here.do(jobs, get_worker().address)


def part_of(version: str, function: Callable[[S, P], T], shared: S, part: P) -> T:
    """
    One part of a work; a worker's side.

    Raises:
        RuntimeError: This worker has another version of digest.
    """
    _check_version(version)
    return function(shared, part)


def end(run: str) -> None:
    """Leave nothing of a run; a worker's side."""
    with _lock:
        here = _runs.pop(run, None)
    if here is not None:
        here.end()


def _check_version(expected: str) -> None:
    if expected != __version__:
        raise RuntimeError(f"a worker has digest {__version__}, expected {expected}")


def _check_processes() -> None:
    """Strangers' pages are read in processes with limits, which a daemon may not have."""
    if multiprocessing.current_process().daemon:
        raise RuntimeError(
            "a worker may start no processes; start it with `dask worker --no-nanny` or with "
            "DASK_DISTRIBUTED__WORKER__DAEMON=False"
        )


def _clock() -> dt.datetime:
    """For what is read within a run; what is stored has the time of the one who writes."""
    return dt.datetime.now(dt.UTC)
