"""
A frozen day: entries, pages and traps, written by hand, as a store and a configuration.

Texts are given block by block ("paragraph: …", "heading: …", "item:", "row: a | b", "quote:",
"code:"), so that no change of the extraction moves a passage under a recorded reply. A link
stands as [[anchor|address]].
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from digest.settings import Config, Digest, Feed, Site
from digest.store import Store
from digest.types import Block, BlockKind, Document, Entry, Link
from digest.urls import canonical, publisher

FOLDER = Path(__file__).parent / "days"
_LINK = re.compile(r"\[\[(.+?)\|(\S+?)\]\]")
_KINDS: tuple[BlockKind, ...] = (
    "heading", "paragraph", "item", "row", "code", "quote", "caption",
)  # fmt: skip


@dataclass(frozen=True)
class Day:
    name: str
    now: dt.datetime
    config: Config
    entries: tuple[tuple[Entry, Document | None], ...]
    pages: tuple[Document, ...]
    unread: Mapping[str, str]
    """Address → why it cannot be read."""
    forbidden: tuple[str, ...]
    """What may stand in nothing that is published: the traps."""
    told: tuple[str, ...]
    """What a good issue of this day says: figures, names, words."""

    def fill(self, store: Store) -> None:
        """Put the day into an empty store."""
        seen = self.now - dt.timedelta(hours=1)
        with store.transaction():
            store.entries.put([entry for entry, _ in self.entries], seen)
            for entry, document in self.entries:
                if document is not None:
                    store.entries.set_document(entry, store.documents.put(document))
            for page in self.pages:
                store.documents.put_page(
                    canonical(page.url), store.documents.put(page), "", self.now
                )
            for url, reason in self.unread.items():
                store.documents.put_page(canonical(url), "", reason, self.now)


def days() -> tuple[str, ...]:
    """Their names, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def read(name: str) -> Day:
    data = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    now = _time(data["now"])
    feeds = tuple(Feed(**feed) for feed in data["feeds"])
    families = {k: tuple(v) for k, v in data.get("publishers", {}).items()}
    pages = tuple(
        _document(page, page["url"], now, families, {})
        for page in data.get("pages", [])
        if "unread" not in page
    )
    titles = {feed.slug: feed.title or feed.slug for feed in feeds}
    return Day(
        name=name,
        now=now,
        config=Config(
            feeds=feeds,
            site=Site(title="Evals", url="https://evals.example/"),
            digests=(Digest(slug="daily", **({"title": "The daily"} | data["digest"])),),
            publishers=families,
        ),
        entries=tuple(_entry(entry, now, families, titles) for entry in data["entries"]),
        pages=pages,
        unread={p["url"]: p["unread"] for p in data.get("pages", []) if "unread" in p},
        forbidden=tuple(data.get("forbidden", [])),
        told=tuple(data.get("told", [])),
    )


def _entry(
    data: Mapping[str, Any],
    now: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    titles: Mapping[str, str],
) -> tuple[Entry, Document | None]:
    entry = Entry(
        feed=data["feed"],
        id=data["url"],
        url=data["url"],
        canonical=canonical(data["url"]),
        title=data["title"],
        author=data.get("author", ""),
        published=_time(data["published"]) if "published" in data else None,
        tags=tuple(data.get("tags", [])),
        language=data.get("language", ""),
        points_to=data.get("points_to", ""),
    )
    if not data.get("text"):
        return entry, None
    return entry, _document(data, data["url"], now, families, {"site": titles[data["feed"]]})


def _document(
    data: Mapping[str, Any],
    url: str,
    now: dt.datetime,
    families: Mapping[str, tuple[str, ...]],
    known: Mapping[str, str],
) -> Document:
    text, blocks, links = "", [], []
    group, before = 0, ""
    for kind, words in _parts(data["text"]):
        joined = kind == before and kind in {"row", "item"}
        group += not joined
        text += ("\n" if joined else "\n\n") if text else ""
        cells = [cell.strip() for cell in words.split("|")] if kind == "row" else [words]
        start = len(text)
        for piece, target in _pieces("\t".join(cells)):
            if target:
                links.append(Link(len(text), len(text) + len(piece), target))
            text += piece
        level = 0 if kind == "row" and not joined else 2 if kind == "heading" else 1
        blocks.append(Block(kind, start, len(text), level=level, group=group))
        before = kind
    owner = publisher(url, families)
    return Document(
        url=url,
        final_url=url,
        publisher=owner,
        site=data.get("site", known.get("site", owner)),
        title=data["title"],
        author=data.get("author", ""),
        published=_time(data["published"]) if "published" in data else None,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        fetched_at=now - dt.timedelta(hours=1),
        language=data.get("language", ""),
        blocks=tuple(blocks),
        links=tuple(links),
    )


def _parts(text: str) -> Iterator[tuple[BlockKind, str]]:
    for line in text.splitlines():
        if line.strip():
            kind, _, words = line.partition(": ")
            known = next((each for each in _KINDS if each == kind.strip()), None)
            if known is None:
                raise ValueError(f"{line[:60]!r}: expected one of {', '.join(_KINDS)}")
            yield known, words.strip()


def _pieces(words: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _LINK.finditer(words):
        yield words[at : match.start()], ""
        yield match[1], match[2]
        at = match.end()
    yield words[at:], ""


def _time(value: Any) -> dt.datetime:
    time = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
    return time.astimezone(dt.UTC) if time.tzinfo else time.replace(tzinfo=dt.UTC)
