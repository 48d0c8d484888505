"""Writes that share a commit: each is whole or not there, whatever becomes of the others."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from digest.errors import StoreError
from digest.pipeline.commits import Commits
from digest.store import FILE, Store
from digest.types import FeedState


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / FILE) as opened:
        yield opened


def kept(store: Store, folder: Path) -> set[str]:
    """What another process sees at this moment."""
    with sqlite3.connect(folder / FILE) as other:
        return {row[0] for row in other.execute("SELECT feed FROM feeds")}


def saving(store: Store, slug: str) -> Callable[[], None]:
    return partial(store.feeds.save, FeedState(slug))


def test_writes_of_one_round_share_a_commit(store: Store, tmp_path: Path) -> None:
    """Forty feeds that are ready together; whoever goes on finds what it wrote on the disk."""
    said: list[str] = []
    store._db.set_trace_callback(said.append)
    seen: list[bool] = []

    async def one(commits: Commits, slug: str) -> None:
        await commits.write(saving(store, slug))
        seen.append(slug in kept(store, tmp_path))

    async def run() -> None:
        commits = Commits(store)
        await asyncio.gather(*(one(commits, f"f{n}") for n in range(40)))

    asyncio.run(run())
    assert said.count("COMMIT") == 1
    assert seen == [True] * 40


def test_one_that_fails_takes_no_other_with_it(store: Store, tmp_path: Path) -> None:
    """Nothing of its own is kept, and whoever asked for it is told why."""

    def half(slug: str) -> None:
        store.feeds.save(FeedState(slug))
        raise StoreError("digest.db", "the disk is full")

    async def run() -> list[object]:
        commits = Commits(store)
        works: list[Callable[[], object]] = [
            saving(store, "a"), partial(half, "b"), lambda: len("four"), partial(half, "c"),
        ]  # fmt: skip
        writes = [commits.write(work) for work in works]
        return list(await asyncio.gather(*writes, return_exceptions=True))

    a, b, four, c = asyncio.run(run())
    assert (a, four) == (None, 4)
    assert isinstance(b, StoreError)
    assert isinstance(c, StoreError)
    assert kept(store, tmp_path) == {"a"}


def test_who_is_gone_writes_nothing(store: Store, tmp_path: Path) -> None:
    async def run() -> None:
        commits = Commits(store)
        gone = asyncio.create_task(commits.write(saving(store, "gone")))
        here = asyncio.create_task(commits.write(saving(store, "here")))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.gather(gone, here, return_exceptions=True)

    asyncio.run(run())
    assert kept(store, tmp_path) == {"here"}


def test_long_work_is_done_in_several_rounds(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two the event loop turns, in the order in which they came."""
    monkeypatch.setattr("digest.pipeline.commits.ROUND_S", -1.0)
    turned: list[str] = []

    async def run() -> None:
        commits = Commits(store)
        loop = asyncio.get_running_loop()

        def work(number: int) -> None:
            turned.append(f"work {number}")
            loop.call_soon(turned.append, f"turn {number}")

        await asyncio.gather(*(commits.write(partial(work, n)) for n in range(3)))

    asyncio.run(run())
    assert turned == ["work 0", "turn 0", "work 1", "turn 1", "work 2", "turn 2"]
