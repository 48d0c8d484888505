"""
Reading feeds and pages beside the libraries that do it alone: feedparser, trafilatura.

Run by hand: `python -m tests.benchmarks.reading_speed [FEEDS]`. Feeds are those of `many_feeds`,
pages those of `gathering`. Each is read by both in turn, in this process. Ours does more: it
cleans the HTML, finds what a post points to, keeps passages apart. How good what is read is, others
measure: `feedparser_fixtures`, `extract_pages`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import process_time

import feedparser

from digest.extract.article import article
from digest.extract.feed import entries
from digest.settings import Feed
from tests.research.worlds import NOW, worlds

from .gathering import long
from .many_feeds import body

URL = "https://feed.example/atom.xml"


def turns(
    ours: Callable[[bytes], object], theirs: Callable[[bytes], object], bodies: list[bytes]
) -> tuple[float, float]:
    """CPU milliseconds of one body in the mean, of both."""
    ours(bodies[0]), theirs(bodies[0])
    spent = [0.0, 0.0]
    for one in bodies:
        for number, read in enumerate((ours, theirs)):
            began = process_time()
            read(one)
            spent[number] += process_time() - began
    return 1000 * spent[0] / len(bodies), 1000 * spent[1] / len(bodies)


def main() -> None:
    import trafilatura  # it takes its time

    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100

    feeds = [body(n, 0) for n in range(number)]
    feed = Feed(url=URL, slug="feed")
    ours, theirs = turns(lambda one: entries(one, feed, url=URL), feedparser.parse, feeds)
    print(f"a feed   {ours:7.1f} ms, feedparser  {theirs:7.1f} ms, {ours / theirs:5.2f} times")
    pages = [
        long(world.page(url), url)
        for world in worlds()
        for url, page in world.told["pages"].items()
        if "raw" not in page
    ]
    ours, theirs = turns(
        lambda one: article(
            one, url="https://a.example/1", content_type="text/html", fetched_at=NOW, families={}
        ),
        trafilatura.extract,
        pages,
    )
    print(f"a page   {ours:7.1f} ms, trafilatura {theirs:7.1f} ms, {ours / theirs:5.2f} times")


if __name__ == "__main__":
    main()
