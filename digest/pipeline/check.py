"""
The claim checker alone: a draft and a folder of sources → what is not proved.

Touches disk: reads the draft and its sources. Needs no site, store, network or model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import verify
from ..content.front_matter import Fields, split
from ..errors import ContentError
from ..types import Derived, Document
from ..urls import canonical
from .sources import Sources, read_sources


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft's report, and the sources that it could not be held against."""

    report: verify.Report
    sources: int
    unread: tuple[ContentError, ...]


def check(draft: Path, folder: Path, *, now: dt.datetime) -> Checked:
    """
    Check a draft against the sources of a folder.

    Args:
        draft: Markdown with footnotes, as content/ holds a feature; front matter may have
            `title`, `tldr`, `derived` and `documents`.
        folder: With .txt, .md and .html files.
        now: The time that sources without a date were read at.

    Raises:
        ContentError: The draft or the folder cannot be read, or `documents:` names a file
            that is not there.
    """
    head, body = split(_text(draft), str(draft))
    fields = Fields(head, str(draft))
    names = _names(fields)
    sources = read_sources(folder, now=now)
    report = verify.check(
        body,
        _in_order(names, sources, fields, folder),
        named=bool(names),
        title=fields.text("title", ""),
        tldr=fields.texts("tldr"),
        derived=tuple(
            Derived(item.text("claim"), item.text("expression")) for item in fields.items("derived")
        ),
    )
    return Checked(report, len(sources.documents), sources.unread)


def _text(draft: Path) -> str:
    try:
        return draft.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as exc:
        raise ContentError(str(draft), f"cannot be read as UTF-8 text: {exc}") from exc


def _names(fields: Fields) -> tuple[str, ...]:
    """What `documents:` lists: names, addresses, or keys with values as content/ has them."""
    value = fields.head.get("documents") or []
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return tuple(item.text("url") for item in fields.items("documents"))
    try:
        return fields.texts("documents")
    except ContentError:
        raise fields.wrong("documents", "a list of file names, S1 first") from None


def _in_order(
    names: Sequence[str], sources: Sources, fields: Fields, folder: Path
) -> tuple[Document, ...]:
    """The documents that the draft names, S1 first, then the rest of the folder."""
    unread = {Path(exc.subject.partition(":")[0]).name: exc for exc in sources.unread}
    named: list[Document] = []
    for name in names:
        found = _called(name, sources.documents)
        if found is None and name in unread:
            raise unread[name]
        if found is None:
            there = ", ".join(document.final_url for document in sources.documents) or "a source"
            raise ContentError(
                f"{fields.name}: documents",
                f"{name!r} is no file of {folder}, expected some of: {there}",
            )
        named.append(found)
    return (*named, *(document for document in sources.documents if document not in named))


def _called(name: str, documents: Sequence[Document]) -> Document | None:
    """The document of a file name, or of an address that its front matter gives."""
    for document in documents:
        if name == document.final_url or (canonical(name) or name) == canonical(document.url):
            return document
    return None
