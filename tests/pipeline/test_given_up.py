"""A feed that takes too long to read, on a machine that is busy today."""

from __future__ import annotations

import asyncio
import datetime as dt

from digest.pipeline.jobs import FeedAnswer, read
from digest.pipeline.workers import Workers
from digest.settings import Feed
from digest.types import Fetched

FEED = Feed(url="https://tides.example/feed", slug="tides")
LONG = b"<rss><channel>" + b"<item><title>High water</title></item>" * 5_000 + b"</channel></rss>"
"""Large enough to be read in a process."""


def test_the_answer_says_that_reading_was_given_up():
    """It is not said of what is no feed: that is no better tomorrow."""

    async def answers() -> list[FeedAnswer]:
        async with Workers(seconds=0.0001) as hurried, Workers() as patient:
            return [
                await read(FEED, Fetched(FEED.url, FEED.url, now, 200, body=body), workers)
                for body, workers in ((LONG, hurried), (b"\x00" + LONG[14:], patient))
            ]

    now = dt.datetime(2026, 4, 24, 6, tzinfo=dt.UTC)
    hurried, broken = asyncio.run(answers())
    assert (hurried.content, hurried.gave_up) == (None, True)
    assert (broken.content, broken.gave_up) == (None, False)
