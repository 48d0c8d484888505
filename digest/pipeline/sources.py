"""
A folder of sources → documents that a draft may be checked against.

Touches disk: reads the folder. HTML takes the way of a fetched page; Markdown and plain text
are kept whole, headings included, for whoever saved them has chosen already. Front matter
says what a page would have said of itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..content.front_matter import Fields, split
from ..errors import ContentError, ParseError
from ..extract.article import article
from ..extract.clean import clean_html
from ..extract.making import document
from ..extract.plain import to_html
from ..extract.reading import read
from ..markdown import link_target
from ..types import Document

SUFFIXES = {".txt": "plain", ".md": "markdown", ".html": "html"}
"""What is read, and as what; other files of the folder are none of ours."""
KEYS = ("url", "publisher", "author", "published", "title")
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Sources:
    documents: tuple[Document, ...]
    """By file name; `final_url` is the name, `url` too where the file gives no address."""
    unread: tuple[ContentError, ...]
    """Why other files gave nothing."""


def read_sources(folder: Path, *, now: dt.datetime) -> Sources:
    """
    Read the .txt, .md and .html files of a folder.

    Args:
        folder: Its folders are not entered.
        now: Stands as the time of fetching.

    Returns:
        The documents in the order of their names, and what could not be read.

    Raises:
        ContentError: There is no such folder, it cannot be listed, or holds no such file.
    """
    documents: list[Document] = []
    unread: list[ContentError] = []
    for path in _files(folder):
        try:
            documents.append(_document(path, now))
        except ContentError as exc:
            unread.append(exc)
    return Sources(tuple(documents), tuple(unread))


def _files(folder: Path) -> Sequence[Path]:
    expected = f"a folder with {', '.join(SUFFIXES)} files"
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise ContentError(str(folder), f"{what}, expected {expected}")
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError as exc:
        raise ContentError(str(folder), f"cannot be listed: {exc.strerror or exc}") from exc
    files = [path for path in paths if path.is_file()]
    if not files:
        raise ContentError(str(folder), f"holds no source, expected {expected}")
    return files


def _document(path: Path, now: dt.datetime) -> Document:
    body = _bytes(path)
    head: dict[str, object] = {}
    if body.removeprefix(b"\xef\xbb\xbf").startswith(b"---"):
        head, text = split(_text(body, path), str(path))
        body = text.encode()
    fields = Fields(head, str(path))
    unknown = ", ".join(sorted(head.keys() - set(KEYS)))
    if unknown:
        raise ContentError(str(path), f"found `{unknown}`, expected some of {', '.join(KEYS)}")
    kind = SUFFIXES[path.suffix.lower()]
    url = fields.text("url", "")
    found = _page(body, path, url, now) if kind == "html" else _prose(body, path, url, kind, now)
    if not found.text.strip():
        raise ContentError(str(path), "found no text in it, expected a source")
    publisher = fields.text("publisher", "") or found.publisher
    return replace(
        found,
        url=found.url or link_target(path.name),  # as a note's link has it
        final_url=path.name,
        publisher=publisher or path.stem,
        site=publisher or found.site or path.stem,
        author=fields.text("author", "") or found.author,
        title=fields.text("title", "") or found.title,
        published=fields.optional_time("published") or found.published,
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as exc:
        raise ContentError(str(path), f"cannot be read: {exc.strerror or exc}") from exc
    if len(body) > MOST_BYTES:
        raise ContentError(str(path), f"is too large, expected at most {MOST_BYTES:,} bytes")
    return body


def _text(body: bytes, path: Path) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise ContentError(str(path), f"is not UTF-8 text: {exc}") from exc


def _page(body: bytes, path: Path, url: str, now: dt.datetime) -> Document:
    """A saved page; its own address is only taken from its front matter."""
    try:
        page = article(body, url=url, content_type="text/html", fetched_at=now, families={})
    except ParseError as exc:
        raise ContentError(str(path), exc.message) from exc
    return page if url else replace(page, url="")


def _prose(body: bytes, path: Path, url: str, kind: str, now: dt.datetime) -> Document:
    html = to_html(_text(body, path), is_markdown=kind == "markdown")
    return document(
        read(clean_html(html, url)),
        url=url,
        final_url="",
        site="",
        title="",
        author="",
        published=None,
        language="",
        fetched_at=now,
        families={},
    )
