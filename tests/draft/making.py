"""
Documents, entries and dossiers for tests, made from a few lines of plain text.

Pure. `document` reads blocks that blank lines part: `# heading`, `- item`, `> quote`, `| row`,
else a paragraph; `[anchor](address)` becomes a link.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from digest.settings import Digest, Feed
from digest.types import Block, BlockKind, Document, Dossier, Entry, Link, Story

NOW = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)
DIGEST = Digest(slug="tech", title="Tech Weekly")

_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)]+)\)")
_SIGNS: dict[str, BlockKind] = {"#": "heading", "-": "item", ">": "quote", "|": "row"}


def feed(slug: str, **more: object) -> Feed:
    return Feed(url=f"https://{slug}.example/feed", slug=slug, **more)  # type: ignore[arg-type]


def document(
    source: str,
    *,
    url: str = "https://acme.example/post",
    title: str = "A title",
    publisher: str = "",
    author: str = "",
    wall: str = "",
) -> Document:
    text, blocks = "", list[Block]()
    links: list[Link] = []
    for group, chunk in enumerate(re.split(r"\n\s*\n", source.strip()), 1):
        kinds = [_SIGNS.get(line.strip()[:1], "paragraph") for line in chunk.strip().split("\n")]
        lines = chunk.strip().split("\n") if kinds[0] != "paragraph" else [" ".join(chunk.split())]
        for number, line in enumerate(lines):
            kind = kinds[0]
            bare = line.strip() if kind == "paragraph" else line.strip()[1:].strip()
            if kind == "row":
                bare = "\t".join(cell.strip() for cell in bare.split("|"))
            text += "" if not text else "\n" if number else "\n\n"
            start = len(text)
            text = _linked(text, bare, links)
            level = 2 if kind == "heading" else int(number > 0) if kind == "row" else 0
            blocks.append(Block(kind, start, len(text), level, 0 if kind == "heading" else group))
    host = url.split("/")[2]
    return Document(
        url=url,
        final_url=url,
        publisher=publisher or host,
        site=(publisher or host).title(),
        title=title,
        author=author,
        published=NOW,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        fetched_at=NOW,
        language="en",
        blocks=tuple(blocks),
        links=tuple(links),
        wall=wall,
    )


def _linked(text: str, line: str, links: list[Link]) -> str:
    end = 0
    for match in _LINK.finditer(line):
        text += line[end : match.start()]
        links.append(Link(len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        end = match.end()
    return text + line[end:]


def entry(
    feed_slug: str,
    title: str,
    text: Document | None = None,
    *,
    hours: float = 1.0,
    url: str = "",
    points_to: str = "",
    tags: tuple[str, ...] = (),
) -> Entry:
    """An entry `hours` before `NOW`; its address is made from its feed and title."""
    slug = re.sub(r"\W+", "-", title.lower())
    address = url or (text.url if text else f"https://{feed_slug}.example/{slug}")
    return Entry(
        feed=feed_slug,
        id=address,
        url=address,
        canonical=address,
        title=title,
        published=NOW - dt.timedelta(hours=hours),
        tags=tags,
        points_to=points_to,
        document=text.id if text else "",
    )


def dossier(
    *documents: Document, title: str = "", links: tuple[tuple[str, str], ...] = ()
) -> Dossier:
    first = documents[0]
    lead = entry("acme", title or first.title, first)
    return Dossier(Story((lead,), 1.0), documents, links=links)
