"""
The files of an issue's folder ↔ values: issue.md, features, round-ups.md.

Pure. What only the program needs (spans, hashes, claims) stands in evidence.json and is
joined in `folder.py`; a person can write each of these files alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from .. import footnotes as notes
from ..errors import ContentError
from ..markdown import escape, link_target, unescape
from ..text import slugify
from ..types import (
    Article,
    Derived,
    DocumentRef,
    EntryRef,
    Feature,
    Footnote,
    Front,
    Issue,
    Quote,
    RoundUp,
)
from .front_matter import Fields, join, split, time_text
from .head import head_of

ROUND_UPS_UNDER_THEMES = 6
"""From so many items on, round-ups stand under theme headings."""

_ITEM = re.compile(r"^## +(.*)$", re.M)
_THEME = re.compile(r"^# +(.*)$", re.M)
_LINK = re.compile(r"^\[((?:[^\[\]\\]|\\.)*)\]\(<?([^\s<>]*?)>?\)\s*$")
_SOURCE = re.compile(
    r"^Source: (?P<feed>[^\s·,]+)(?: · (?P<day>\d{4}-\d{2}-\d{2}))?(?:, also: (?P<also>.+))?$"
)


def entry_head(entry: EntryRef) -> dict[str, Any]:
    return {
        "feed": entry.feed,
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "published": time_text(entry.published) if entry.published else None,
    }


def read_entry(fields: Fields) -> EntryRef:
    return EntryRef(
        feed=fields.text("feed"),
        id=fields.text("id"),
        url=fields.text("url", ""),
        title=fields.text("title", ""),
        published=fields.optional_time("published"),
    )


# ------------------------------------------------------------------------- issue.md


def write_front(issue: Issue) -> str:
    """The text of issue.md."""
    head: dict[str, Any] = {
        "title": issue.front.title,
        "slug": issue.slug,
        "dek": issue.front.dek,
        "tldr": list(issue.front.tldr),
        "status": issue.status,
        "date": issue.date.isoformat(),
        "period_start": time_text(issue.period_start) if issue.period_start else None,
        "period_end": time_text(issue.period_end),
        "researched_at": time_text(issue.researched_at),
        "model": issue.model or None,
        "cover": [{"feed": feed, "id": id_} for feed, id_ in issue.cover],
    }
    if issue.corrections:
        head["corrections"] = [
            {"date": item.date.isoformat(), "file": item.file, "text": item.text}
            for item in issue.corrections
        ]
    if issue.aliases:
        head["aliases"] = list(issue.aliases)
    return join(head, issue.front.lead)


def read_front(text: str, name: str, digest: str) -> Issue:
    """
    An issue without its features and round-ups.

    Raises:
        ContentError: A key is missing or wrong.
    """
    keys, body = split(text, name)
    head = head_of(keys, name, digest)
    return Issue(
        digest=digest,
        date=head.date,
        slug=head.slug,
        front=Front(title=head.title, dek=head.dek, tldr=head.tldr, lead=body.strip()),
        features=(),
        round_ups=(),
        status=head.status,
        period_start=head.period_start,
        period_end=head.period_end,
        researched_at=head.researched_at,
        model=head.model,
        cover=head.cover,
        corrections=head.corrections,
        aliases=head.aliases,
    )


# ------------------------------------------------------------------------- features


def write_feature(feature: Feature) -> str:
    """The text of a feature's file: head, body, definitions of its notes."""
    head: dict[str, Any] = {
        "title": feature.title,
        "slug": feature.slug,
        "kind": feature.kind,
        "documents": [{"id": ref.id, "url": ref.url} for ref in feature.documents],
        "entries": [entry_head(entry) for entry in feature.entries],
        "tldr": list(feature.tldr),
    }
    if feature.derived:
        head["derived"] = [{"claim": d.claim, "expression": d.expression} for d in feature.derived]
    if feature.further:
        head["further"] = [{"title": title, "url": url} for title, url in feature.further]
    if feature.update_of:
        head["update_of"] = feature.update_of
    return join(head, f"{feature.body}\n\n{notes.write(feature.notes)}")


def read_feature(
    text: str, name: str, proved: Mapping[str, Footnote] = MappingProxyType({})
) -> Feature:
    """
    A feature as its file holds it.

    Args:
        text: Of the file.
        name: How the file is called in messages.
        proved: Notes by label, with their places in documents. One stands for that of the file
            where the words are the same; where a person changed them, it has no place.

    Raises:
        ContentError: A key is missing or wrong.
    """
    head, body = split(text, name)
    fields = Fields(head, name)
    body, definitions = notes.split(body)
    return Feature(
        slug=fields.text("slug"),
        title=fields.text("title"),
        kind=cast(Any, fields.one_of("kind", ("model", "extractive"), "model")),
        documents=tuple(
            DocumentRef(item.text("id"), item.text("url", "")) for item in fields.items("documents")
        ),
        entries=tuple(read_entry(item) for item in fields.items("entries")),
        tldr=fields.texts("tldr"),
        body=body,
        notes=tuple(_note(item, proved.get(item.label)) for item in definitions),
        derived=tuple(
            Derived(item.text("claim"), item.text("expression")) for item in fields.items("derived")
        ),
        further=tuple((item.text("title"), item.text("url")) for item in fields.items("further")),
        update_of=fields.text("update_of", ""),
        edited_by=fields.text("edited_by", ""),
    )


def _note(item: notes.Definition, proved: Footnote | None) -> Footnote:
    if proved is not None:
        words = proved.quote.text
        if words == item.quote or words.split() == item.quote.split():
            return proved
    quote = Quote("", 0, 0, item.quote)
    return Footnote(item.label, quote, item.url, item.name, passage_url=item.url)


# ------------------------------------------------------------------------ round-ups


def write_round_ups(round_ups: tuple[RoundUp, ...]) -> str:
    """The text of round-ups.md; theme headings where there are six items or more."""
    with_themes = len(round_ups) >= ROUND_UPS_UNDER_THEMES
    parts: list[str] = []
    theme = ""
    for item in round_ups:
        if with_themes and item.theme and item.theme != theme:
            parts.append(f"# {escape(item.theme)}")
            theme = item.theme
        parts.append(_round_up(item))
    return "\n\n".join(parts) + "\n"


def _round_up(item: RoundUp) -> str:
    title = escape(item.title)
    heading = f"## [{title}]({link_target(item.url)})" if item.url else f"## {title}"
    source = f"Source: {item.feed}"
    if item.published:
        source += f" · {item.published.date().isoformat()}"
    if item.also:
        source += f", also: {', '.join(item.also)}"
    return "\n\n".join(part for part in (heading, source, item.text) if part)


def read_round_ups(text: str, name: str) -> tuple[RoundUp, ...]:
    """
    The items of round-ups.md.

    Raises:
        ContentError: An item has no line "Source: …", or there is text before the first item.
    """
    _, text = split(text, name)
    out: list[RoundUp] = []
    theme = ""
    taken: set[str] = set()
    starts = [match.start() for match in _ITEM.finditer(text)]
    if text[: starts[0] if starts else len(text)].strip() and not _THEME.match(text.strip()):
        raise ContentError(
            f"{name}:1", "found text before the first item, expected `## [Title](address)`"
        )
    theme = _last_theme(text[: starts[0]] if starts else "", theme)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[start:end]
        line = text.count("\n", 0, start) + 1
        item = _read_round_up(_THEME.sub("", part), theme, taken, f"{name}:{line}")
        out.append(item)
        taken.add(item.slug)
        theme = _last_theme(part, theme)
    return tuple(out)


def _last_theme(text: str, theme: str) -> str:
    found = _THEME.findall(text)
    return unescape(found[-1].strip()) if found else theme


def _read_round_up(part: str, theme: str, taken: set[str], place: str) -> RoundUp:
    heading, _, rest = part.partition("\n")
    heading = heading.removeprefix("##").strip()
    link = _LINK.match(heading)
    title = unescape(link.group(1) if link else heading)
    source, _, body = rest.strip().partition("\n")
    match = _SOURCE.match(source.strip())
    if match is None:
        raise ContentError(
            place, f"found {source[:60]!r} below the title, expected `Source: <feed> · 2026-04-24`"
        )
    day = match["day"]
    try:
        published = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) if day else None
    except ValueError:
        raise ContentError(place, f"found the day {day}, expected one of the calendar") from None
    return RoundUp(
        slug=_free(slugify(title), taken),
        title=title,
        url=link.group(2) if link else "",
        feed=match["feed"],
        published=published,
        also=tuple(part.strip() for part in (match["also"] or "").split(",") if part.strip()),
        text=body.strip(),
        theme=theme,
    )


def _free(slug: str, taken: set[str]) -> str:
    number = 2
    candidate = slug
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


# ------------------------------------------------------------------ essays and pages


def read_article(text: str, name: str, slug: str) -> Article:
    """
    A page or essay written by people.

    Raises:
        ContentError: It has no title, or its date is none.
    """
    head, body = split(text, name)
    fields = Fields(head, name)
    return Article(
        slug=fields.text("slug", slug),
        title=fields.text("title"),
        body=body.strip(),
        date=fields.optional_day("date"),
        description=fields.text("description", ""),
        author=fields.text("author", ""),
        aliases=fields.texts("aliases"),
        is_listed=fields.flag("listed", default=True),
    )
