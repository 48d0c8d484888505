"""
Little story worlds: entries, pages as HTML, and what research should make of them.

Each lies in a file of tests/data/research/worlds:

    about      what is hard about it
    entries    feed, url, title, points_to, html; the leading one first
    pages      address → title and html (raw: the whole page; paywall, lang)
    families   publishers
    documents  the addresses of the dossier's documents, S1 first
    ranked     candidates, better ones first; others may stand between
    first      the best candidate
    never      addresses that are no candidates
    refused, unread   address → a part of the reason
    asked, unasked    addresses that are all that is opened, or are not opened

`python -m tests.research.worlds` prints how each fares.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import yaml

from digest.errors import FetchError, ParseError
from digest.extract.article import article
from digest.research import Means, Shelf, candidates, investigate
from digest.research.subject import subject
from digest.types import Document, Dossier, Entry, Story
from digest.urls import canonical

FOLDER = Path(__file__).parent.parent / "data" / "research" / "worlds"
NOW = dt.datetime(2026, 5, 22, 6, tzinfo=dt.UTC)
FURNITURE = '<header><a href="/">Home</a> <a href="/about">About</a></header>'
FOOT = (
    '<footer><p>Share on <a href="https://twitter.com/intent/tweet?url=x">Twitter</a> or '
    '<a href="https://www.facebook.com/sharer.php">Facebook</a>. '
    '<a href="/newsletter">Subscribe to our letter</a>.</p></footer>'
)
WALL = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}'
    "</script>"
)


@dataclass(frozen=True, eq=False)
class World:
    name: str
    told: dict[str, Any]

    @property
    def families(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(each) for name, each in self.told.get("families", {}).items()}

    def page(self, url: str) -> bytes:
        """The whole HTML of an address."""
        page = self.told["pages"][url]
        if "raw" in page:
            return str(page["raw"]).encode()
        return _html(page["title"], page["html"], page)

    def document(self, url: str) -> Document | FetchError:
        """What extract reads there."""
        if url not in self.told["pages"]:
            return FetchError(url, "the server answered 404 Not Found")
        try:
            return _read(self.page(url), url, self)
        except ParseError as exc:
            return FetchError(url, exc.message)

    def story(self) -> tuple[Story, dict[str, Document]]:
        """Its entries, and their texts by id."""
        texts: dict[str, Document] = {}
        entries = []
        for given in self.told["entries"]:
            html = _html(given["title"], given["html"], {})
            own = _read(html, given["url"], self)
            texts[own.id] = own
            entries.append(
                Entry(
                    feed=given["feed"],
                    id=given["url"],
                    url=given["url"],
                    canonical=canonical(given["url"]),
                    title=given["title"],
                    points_to=given.get("points_to", ""),
                    published=NOW,
                    document=own.id,
                )
            )
        return Story(tuple(entries), 1.0), texts


@dataclass(frozen=True)
class Outcome:
    dossier: Dossier
    ranked: tuple[str, ...]
    """Candidates as they stand after the story's own documents."""
    asked: tuple[str, ...]

    @property
    def documents(self) -> list[str]:
        return [document.url for document in self.dossier.documents]


@cache
def worlds() -> tuple[World, ...]:
    return tuple(
        World(path.stem, yaml.safe_load(path.read_text("utf-8")))
        for path in sorted(FOLDER.glob("*.yaml"))
    )


@cache
def play(world: World) -> Outcome:
    """Gather the world's dossier."""
    story, texts = world.story()
    asked: list[str] = []

    async def read(url: str) -> Document | FetchError:
        asked.append(url)
        await asyncio.sleep(0)
        return world.document(url)

    means = Means(families=world.families)
    dossier = asyncio.run(investigate(story, Shelf(texts), read, means))
    pointed = [world.document(entry.points_to) for entry in story.entries if entry.points_to]
    own = [*(d for d in pointed if isinstance(d, Document)), *texts.values()]
    found = candidates(own, subject(story.entries, own), families=world.families)
    return Outcome(dossier, tuple(each.url for each in found), tuple(asked))


def _html(title: str, body: str, page: dict[str, Any]) -> bytes:
    wall = WALL if page.get("paywall") else ""
    return (
        f'<!doctype html><html lang="{page.get("lang", "en")}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>{wall}</head><body>{FURNITURE}"
        f"<main><article><h1>{escape(title)}</h1>{body}</article></main>{FOOT}</body></html>"
    ).encode()


def _read(body: bytes, url: str, world: World) -> Document:
    return article(body, url=url, content_type="text/html", fetched_at=NOW, families=world.families)


if __name__ == "__main__":
    for world in worlds():
        found = play(world)
        print(f"\n{world.name}: {world.told['about']}")
        wanted = world.told["documents"]
        for url in found.documents:
            print("  +" if url in wanted else "  WRONG", url)
        for url in set(wanted) - set(found.documents):
            print("  MISSING", url)
        story, texts = world.story()
        for url, why in (*found.dossier.refused, *found.dossier.unread):
            print("   -", url, why)
        print("   asked", len(found.asked), "ranked", *found.ranked, sep="\n      ")
