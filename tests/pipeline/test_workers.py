"""Processes that read what strangers sent end quietly."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time

import pytest

from digest.errors import GivenUpError
from digest.pipeline.workers import Workers, _serve


def test_nobody_is_left_to_be_told(capfd: pytest.CaptureFixture[str]) -> None:
    """Who started it was killed before it was ready: it ends, and says nothing of it."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, 500), daemon=True)
    process.start()
    ours.close()
    theirs.close()
    process.join(60)
    assert process.exitcode == 0
    assert capfd.readouterr().err == ""


def named(body: bytes, *, url: str = "") -> tuple[str, int]:
    """Who read it."""
    return body.decode(), os.getpid()


def broken(body: bytes, *, url: str = "") -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_few_jobs_start_few_processes() -> None:
    """One after the other are done by one process, though two may be started."""

    async def run() -> list[tuple[str, int]]:
        async with Workers(2) as workers:
            return [await workers.read(named, str(n).encode()) for n in range(4)]

    found = asyncio.run(run())
    assert [name for name, _ in found] == ["0", "1", "2", "3"]
    assert len({number for _, number in found} - {os.getpid()}) == 1


def test_jobs_that_come_together_are_shared_out() -> None:
    """Each answer goes to who asked for it; what ends its process takes no other with it."""

    async def run() -> tuple[list[str], object]:
        async with Workers(2) as workers:
            reads = [workers.read(named, str(n).encode()) for n in range(40)]
            ends = asyncio.create_task(workers.read(broken, b"", url="http://a.example/"))
            found = await asyncio.gather(*reads)
            await asyncio.wait([ends])
            return [name for name, _ in found], ends.exception()

    found, fault = asyncio.run(run())
    assert found == [str(n) for n in range(40)]
    assert isinstance(fault, GivenUpError)


def quickly(body: bytes, *, url: str = "") -> tuple[str, int] | None:
    """What is quick, in the process that is asked."""
    return None if b"slow" in body else ("quick", os.getpid())


def test_longer_bodies_are_tried_here_by_a_quick_reader() -> None:
    """What it leaves, and what is too long for it too, is read by a process."""
    longer = (b"<p>" + b"words and more of them, " * 4 + b"</p>") * 1_200

    async def read() -> list[tuple[str, int]]:
        async with Workers(1) as workers:
            return [
                await workers.read_plain(named, body, quick=quickly)
                for body in (b"short", longer, longer + b"slow", longer * 2)
            ]

    short, quick, *slow = asyncio.run(read())
    assert (short, quick) == (("short", os.getpid()), ("quick", os.getpid()))
    assert all(at != os.getpid() for _, at in slow)


@pytest.mark.parametrize(
    ("number", "size", "together", "away"),
    [(2, 45_000, 40, 1), (1, 45_000, 40, 0), (2, 45_000, 6, 0), (2, 500, 40, 0)],
)
def test_longer_bodies_go_to_others_where_many_wait(
    number: int, size: int, together: int, away: int
) -> None:
    """One processor less than there are: this process has the rest. Each gets its own answer."""

    async def run() -> list[tuple[str, int]]:
        async with Workers(number) as workers:
            bodies = [f"{n} {'x' * size}".encode() for n in range(together)]
            return await asyncio.gather(*(workers.read_plain(named, body) for body in bodies))

    found = asyncio.run(run())
    assert [name.split()[0] for name, _ in found] == [str(n) for n in range(together)]
    readers = {reader for _, reader in found}
    assert os.getpid() in readers
    assert len(readers) == 1 + away


def test_who_is_gone_is_not_read_for() -> None:
    """The others wait no longer for it, and leaving ends what is still read."""

    async def run() -> float:
        async with Workers(1) as workers:
            await workers.read(named, b"first")
            slow = asyncio.create_task(workers.read(waits, b"", url="http://a.example/"))
            gone = asyncio.create_task(workers.read(waits, b"", url="http://b.example/"))
            await asyncio.sleep(0.2)
            gone.cancel()
            slow.cancel()
            await asyncio.gather(slow, gone, return_exceptions=True)
            left = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() - left

    assert asyncio.run(run()) < 5


def waits(body: bytes, *, url: str = "") -> None:
    time.sleep(7)
