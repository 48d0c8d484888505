"""Many answers at once: what is made of them may take longer than a request has time."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from digest.extract.feed import entries
from digest.fetch import Door
from digest.pipeline import fetch as pipeline
from digest.settings import Config, Feed, Network
from digest.store import FILE, Store

from .conftest import AGENT, NOW, ok

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
    routes = {f"{name}.example": ("127.0.0.1", server.port) for name in names}
    feeds = tuple(
        Feed(slug=name, url=f"http://{name}.example/{name}", full_text="feed") for name in names
    )

    async def run() -> pipeline.FetchReport:
        async with Door(NETWORK, user_agent=AGENT, now=lambda: NOW, routes=routes) as door:
            config = Config(feeds=feeds, network=NETWORK)
            return await pipeline.fetch(config, store, door, now=lambda: NOW, environment={})

    with Store(tmp_path / FILE) as store:
        report = asyncio.run(run())
    assert [line.error for line in report.feeds] == [""] * FEEDS
