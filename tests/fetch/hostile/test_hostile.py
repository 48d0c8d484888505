"""One run over every hostile feed there is a case for, and twenty good ones beside them."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from digest.fetch import Door
from digest.pipeline.fetch import FeedReport, fetch
from digest.settings import Config, Feed, Network
from digest.store import FILE, Store
from digest.types import Entry

from ..conftest import AGENT, NOW, begin, fake_dns
from . import documents, transports
from .case import answer, feed, item

pytestmark = pytest.mark.timeout(400)  # the first test of the module waits for the run
CASES = {case.name: case for case in (*transports.CASES, *documents.CASES)}
GOOD = [f"good-{number}" for number in range(20)]
POSTS = 20
NETWORK = Network(concurrency=64, pause_s=0, timeout_s=10)
GROWTH = 150_000_000


@dataclass(frozen=True)
class Outcome:
    lines: dict[str, FeedReport]
    entries: dict[str, Sequence[Entry]]
    grown: int
    """Bytes that this process needed more at its worst moment; 0 where that cannot be known."""
    seconds: float


def _memory(field: str) -> int:
    try:
        found = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def _feed(name: str, url: str = "") -> Feed:
    url = url or f"http://{name}.example/{name}"
    return Feed(slug=name.replace(".", "-"), url=url, full_text="feed")


def _feeds() -> list[Feed]:
    bad = [_feed(case.name, case.url) for case in CASES.values()]
    good = [_feed(name) for name in GOOD]
    return [*bad[: len(bad) // 2], *good, *bad[len(bad) // 2 :]]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """All of them polled in one run."""
    with begin() as server, pytest.MonkeyPatch.context() as patch:
        fake_dns(patch)["localhost"] = [["127.0.0.1"]]
        for case in CASES.values():
            server.answers[f"/{case.name}"] = case.answer
        for name in GOOD:
            posts = (item(number, f"<guid>{name}-{number}</guid>") for number in range(POSTS))
            server.answers[f"/{name}"] = answer(feed(*posts))
        folder = tmp_path_factory.mktemp("hostile")
        yield _polled(
            folder, {f"{name}.example": ("127.0.0.1", server.port) for name in (*CASES, *GOOD)}
        )


def _polled(folder: Path, routes: dict[str, tuple[str, int]]) -> Outcome:
    feeds = _feeds()

    async def run(store: Store) -> list[FeedReport]:
        async with Door(NETWORK, user_agent=AGENT, now=lambda: NOW, routes=routes) as door:
            config = Config(feeds=tuple(feeds), network=NETWORK)
            report = await fetch(config, store, door, now=lambda: NOW, environment={})
            return list(report.feeds)

    if (peak := Path("/proc/self/clear_refs")).exists():
        peak.write_text("5")
    before, begun = _memory("VmRSS"), time.monotonic()
    with Store(folder / FILE) as store:
        lines = asyncio.run(run(store))
        grown, seconds = _memory("VmHWM") - before, time.monotonic() - begun
        entries = {feed.slug: store.entries.recent(feed.slug, 1_000_000) for feed in feeds}
    return Outcome({line.feed: line for line in lines}, entries, grown, seconds)


def test_good_feeds_arrive_whole(outcome: Outcome) -> None:
    """Every entry of each, whatever else is read in the same run."""
    assert [outcome.lines[name].error for name in GOOD] == [""] * len(GOOD)
    assert [len(outcome.entries[name]) for name in GOOD] == [POSTS] * len(GOOD)


@pytest.mark.parametrize("name", CASES)
def test_it_costs_itself_alone(outcome: Outcome, name: str) -> None:
    """What cannot be read has its line with the reason; what can is stored, and is harmless."""
    case, slug = CASES[name], name.replace(".", "-")
    line, entries = outcome.lines[slug], outcome.entries[slug]
    assert line.seconds < 30
    if case.words:
        assert re.search(case.words, line.error), line.error
        assert not entries
    elif case.entries >= 0:
        assert line.error == ""
        assert len(entries) == case.entries
    else:
        assert len(entries) == line.new
    assert case.holds(entries)


def test_there_are_many(outcome: Outcome) -> None:
    """The promise is 150."""
    assert len(CASES) == len(transports.CASES) + len(documents.CASES) >= 150
    assert len(outcome.lines) == len(CASES) + len(GOOD)


def test_memory_stays_small(outcome: Outcome) -> None:
    """Bombs, endless answers and large documents together."""
    assert outcome.grown < GROWTH


def test_the_run_ends(outcome: Outcome) -> None:
    """No feed keeps the others; a case waits for its turn at a parser at most."""
    assert outcome.seconds < 200
