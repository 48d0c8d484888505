"""Thirty days of hourly runs, judged by a server that keeps a feed reader's record."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from digest.fetch import Door
from digest.pipeline.fetch import fetch
from digest.settings import Config, Feed, Network
from digest.store import FILE, Store
from digest.types import Fetched

from .blogs import BLOGS
from .conftest import AGENT, Server
from .kroll import DAY, HOUR, START, Kroll

HOURS = 30 * 24
CONFIG = Config(
    feeds=tuple(
        Feed(url=f"http://{host}/feed", slug=host.partition(".")[0], full_text="feed")
        for host in BLOGS
    ),
    network=Network(pause_s=0, timeout_s=20),
)


class Killed(BaseException):
    """Stands for `kill -9`: nothing catches it, nothing is written after it."""


class CutOffDoor(Door):
    """Its run is killed when so many answers have arrived, before anything is made of the last."""

    answers_left = 0

    async def get(self, url: str, **asked: Any) -> Fetched:
        fetched = await super().get(url, **asked)
        self.answers_left -= 1
        if self.answers_left == 0:
            raise Killed
        return fetched


class CutOffStore(Store):
    """Its run is killed when so many transactions have been committed."""

    commits_left = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        with super().transaction():
            yield
        self.commits_left -= 1
        if self.commits_left == 0:
            raise Killed


@pytest.fixture
def server() -> Iterator[Kroll]:
    server = Kroll(BLOGS, AGENT)
    yield server
    server.close()


def run(server: Kroll, folder: Path, *, answers: int = 0, commits: int = 0) -> None:
    """One run with nothing left of the one before but its files; 0: it is not killed."""

    async def work() -> None:
        async with CutOffDoor(
            CONFIG.network, user_agent=AGENT, now=lambda: server.now, routes=server.routes
        ) as door:
            door.answers_left = answers
            await fetch(CONFIG, store, door, now=lambda: server.now, environment={})

    store = CutOffStore(folder / FILE)
    with store:
        store.commits_left = commits
        try:
            asyncio.run(work())
        except* Killed:
            server.killed()
        else:
            server.settled()


def times(chance: random.Random) -> Iterator[dt.datetime]:
    """Each hour, a few minutes early or late; now and then again a moment later."""
    for hour in range(HOURS):
        at = START + HOUR * hour + dt.timedelta(minutes=chance.uniform(0, 6))
        yield at
        if chance.random() < 0.05:
            yield at + dt.timedelta(minutes=chance.uniform(1, 50))


@pytest.mark.timeout(300)  # eight hundred runs
def test_not_one_rule_is_broken(server: Kroll, tmp_path: Path) -> None:
    """Pace, validators, holds, 410: with nothing kept but files, and every fifth run killed."""
    chance = random.Random(7)
    for at in times(chance):
        server.now = at
        if chance.random() < 0.2:
            which = chance.choice(("answers", "commits"))
            run(server, tmp_path, **{which: chance.randint(1, 12)})
        else:
            run(server, tmp_path)
    assert server.broken == []
    _check_that_it_reads(server, tmp_path)


def _check_that_it_reads(server: Kroll, folder: Path) -> None:
    """Good manners are easy for one who never asks: what is new was read, the ill got well."""
    asked = {host: record.asked for host, record in server.records.items()}
    assert asked["hourly.example"] > 400
    assert 60 < asked["daily.example"] < 160
    assert 20 < asked["weekly.example"] < 60
    assert 20 <= asked["nothing.example"] <= 31
    assert 30 <= asked["cached.example"] <= 61
    assert server.records["moved.example"].paths[-1] == "/new"
    assert server.records["detour.example"].paths[-1] == "/feed"
    assert server.records["gone.example"].is_gone
    with Store(folder / FILE) as store:
        states, counts = store.feeds.states(), store.entries.counts()
    ill = {slug for slug, state in states.items() if state.error}
    assert ill <= {"gone", "says-304", "cut", "cut-validators"}
    assert {"gone", "says-304"} <= ill
    assert counts["hourly"] > 400
    assert counts["flaky"] > 20


def test_a_kill_does_not_lead_to_a_second_request(server_of_bytes: Server, tmp_path: Path) -> None:
    """kill -9 while the answer is on its way: the next process leaves the feed alone."""
    server_of_bytes.answers["/feed"] = lambda conn: time.sleep(5)
    (tmp_path / "feeds.yaml").write_text(
        f"feeds: [{{url: '{server_of_bytes.url('/feed')}'}}]\n"
        f"network: {{allow_private: ['{server_of_bytes.local}']}}\n"
    )
    command = [sys.executable, "-m", "digest", "fetch", "-C", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not server_of_bytes.requests:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    again = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "1 not due yet" in again.stdout
    assert server_of_bytes.paths() == ["/feed"]
    with Store(tmp_path / FILE) as store:
        (state,) = store.feeds.states().values()
    assert state.last_full is not None
    assert state.next_poll == state.last_full + DAY


@pytest.fixture
def server_of_bytes(start: Any) -> Server:
    return start()
