"""
evidence.json ↔ values: what an issue's statements rest on, for readers and programs alike.

Pure. The file holds all that the Markdown beside it does not: which bytes we wrote, where
each quote stands in its document, every claim and what it rests on.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from ..errors import ContentError
from ..markdown import link_target
from ..types import (
    Call,
    Chosen,
    Claim,
    Document,
    EntryRef,
    FeedLine,
    Footnote,
    Issue,
    Problem,
    Quote,
    RoundUp,
    Span,
)
from .front_matter import Fields, time_text
from .parts import entry_head, read_entry

VERSION = 1
CORRECTIONS = re.compile(r"^corrections[ \t]*:.*\n(?:(?:[ \t]*\n)*+[ \t-].*\n)*+", re.M)
"""The key of that name with its value, in the head of a file."""


@dataclass(frozen=True, slots=True)
class FileHashes:
    written: str
    """SHA-256 of the file as the program wrote it, its line `status:` left out."""
    verified: str
    """The same of the file as it was proved last."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What evidence.json holds beyond the Markdown files."""

    files: Mapping[str, FileHashes] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    round_ups: Mapping[str, RoundUp] = field(default_factory=dict)
    """By address as Markdown has it, or by slug where there is none; only slug, url, entries
    and documents are set."""
    notes: Mapping[tuple[str, str], Footnote] = field(default_factory=dict)
    """By file and label."""
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    choice: tuple[Chosen, ...] = ()
    feeds: tuple[FeedLine, ...] = ()
    calls: tuple[Call, ...] = ()
    text: str = ""
    """The file itself."""


def file_hash(text: str) -> str:
    """
    SHA-256 of what a content file tells.

    Left out are the line `status:`, which only says who may see it, and the list
    `corrections:`, which takes nothing back in silence.
    """
    head, sep, body = text.partition("\n---\n")
    if text.startswith("---\n"):
        head = re.sub(r"(?m)^status:.*\n?", "", CORRECTIONS.sub("", f"{head}\n")[:-1])
    return hashlib.sha256(f"{head}{sep}{body}".encode()).hexdigest()


# ---------------------------------------------------------------------------- writing


def write(
    issue: Issue,
    files: Mapping[str, FileHashes],
    notes: Mapping[str, tuple[Footnote, ...]],
    claims: tuple[Claim, ...],
) -> str:
    """
    The text of evidence.json.

    Args:
        issue: Its documents, round-ups, problems, counts, feeds and calls.
        files: Hashes by file name.
        notes: Footnotes by file name.
        claims: Of all files, each with its file's name.
    """
    texts = {document.id: document.text for document in issue.documents}
    data = {
        "version": VERSION,
        "files": {name: dataclasses.asdict(hashes) for name, hashes in files.items()},
        "documents": [_document(document) for document in issue.documents],
        "round_ups": [_round_up(item) for item in issue.round_ups],
        "notes": [_note(name, note) for name, group in notes.items() for note in group],
        "claims": [claim_data(claim, texts) for claim in claims],
        "problems": [
            problem_data(problem) for problem in issue.problems if problem.level == "error"
        ],
        "warnings": [
            problem_data(problem) for problem in issue.problems if problem.level == "warning"
        ],
        "counts": dict(issue.counts),
        "choice": [_chosen(story) for story in issue.choice],
        "feeds": [
            {
                "slug": line.slug,
                "read": line.read,
                "failed": line.failed,
                "last_entry": time_text(line.last_entry) if line.last_entry else None,
            }
            for line in issue.feeds
        ],
        "calls": [dataclasses.asdict(call) for call in issue.calls],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "url": document.url,
        "final_url": document.final_url,
        "publisher": document.publisher,
        "site": document.site,
        "title": document.title,
        "author": document.author,
        "published": time_text(document.published) if document.published else None,
        "fetched_at": time_text(document.fetched_at),
        "language": document.language,
        "sha256": document.sha256,
    }


def _round_up(item: RoundUp) -> dict[str, Any]:
    return {
        "slug": item.slug,
        "url": item.url,
        "kind": item.kind,
        "update_of": item.update_of,
        "entries": [entry_head(entry) for entry in item.entries],
        "documents": list(item.documents),
    }


def _chosen(story: Chosen) -> dict[str, Any]:
    return {
        **dataclasses.asdict(story),
        "entries": [{"feed": feed, "id": id_} for feed, id_ in story.entries],
        "parts": dict(story.parts),
    }


def _note(name: str, note: Footnote) -> dict[str, Any]:
    return {
        "file": name,
        "label": note.label,
        "name": note.name,
        "topic": note.topic,
        "url": note.url,
        "document": note.quote.document,
        "start": note.quote.start,
        "end": note.quote.end,
        "quote": note.quote.text,
        "before": note.before,
        "after": note.after,
        "passage_url": note.passage_url,
    }


def claim_data(claim: Claim, texts: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """
    A claim as `claims` holds it.

    Args:
        claim: With the name of its file.
        texts: Of documents by id, so that a place shows its words.
    """
    return {
        "file": claim.file,
        "text": claim.text,
        "kind": claim.kind,
        "rests": [
            rest if isinstance(rest, str) else _span(rest, texts.get(rest.document, ""))
            for rest in claim.rests
        ],
        "numbers": list(claim.numbers),
        "names": list(claim.names),
    }


def _span(span: Span, text: str) -> dict[str, Any]:
    place = {"document": span.document, "start": span.start, "end": span.end}
    words = span.text or text[span.start : span.end]
    return place | ({"text": words} if words else {})


def problem_data(problem: Problem) -> dict[str, str]:
    """A problem as `problems` and `warnings` hold it."""
    data = dataclasses.asdict(problem)
    del data["level"]
    return data


# ---------------------------------------------------------------------------- reading


def read_files(text: str, name: str) -> dict[str, FileHashes]:
    """
    The hashes of the files alone, for who looks at thousands of issues.

    Raises:
        ContentError: As from `read`, as far as it is looked at.
    """
    try:
        return _files(load(text, name))
    except (KeyError, TypeError, AttributeError) as exc:
        raise ContentError(name, f"not as the program writes it: {exc!r}") from exc


def read_cited(text: str, name: str) -> frozenset[str]:
    """
    The ids of the documents that an issue rests on, and nothing else of it.

    Raises:
        ContentError: As from `read`, as far as it is looked at.
    """
    data = load(text, name)
    try:
        return frozenset(
            (
                *(str(item["id"]) for item in data.get("documents", [])),
                *(str(item["document"]) for item in data.get("notes", [])),
                *(str(id_) for item in data.get("round_ups", []) for id_ in item["documents"]),
            )
        )
    except (KeyError, TypeError, AttributeError) as exc:
        raise ContentError(name, f"not as the program writes it: {exc!r}") from exc


def _files(data: Mapping[str, Any]) -> dict[str, FileHashes]:
    return {
        file: FileHashes(str(hashes["written"]), str(hashes["verified"]))
        for file, hashes in data.get("files", {}).items()
    }


def read(text: str, name: str) -> Evidence:
    """
    Read evidence.json.

    Raises:
        ContentError: It is not JSON, of an unknown version, or lacks what it must have.
    """
    data = load(text, name)
    fields = Fields(data, name)
    try:
        return Evidence(
            files=_files(data),
            documents=tuple(_read_document(item) for item in fields.items("documents")),
            round_ups={
                link_target(item.url) or item.slug: item
                for item in map(_read_round_up, fields.items("round_ups"))
            },
            notes=dict(map(_read_note, fields.items("notes"))),
            claims=tuple(_read_claim(item) for item in fields.items("claims")),
            problems=(
                *(_read_problem(item, "error") for item in fields.items("problems")),
                *(_read_problem(item, "warning") for item in fields.items("warnings")),
            ),
            counts={str(key): int(value) for key, value in data.get("counts", {}).items()},
            choice=tuple(_read_chosen(item) for item in fields.items("choice")),
            feeds=tuple(
                FeedLine(
                    item.text("slug"),
                    bool(item.head.get("read")),
                    item.text("failed", ""),
                    item.optional_time("last_entry"),
                )
                for item in fields.items("feeds")
            ),
            calls=tuple(Call(**item.head) for item in fields.items("calls")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        raise ContentError(name, f"not as the program writes it: {exc!r}") from exc


def load(text: str, name: str) -> dict[str, Any]:
    """
    The object that evidence.json holds.

    Raises:
        ContentError: It is not JSON of this version.
    """
    try:
        data = json.loads(text)
    except ValueError as exc:
        raise ContentError(name, f"not JSON: {exc}") from exc
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ContentError(name, f"expected an object with `version: {VERSION}`")
    return data


def _read_document(item: Fields) -> Document:
    return Document(
        url=item.text("url", ""),
        final_url=item.text("final_url", ""),
        publisher=item.text("publisher", ""),
        site=item.text("site", ""),
        title=item.text("title", ""),
        author=item.text("author", ""),
        published=item.optional_time("published"),
        text="",
        sha256=item.text("sha256"),
        fetched_at=item.time("fetched_at"),
        language=item.text("language", ""),
    )


def _read_round_up(item: Fields) -> RoundUp:
    entries: tuple[EntryRef, ...] = tuple(read_entry(entry) for entry in item.items("entries"))
    return RoundUp(
        slug=item.text("slug"),
        title="",
        url=item.text("url", ""),
        feed="",
        published=None,
        also=(),
        text="",
        update_of=item.text("update_of", ""),
        kind="model" if item.text("kind", "extractive") == "model" else "extractive",
        entries=entries,
        documents=item.texts("documents"),
    )


def _read_chosen(item: Fields) -> Chosen:
    return Chosen(
        title=item.text("title", ""),
        url=item.text("url", ""),
        entries=tuple((one.text("feed"), one.text("id")) for one in item.items("entries")),
        place=item.text("place"),
        score=float(item.head["score"]),
        parts=tuple((str(name), float(value)) for name, value in item.head["parts"].items()),
        reason=item.text("reason", ""),
        theme=item.text("theme", ""),
        update_of=item.text("update_of", ""),
    )


_NOTE = itemgetter(
    "file", "label", "document", "url", "name", "topic", "passage_url",
    "quote", "before", "after", "start", "end",
)  # fmt: skip
_NOTE_TYPES = (*[str] * 10, *[int] * 2)


def _read_note(item: Fields) -> tuple[tuple[str, str], Footnote]:
    """Its file and label, and the note."""
    head = item.head
    try:
        told = _NOTE(head)
    except KeyError:
        told = ()
    if tuple(map(type, told)) == _NOTE_TYPES:  # as the program writes it
        file, label, document, url, name, topic, passage = map(str.strip, told[:7])
        words, before, after, start, end = told[7:]
    else:
        file, label, document = item.text("file"), item.text("label"), item.text("document")
        url, name = item.text("url", ""), item.text("name", "")
        topic, passage = item.text("topic", ""), item.text("passage_url", "")
        words, start, end = str(head["quote"]), int(head["start"]), int(head["end"])
        before, after = str(head.get("before", "")), str(head.get("after", ""))
    quote = Quote(document, start, end, words)
    return (file, label), Footnote(label, quote, url, name, topic, before, after, passage)


def _read_claim(item: Fields) -> Claim:
    kind = item.one_of("kind", ("proved", "own", "extracted", "computed", "edited"))
    return Claim(
        text=item.text("text", ""),
        kind=kind,  # type: ignore[arg-type]
        rests=tuple(
            rest if isinstance(rest, str) else Span(**rest) for rest in item.head.get("rests", [])
        ),
        numbers=item.texts("numbers"),
        names=item.texts("names"),
        file=item.text("file", ""),
    )


def _read_problem(item: Fields, level: Any) -> Problem:
    return Problem(
        rule=item.text("rule"),
        where=item.text("where", ""),
        found=item.text("found", ""),
        expected=item.text("expected", ""),
        hint=item.text("hint", ""),
        outcome=item.text("outcome", ""),
        level=level,
    )
