"""A secret in the form that its server wants, for its host alone, and kept nowhere."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path

import pytest

from digest.fetch import Door
from digest.pipeline.fetch import FetchReport, fetch
from digest.settings import Auth, Config, Feed
from digest.store import FILE, Store

from .conftest import AGENT, NOW, network, ok, redirect

FEED = b"<rss><channel><title>T</title><item><title>a</title></item></channel></rss>"
SECRET = "ann:s3cr3t"


def poll(folder: Path, feed: Feed, server) -> FetchReport:
    config = Config(feeds=(feed,), network=network(server, allow_private=True))

    async def run() -> FetchReport:
        async with Door(config.network, user_agent=AGENT, now=lambda: NOW) as door:
            secrets = {"FEED_SECRET": SECRET + "\n"}
            return await fetch(config, store, door, now=lambda: NOW, environment=secrets)

    with Store(folder / FILE) as store:
        return asyncio.run(run())


@pytest.mark.parametrize(
    ("auth", "header", "value"),
    [
        (Auth(env="FEED_SECRET"), "Authorization", SECRET),
        (Auth(env="FEED_SECRET", header="X-Key"), "X-Key", SECRET),
        (Auth(env="FEED_SECRET", kind="basic"), "Authorization", "Basic YW5uOnMzY3IzdA=="),
        (Auth(env="FEED_SECRET", kind="token"), "Authorization", f"Bearer {SECRET}"),
    ],
)
def test_a_secret_goes_to_its_host_alone(server, start, tmp_path, auth, header, value):
    """Another port is another server: after the redirect nothing is sent; nothing is stored."""
    other = start()
    server.answers["/feed"] = redirect(other.url("/feed"))
    other.answers["/feed"] = ok(FEED)
    feed = Feed(url=server.url("/feed"), slug="f", auth=auth, full_text="feed")
    report = poll(tmp_path, feed, server)
    assert server.requests[0].header(header) == value
    assert [request.header(header) for request in other.requests] == [None]
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    said = json.dumps([asdict(line) for line in report.feeds], default=str)
    for words in ("s3cr3t", "YW5uOnMzY3IzdA"):
        assert words.encode() not in kept
        assert words not in said
