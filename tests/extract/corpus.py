"""
The corpus of this folder's tests as lines that a person can read and correct.

`python -m tests.extract.corpus` prints what the code makes of every file, for comparison by eye
with the expected text that lies beside each; it writes nothing.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from digest.errors import ParseError
from digest.extract.article import article
from digest.extract.feed import entries
from digest.extract.post import post
from digest.settings import Feed
from digest.types import Document, Entry

DATA = Path(__file__).parents[1] / "data" / "extract"
FEEDS = sorted(path for path in (DATA / "feeds").iterdir() if path.suffix != ".txt")
PAGES = sorted((DATA / "pages").glob("*.html"))
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
TYPES = {".xml": "application/xml", ".json": "application/feed+json", ".html": "text/html"}


def feed_lines(path: Path) -> str:
    """What a feed file holds, a field a line."""
    url = f"https://feeds.example/{path.stem}"
    feed = Feed(url=url, slug=path.stem)
    try:
        content = entries(path.read_bytes(), feed, url=url, content_type=TYPES[path.suffix])
    except ParseError as error:
        return f"error: {error}\n"
    lines = [
        f"feed: {content.title} | {content.site_url} | {content.language} | {content.ttl_s}",
        f"problem: {content.problem}",
    ]
    return "\n".join([*lines, *(entry_lines(entry) for entry in content.entries)]) + "\n"


def entry_lines(entry: Entry) -> str:
    document = post(entry, site="", families={}, fetched_at=NOW)
    dates = f"{entry.published and entry.published.isoformat()}"
    return "\n".join(
        [
            "",
            f"title: {entry.title}",
            f"id: {entry.id}",
            f"url: {entry.url} | {entry.canonical}",
            f"by: {entry.author} | {dates} | {entry.language} | {', '.join(entry.tags)}",
            f"points to: {entry.points_to}",
            block_lines(document) if document else "no text",
        ]
    )


def page_lines(path: Path) -> str:
    """What a page file holds, a block a line."""
    url = f"https://{path.stem}.example/page"
    made = article(
        path.read_bytes(), url=url, content_type="text/html", fetched_at=NOW, families={}
    )
    head = [
        f"title: {made.title}",
        f"url: {made.url} | {made.publisher} | {made.site}",
        f"by: {made.author} | {made.published and made.published.isoformat()} | {made.language}",
        f"wall: {made.wall}",
    ]
    return "\n".join([*head, block_lines(made)]) + "\n"


def block_lines(document: Document) -> str:
    lines = []
    for block in document.blocks:
        signs = f"{block.kind}{block.level or ''}{'.' if block.ordered else ''}"
        speaker = f" @{block.speaker}" if block.speaker else ""
        text = document.text[block.start : block.end].replace("\n", "\\n").replace("\t", "\\t")
        lines.append(f"[{signs}{speaker}] {text}")
    lines += [f"<{document.text[one.start : one.end]}> {one.url}" for one in document.links]
    return "\n".join(lines)


if __name__ == "__main__":
    for path in FEEDS:
        print(f"===== {path.name}\n{feed_lines(path)}")
    for path in PAGES:
        print(f"===== {path.name}\n{page_lines(path)}")
