"""Many answers at once: what is made of them may take longer than a request has time."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from typing import Any

import pytest

from digest.errors import StoreError
from digest.extract.feed import entries
from digest.fetch import Door
from digest.pipeline import fetch as pipeline
from digest.settings import Config, Feed, Network
from digest.store import FILE, Store
from digest.types import FeedState

from .conftest import AGENT, NOW, ok, status

FEED = b"<rss><channel><title>T</title><item><title>a</title></item></channel></rss>"
FEEDS = 40
NETWORK = Network(pause_s=0, timeout_s=2.5, concurrency=FEEDS)


def slow_entries(*args: Any, **kwargs: Any) -> Any:
    time.sleep(0.1)
    return entries(*args, **kwargs)


def answer_in_two(conn: Any) -> None:
    conn.sendall(ok(FEED)[:-5])
    time.sleep(0.3)
    conn.sendall(FEED[-5:])


def test_no_request_misses_its_time_for_others(server, tmp_path, monkeypatch):
    """Four seconds of parsing in all, two and a half for each request: every feed is read."""
    monkeypatch.setattr("digest.extract.feed.entries", slow_entries)
    names = [f"f{number}" for number in range(FEEDS)]
    server.answers.update({f"/{name}": ok(FEED) for name in names})
    server.answers.update({f"/{name}": answer_in_two for name in names[::4]})
    with Store(tmp_path / FILE) as store:
        report = polled(server, store, NETWORK, names)
    assert [line.error for line in report.feeds] == [""] * FEEDS


def polled(server: Any, store: Store, network: Network, names: list[str]) -> pipeline.FetchReport:
    """Poll feeds at hosts of their own, which the server answers for."""
    routes = {f"{name}.example": ("127.0.0.1", server.port) for name in names}
    feeds = tuple(
        Feed(slug=name, url=f"http://{name}.example/{name}", full_text="feed") for name in names
    )

    async def run() -> pipeline.FetchReport:
        async with Door(network, user_agent=AGENT, now=lambda: NOW, routes=routes) as door:
            config = Config(feeds=feeds, network=network)
            return await pipeline.fetch(config, store, door, now=lambda: NOW, environment={})

    return asyncio.run(run())


def silent(conn: Any) -> None:
    conn.recv(1)


def test_hanging_feeds_end_with_the_run(server, tmp_path, monkeypatch):
    """
    Of forty feeds eight never answer: two at once are asked for, and yet all others are read, and
    the last that hangs is not waited for as long as the first.
    """
    monkeypatch.setattr("digest.fetch.manners.PATIENCE_S", 0.1)
    network = Network(pause_s=0, timeout_s=3, concurrency=2)
    names = [f"f{number}" for number in range(FEEDS)]
    server.answers.update({f"/{name}": ok(FEED) for name in names})
    server.answers.update({f"/{name}": silent for name in names[::5]})
    begun = time.monotonic()
    with Store(tmp_path / FILE) as store:
        report = polled(server, store, network, names)
    assert time.monotonic() - begun < 4
    assert [line.error[:9] for line in report.feeds if line.error] == ["took over"] * 8
    assert [line.feed for line in report.feeds if line.error] == names[::5]


def test_what_failed_is_asked_first(server, tmp_path):
    """It may hang again: the others need not be over before that is known."""
    names = [f"f{number}" for number in range(8)]
    server.answers.update({f"/{name}": ok(FEED) for name in names})
    with Store(tmp_path / FILE) as store:
        store.feeds.save(FeedState("f6", "http://f6.example/f6", failures=2))
        polled(server, store, Network(pause_s=0, concurrency=1), names)
    assert server.paths() == ["/f6", *(f"/{name}" for name in names if name != "f6")]


def test_a_request_leaves_after_its_commit(server, tmp_path):
    """A kill from the first byte on leaves a feed that is not asked again too soon."""
    seen = list[Any]()

    def look(conn: Any) -> None:
        with sqlite3.connect(tmp_path / FILE) as other:
            seen.extend(other.execute("SELECT feed FROM feeds WHERE next_poll > last_full"))
        conn.sendall(status(304))

    server.answers["/f1"] = look
    with Store(tmp_path / FILE) as store:
        polled(server, store, NETWORK, ["f1"])
    assert seen == [("f1",)]


def test_a_store_that_fails_ends_the_run_in_words(server, tmp_path, monkeypatch):
    """Not as a group of errors, which nobody reads."""

    def fail(*_: Any) -> None:
        raise StoreError("digest.db", "the disk is full")

    server.answers |= {"/f1": ok(FEED), "/f2": ok(FEED)}
    with Store(tmp_path / FILE) as store:
        monkeypatch.setattr(store.feeds, "add_poll", fail)
        with pytest.raises(StoreError, match="disk is full"):
            polled(server, store, NETWORK, ["f1", "f2"])
