"""
What gathering costs beside reading: CPU of research over that of extracting its pages.

Run by hand: `python -m tests.benchmarks.gathering [ROUNDS]`. The pages are those of the story
worlds, each made as long as a real one (about 1,200 words) by paragraphs of its own words; a
window of 1,000 titles stands behind them. Both parts run in this process, in turn.
"""

from __future__ import annotations

import asyncio
import random
import sys
from time import process_time

from digest.errors import FetchError
from digest.extract.article import article
from digest.research import Means, Shelf, background, investigate
from digest.research.facts import _named
from digest.research.subject import terms
from digest.types import Document, Story
from tests.research.worlds import NOW, World, worlds

WORDS = 1200
TITLES = 1000


def long(html: bytes, seed: str) -> bytes:
    """The page with paragraphs of its own words in another order before its end."""
    chance = random.Random(seed)
    words = html.decode().partition("<article>")[2].partition("</article>")[0].split()
    plain = [word for word in words if "<" not in word and ">" not in word and "=" not in word]
    more = ""
    for _ in range(WORDS // 80):
        more += f"<p>{' '.join(chance.choices(plain, k=80)).capitalize()}.</p>"
    return html.replace(b"</article>", more.encode() + b"</article>")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    chance = random.Random(1)
    vocabulary = [f"word{n}" for n in range(4000)]
    titles = [" ".join(chance.choices(vocabulary, k=9)) for _ in range(TITLES)]
    reading = gathering = counting = 0.0
    pages = stories = 0
    for _ in range(rounds):
        terms.cache_clear()
        _named.cache_clear()
        began = process_time()
        known = background(titles)
        counting += process_time() - began
        for world in worlds():
            held, spent = _read(world)
            reading += spent
            told = world.story()
            began = process_time()
            asked = _gather(told, held, Means(known, world.families))
            gathering += process_time() - began
            pages += asked
            stories += 1
    print(f"{stories} stories, {pages} pages opened, {rounds} windows of {TITLES} titles")
    print(f"extracting the pages   {1000 * reading / stories:7.1f} ms a story")
    print(f"research               {1000 * gathering / stories:7.1f} ms a story")
    print(f"the window's titles    {1000 * counting / rounds:7.1f} ms an issue")
    print(f"research / extracting  {gathering / reading:7.2f}")


def _read(world: World) -> tuple[dict[str, Document], float]:
    """The documents of a world's pages, and the CPU seconds that extracting them took."""
    bodies = {
        url: long(world.page(url), url)
        for url, page in world.told["pages"].items()
        if "raw" not in page
    }
    began = process_time()
    held = {
        url: article(body, url=url, content_type="text/html", fetched_at=NOW, families={})
        for url, body in bodies.items()
    }
    return held, process_time() - began


def _gather(
    told: tuple[Story, dict[str, Document]], held: dict[str, Document], means: Means
) -> int:
    asked = 0

    async def read(url: str) -> Document | FetchError:
        nonlocal asked
        asked += 1
        return held.get(url) or FetchError(url, "the server answered 404 Not Found")

    story, texts = told
    asyncio.run(investigate(story, Shelf(texts), read, means))
    return asked


if __name__ == "__main__":
    main()
