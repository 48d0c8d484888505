"""
Other machines that ask for feeds and pages, read them, and compare what they say: Dask workers.

Touches the network. `distributed` is an extra and is imported here alone. What a worker does is
`jobs.do`, as here; answers come home, and this process alone writes. One host's jobs are in
one parcel, and no other of it leaves before that is back and the host had its pause, so that
manners hold over all machines: where a redirect leads to a host that is not in its parcel, a job
comes home and waits for that host's turn. A parcel whose worker is gone is done again by another;
without any worker, or without the scheduler, the rest is done here.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, Self, TypeVar, cast
from uuid import uuid4

from .. import __version__
from ..errors import ConfigError, FetchError
from ..fetch.door import Door
from ..settings import Network
from ..types import Document, Onward
from .jobs import Answer, Families, FeedAnswer, FeedJob, Job, Means, PageJob, do
from .workers import SECONDS, Workers

P = TypeVar("P")
S = TypeVar("S")
T = TypeVar("T")

MISSING = "a cluster needs the extra `cluster`: pip install 'digestpress[cluster]'"
PARCEL = 32
"""Jobs that go to a worker together; it does them at once."""
OF_ONE_HOST = 8
"""Of one host in a parcel: they are done one after the other."""
PARCELS_PER_THREAD = 2
"""One that is done and one that waits; bounds what may come home at once."""
THREADS = 4
"""Of each worker that is started here; each waits for one parcel, the work is one core's."""
CONNECT_S = 30.0
JOIN_S = 60.0
"""How long a cluster may be without any worker."""
LOOK_S = 2.0
KILLS = 3
"""Workers that may die over one parcel before it is done here."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a worker must know of the run; no secret among it."""

    run: str
    version: str
    network: Network
    user_agent: str
    families: Families
    routes: Mapping[str, tuple[str, int]]


@asynccontextmanager
async def opened(
    address: str,
    means: Means,
    *,
    network: Network,
    user_agent: str,
    routes: Mapping[str, tuple[str, int]] | None = None,
    say: Callable[[str], None],
) -> AsyncIterator[Cluster]:
    """
    The cluster of an address, ready to be asked.

    Args:
        address: `tcp://host:port` or `tls://…` of a scheduler, or `local:N` for N workers here.
        means: What this process does jobs with where the cluster cannot.
        network: Manners and limits, here and there.
        user_agent: Sent with every request.
        routes: As for `Door`.
        say: Called with what a person must know.

    Raises:
        ConfigError: The extra is not installed.
    """
    try:
        import dask
        import distributed as d
    except ImportError as exc:
        raise ConfigError(address, MISSING) from exc
    distributed: Any = d  # it has types for half of itself
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # `say` says it in our words
    setting = Setting(
        uuid4().hex, __version__, network, user_agent, dict(means.families), routes or {}
    )
    # Workers here may have processes of their own, in which pages are read within limits.
    config = {
        "distributed.worker.daemon": False,
        "distributed.scheduler.allowed-failures": KILLS,
        "distributed.worker.multiprocessing-method": "spawn",
    }
    async with AsyncExitStack() as stack:
        cluster = Cluster(setting, means, network.pause_s, say)
        kind, _, number = address.partition(":")
        try:
            if kind == "local":
                stack.enter_context(dask.config.set(config))
                target: Any = await stack.enter_async_context(
                    distributed.LocalCluster(
                        n_workers=int(number),
                        threads_per_worker=THREADS,
                        processes=True,
                        host="127.0.0.1",
                        dashboard_address=None,
                        asynchronous=True,
                        silence_logs=logging.CRITICAL,
                    )
                )
            else:
                target = address
            client = await stack.enter_async_context(
                distributed.Client(
                    target, asynchronous=True, timeout=CONNECT_S, set_as_default=False
                )
            )
        except (OSError, TimeoutError, ValueError) as exc:
            cluster.lose(f"it cannot be reached ({type(exc).__name__}: {exc!s:.200})")
        else:
            await stack.enter_async_context(cluster.on(client))
        yield cluster


Opens = Callable[[Means], AbstractAsyncContextManager["Cluster"]]
"""Opens a cluster, given what is done with where it cannot."""


class WhenAsked:
    """
    A cluster that is opened when it is first asked: that takes seconds, and on most days no issue
    is due. Use as an async context manager.

    Args:
        open_: Opens it.

    Raises:
        ConfigError: The extra is not installed.
    """

    def __init__(self, open_: Callable[[], AbstractAsyncContextManager[Cluster]]) -> None:
        self._open = open_
        self._stack = AsyncExitStack()
        self._opening: asyncio.Future[Cluster] | None = None

    async def __aenter__(self) -> Self:
        if not all(find_spec(name) for name in ("dask", "distributed")):
            raise ConfigError("cluster", MISSING)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._opening is not None:
            self._opening.cancel()  # nobody waits for it any more
            await asyncio.wait([self._opening])
        await self._stack.aclose()

    async def open_page(self, job: PageJob) -> Document | FetchError:
        """As `Cluster.open_page`."""
        return await (await self._cluster()).open_page(job)

    async def size(self) -> int:
        """As `Cluster.size`."""
        return await (await self._cluster()).size()

    async def map(
        self, function: Callable[[S, P], T], shared: S, parts: Sequence[P]
    ) -> list[T] | None:
        """As `Cluster.map`."""
        return await (await self._cluster()).map(function, shared, parts)

    async def _cluster(self) -> Cluster:
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._stack.enter_async_context(self._open()))
        return await asyncio.shield(self._opening)


class Cluster:
    """
    Args:
        setting: What goes with each parcel.
        means: For what is done here.
        pause_s: Between two parcels with jobs of the same host.
        say: Called with what a person must know.
    """

    def __init__(
        self, setting: Setting, means: Means, pause_s: float, say: Callable[[str], None]
    ) -> None:
        self._setting, self._means, self._pause_s, self._say = setting, means, pause_s, say
        self._waiting: dict[str, deque[_Waiting]] = {}
        self._busy = set[str]()
        self._where: dict[str, str] = {}
        self._pauses: dict[str, float] = {}
        self._parcels = dict[asyncio.Task[None], None]()
        self._client: Any = None
        self._slots = self._size = 0
        self._number = 0
        self._lost = asyncio.Event()
        self._ready = asyncio.Event()
        """Set once there are workers, or none will come."""

    async def ask(self, job: FeedJob, leaving: Callable[[], None]) -> FeedAnswer:
        """
        What came of a feed.

        Args:
            leaving: Called before the job leaves for a worker.
        """
        return cast(FeedAnswer, await self._do(job, leaving))

    async def open_page(self, job: PageJob) -> Document | FetchError:
        """A page's document, or why there is none."""
        return cast("Document | FetchError", await self._do(job, lambda: None))

    async def size(self) -> int:
        """How many workers there are, of a core each; 1, which is this process, without any."""
        await self._ready.wait()
        return 1 if self._lost.is_set() else self._size

    async def map(
        self, function: Callable[[S, P], T], shared: S, parts: Sequence[P]
    ) -> list[T] | None:
        """
        Call `function(shared, part)` for each part on the workers.

        Args:
            function: A pure function of a module.
            shared: Goes to each worker once.

        Returns:
            What came of the parts, in their order; None where it is to be done here.
        """
        await self._ready.wait()
        if self._lost.is_set():
            return None
        self._number += 1
        name = f"digest-{self._setting.run}-{self._number}"
        try:
            there = await self._client.scatter(shared, broadcast=True, hash=False)
            version = self._setting.version
            futures = [
                self._client.submit(part_of, version, function, there, part, key=(name, number))
                for number, part in enumerate(parts)
            ]
            lost = asyncio.ensure_future(self._lost.wait())
            done = asyncio.ensure_future(self._client.gather(futures))
            await asyncio.wait((done, lost), return_when=asyncio.FIRST_COMPLETED)
            lost.cancel()
            if done.done():
                return list(done.result())
            done.cancel()
        except Exception as exc:
            self.lose(f"{type(exc).__name__}: {exc!s:.200}")
        return None

    def lose(self, reason: str) -> None:
        """Do here what is left, and say why."""
        if not self._lost.is_set():
            self._say(f"the cluster is lost: {reason}; the run goes on here")
            self._lost.set()
            self._ready.set()
        for waiting in list(self._waiting.values()):
            for job in waiting:
                if not job.answer.done():
                    job.answer.set_result(None)
        self._waiting.clear()

    @asynccontextmanager
    async def on(self, client: Any) -> AsyncIterator[None]:
        """Use a client until the block ends, and leave nothing on its workers."""
        self._client = client
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            self._slots = 0
            for parcel in self._parcels:
                parcel.cancel()
            await asyncio.gather(watch, *self._parcels, return_exceptions=True)
            if not self._lost.is_set():
                with suppress(Exception):
                    await asyncio.wait_for(client.run(end, self._setting.run), LOOK_S * 5)

    async def _do(self, job: Job, leaving: Callable[[], None]) -> Answer:
        while not self._lost.is_set():
            waiting = _Waiting(job, leaving, asyncio.get_running_loop().create_future())
            self._waiting.setdefault(job.host, deque()).append(waiting)
            self._soon()
            answer = await waiting.answer
            if answer is None:
                break
            if not isinstance(answer, Onward):
                return answer
            job = replace(job, onward=answer)
        leaving()
        return cast(Answer, await do(job, self._means))

    def _soon(self) -> None:
        """Send what waits, once all that is ready in this round of the loop waits too."""
        asyncio.get_running_loop().call_soon(self._send)

    def _send(self) -> None:
        while not self._lost.is_set() and len(self._parcels) < self._slots:
            parcel = self._next_parcel()
            if not parcel:
                return
            task = asyncio.create_task(self._deliver(parcel))
            self._parcels[task] = None
            task.add_done_callback(lambda done: self._parcels.pop(done, None))
            task.add_done_callback(lambda _: self._soon())

    def _next_parcel(self) -> list[_Waiting]:
        """Jobs of hosts that nobody asks just now, in the order in which they came."""
        ready = [host for host in self._waiting if host not in self._busy]
        jobs = sum(min(len(self._waiting[host]), OF_ONE_HOST) for host in ready)
        free = max(1, self._slots - len(self._parcels))
        most = min(PARCEL, -(-jobs // free))
        parcel: list[_Waiting] = []
        where = ""
        for host in ready:
            if len(parcel) >= most:
                break
            there = self._where.get(host, "")  # has read its robots.txt, and knows its pace
            if parcel and there != where:
                continue
            where = there
            waiting = self._waiting[host]
            parcel += [waiting.popleft() for _ in range(min(len(waiting), OF_ONE_HOST))]
            if not waiting:
                del self._waiting[host]
            self._busy.add(host)
        return parcel

    async def _deliver(self, parcel: Sequence[_Waiting]) -> None:
        """Have a parcel done; whatever comes of it, each of its jobs gets an answer."""
        hosts = {waiting.job.host for waiting in parcel}
        done: _Done | None = None
        try:
            for waiting in parcel:
                waiting.leaving()
            done = await self._done([waiting.job for waiting in parcel])
        finally:
            answers = done.answers if done else [None] * len(parcel)
            for waiting, answer in zip(parcel, answers, strict=True):
                if not waiting.answer.done():
                    waiting.answer.set_result(answer)
            loop = asyncio.get_running_loop()
            for host in hosts:
                if done is not None:
                    self._where[host] = done.worker
                    self._pauses[host] = max(self._pauses.get(host, 0.0), done.pauses[host])
                loop.call_later(self._pauses.get(host, self._pause_s), self._release, host)

    def _release(self, host: str) -> None:
        self._busy.discard(host)
        self._soon()

    async def _done(self, jobs: list[Job]) -> _Done | None:
        """What came of a parcel; None where it is to be done here."""
        from distributed import KilledWorker

        self._number += 1
        there = self._where.get(jobs[0].host, "")
        future = self._client.submit(
            work,
            self._setting,
            jobs,
            key=f"digest-{self._setting.run}-{self._number}",
            pure=False,
            workers=[there] if there else None,
            allow_other_workers=bool(there),
        )
        lost = asyncio.ensure_future(self._lost.wait())
        result = asyncio.ensure_future(_result(future))
        try:
            await asyncio.wait((result, lost), return_when=asyncio.FIRST_COMPLETED)
            if result.done():
                return result.result()
        except KilledWorker:
            self._say(f"{len(jobs)} jobs ended {KILLS + 1} workers; they are done here")
        except Exception as exc:
            # Whatever a foreign machine raises: it is not what it should be, or not there.
            self.lose(f"{type(exc).__name__}: {exc!s:.200}")
        finally:
            lost.cancel()
            result.cancel()
        return None

    async def _watch(self) -> None:
        """Know how many threads there are, and that there are any."""
        clock = asyncio.get_running_loop().time
        seen = clock()
        while not self._lost.is_set():
            try:
                threads = await asyncio.wait_for(self._client.nthreads(), CONNECT_S)
            except (OSError, TimeoutError) as exc:
                self.lose(f"the scheduler does not answer ({type(exc).__name__})")
                return
            self._size = len(threads)
            self._slots = sum(threads.values()) * PARCELS_PER_THREAD
            if threads:
                seen = clock()
                self._ready.set()
                self._send()
            elif clock() - seen > JOIN_S:
                self.lose(f"it has had no worker for {JOIN_S:g} s")
                return
            await asyncio.sleep(LOOK_S)


@dataclass(frozen=True, slots=True)
class _Waiting:
    job: Job
    leaving: Callable[[], None]
    answer: asyncio.Future[Answer | Onward | None]
    """None for what is to be done here."""


@dataclass(frozen=True, slots=True)
class _Done:
    """What a worker sends home of a parcel."""

    answers: Sequence[Answer | Onward]
    worker: str
    """Its address."""
    pauses: Mapping[str, float]
    """Seconds that each host of the parcel wants to be left alone, as far as is known there."""


async def _result(future: Any) -> _Done:
    """What a task gave; where it is gone, an error that is not the cancelling of who waits."""
    from concurrent.futures import CancelledError

    try:
        return cast(_Done, await future)
    except CancelledError as exc:
        if future.status in {"lost", "cancelled"}:
            raise ConnectionError("the scheduler is gone") from exc
        raise


# ------------------------------------------------------------------ on a worker


class _Here:
    """A run's door and processes in a worker, kept from parcel to parcel: hosts keep their pace."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="digest", daemon=True)
        self._thread.start()
        self._stack = AsyncExitStack()
        self._means = self._run(self._open())

    def do(self, jobs: Sequence[Job], worker: str) -> _Done:
        return self._run(self._all(jobs, worker))

    def end(self) -> None:
        self._run(self._stack.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _all(self, jobs: Sequence[Job], worker: str) -> _Done:
        hosts = frozenset(job.host for job in jobs)
        means = replace(self._means, stays=hosts.__contains__)
        answers = await asyncio.gather(*(do(job, means) for job in jobs))
        door = self._means.door
        return _Done(answers, worker, {host: door.pause_s(host) for host in hosts})

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


def work(setting: Setting, jobs: Sequence[Job]) -> _Done:
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
