"""
An issue as lists, feeds and threads show it: a row, with all heavy parts left out.

Pure. A site of many years is held as rows; an issue is read whole only while its own page
is made. What few lists need of a row is kept packed, and unpacked when one asks for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from markupsafe import Markup

from ..settings import Config
from ..types import Correction, EntryRef, FeedLine, Issue
from . import view
from .addresses import issue_path


@dataclass(frozen=True, slots=True)
class RowFeature:
    slug: str
    title: str
    tldr: tuple[Markup, ...]
    update_of: str
    urls: frozenset[str]
    """Of the posts and documents that it is made from."""


@dataclass(frozen=True)
class Row:
    key: str
    """Another one whenever anything of the issue is another, also what no row shows."""
    shown: str
    """Another one whenever anything that a row shows is another."""
    digest: str
    date: dt.date
    slug: str
    status: str
    path: str
    title: str
    digest_title: str
    minutes: int
    published: dt.datetime
    updated: dt.datetime
    has_evidence: bool
    goes_on: bool
    """One of its features goes on with an earlier story."""
    aliases: tuple[str, ...]
    corrections: tuple[Correction, ...]
    told_text: str
    """JSON: what `names_and_told` gives."""
    more_text: str
    """JSON: what `dek`, `tldr`, `features` and `feeds` give."""

    @property
    def names_and_told(self) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
        """
        What its feeds are called, by slug; and of each item feed, anchor and title, once for
        each feed that it tells of.
        """
        found = json.loads(self.told_text)
        return found["names"], [(slug, anchor, title) for slug, anchor, title in found["told"]]

    @property
    def dek(self) -> Markup:
        return Markup(self._more["dek"])  # noqa: S704 - was markup when it was packed

    @property
    def tldr(self) -> tuple[Markup, ...]:
        return _lines(self._more["tldr"])

    @property
    def features(self) -> tuple[RowFeature, ...]:
        return tuple(
            RowFeature(
                item["slug"],
                item["title"],
                _lines(item["tldr"]),
                item["update_of"],
                frozenset(item["urls"]),
            )
            for item in self._more["features"]
        )

    @property
    def feeds(self) -> tuple[FeedLine, ...]:
        """How each feed fared that was asked for it."""
        return tuple(
            FeedLine(slug, failed is None, failed or "", _moment(last))
            for slug, failed, last in self._more["feeds"]
        )

    @cached_property
    def _more(self) -> Any:
        return json.loads(self.more_text)


def _lines(texts: Sequence[str]) -> tuple[Markup, ...]:
    return tuple(Markup(text) for text in texts)  # noqa: S704 - was markup when it was packed


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def row(issue: Issue, config: Config, key: str = "") -> Row:
    """What lists show of an issue; cheaper than the whole view."""
    front, languages = issue.front, view.languages_of(issue, config)
    told = {"names": view.feed_names(config, issue), "told": list(_told(issue))}
    more = {
        "dek": view.line_of_front(front.dek, issue, languages),
        "tldr": [view.line_of_front(text, issue, languages) for text in front.tldr],
        "features": [
            {
                "slug": item.slug,
                "title": item.title,
                "tldr": view.tldr(item, languages),
                "update_of": item.update_of,
                "urls": sorted(
                    {ref.url for ref in item.documents} | {entry.url for entry in item.entries}
                ),
            }
            for item in issue.features
        ],
        "feeds": [
            (
                line.slug,
                None if line.read else line.failed,
                line.last_entry.isoformat() if line.last_entry else None,
            )
            for line in issue.feeds
        ],
    }
    shows: dict[str, Any] = {
        "digest": issue.digest,
        "date": issue.date,
        "slug": issue.slug,
        "status": issue.status,
        "path": issue_path(issue),
        "title": front.title,
        "digest_title": view.digest_title(config, issue.digest),
        "minutes": view.reading_minutes(issue),
        "published": issue.period_end,
        "updated": view.updated(issue),
        "has_evidence": bool(issue.evidence),
        "goes_on": any(item.update_of for item in issue.features),
        "aliases": issue.aliases,
        "corrections": issue.corrections,
        "told_text": json.dumps(told, ensure_ascii=False),
        "more_text": json.dumps(more, ensure_ascii=False),
    }
    shown = hashlib.sha256(repr(shows).encode("utf-8", "surrogatepass")).hexdigest()
    return Row(key=key or f"{issue.digest}/{issue.date}", shown=shown, **shows)


def _told(issue: Issue) -> Iterator[tuple[str, str, str]]:
    for feature in issue.features:
        for slug in _feeds(feature.entries):
            yield slug, feature.slug, feature.title
    for item in issue.round_ups:
        for slug in dict.fromkeys((item.feed, *item.also, *_feeds(item.entries))):
            yield slug, f"r-{item.slug}", item.title


def _feeds(entries: Sequence[EntryRef]) -> list[str]:
    return list(dict.fromkeys(entry.feed for entry in entries))


# ------------------------------------------------------------------------- kept rows

Packed = tuple[Any, ...]
"""A row as numbers, texts and tuples of these, to be kept from one run to the next."""
_NAMES = tuple(field.name for field in fields(Row))


def to_packed(row: Row) -> Packed:
    """A row as it is kept."""
    kept = {name: getattr(row, name) for name in _NAMES}
    kept["corrections"] = tuple((str(item.date), item.file, item.text) for item in row.corrections)
    for name in _TIMES:
        kept[name] = kept[name].isoformat()
    return tuple(kept.values())


def from_packed(kept: Packed) -> Row:
    """The row that `to_packed` packed."""
    found = dict(zip(_NAMES, kept, strict=True))
    found["date"] = dt.date.fromisoformat(found["date"])
    for name in _TIMES[1:]:
        found[name] = dt.datetime.fromisoformat(found[name])
    if found["corrections"]:
        found["corrections"] = tuple(
            Correction(dt.date.fromisoformat(day), file, said)
            for day, file, said in found["corrections"]
        )
    row = object.__new__(Row)
    row.__dict__.update(found)  # a tenth of the time that sixteen frozen fields take
    return row


_TIMES = ("date", "published", "updated")
