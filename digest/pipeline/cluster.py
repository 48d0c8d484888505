"""
Other machines that ask for feeds and pages, read them, and compare what they say: Dask workers.

Touches the network. What a worker does (`on_worker.py`) is `jobs.do`, as here; answers come home,
and this process alone writes. One host's jobs are in one parcel, and no other of it leaves before
that is back and the host had its pause, so that manners hold over all machines: where a redirect
leads to a host that is not in its parcel, a job comes home and waits for that host's turn. A parcel
whose worker is gone is done again by another; without any worker, or without the scheduler, the
rest is done here. `cluster_opening.py` opens one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from ..errors import FetchError
from ..fetch.door import Leaving, nothing
from ..types import Document, Onward
from .jobs import Answer, FeedAnswer, FeedJob, Job, Means, PageJob, do
from .on_worker import Done, Setting, end, part_of, work

P = TypeVar("P")
S = TypeVar("S")
T = TypeVar("T")

PARCEL = 32
"""Jobs that go to a worker together; it does them at once."""
OF_ONE_HOST = 8
"""Of one host in a parcel: they are done one after the other."""
PARCELS_PER_THREAD = 2
"""One that is done and one that waits; bounds what may come home at once."""
CONNECT_S = 30.0
JOIN_S = 60.0
"""How long a cluster may be without any worker."""
LOOK_S = 2.0
KILLS = 3
"""Workers that may die over one parcel before it is done here."""


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

    async def ask(self, job: FeedJob, leaving: Leaving) -> FeedAnswer:
        """
        What came of a feed.

        Args:
            leaving: Awaited before the job leaves for a worker.
        """
        return cast(FeedAnswer, await self._do(job, leaving))

    async def open_page(self, job: PageJob) -> Document | FetchError:
        """A page's document, or why there is none."""
        return cast("Document | FetchError", await self._do(job, nothing))

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

    async def _do(self, job: Job, leaving: Leaving) -> Answer:
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
        await leaving()
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
        done: Done | None = None
        try:
            await asyncio.gather(*(waiting.leaving() for waiting in parcel))
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

    async def _done(self, jobs: list[Job]) -> Done | None:
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
    leaving: Leaving
    answer: asyncio.Future[Answer | Onward | None]
    """None for what is to be done here."""


async def _result(future: Any) -> Done:
    """What a task gave; where it is gone, an error that is not the cancelling of who waits."""
    from concurrent.futures import CancelledError

    try:
        return cast(Done, await future)
    except CancelledError as exc:
        if future.status in {"lost", "cancelled"}:
            raise ConnectionError("the scheduler is gone") from exc
        raise
