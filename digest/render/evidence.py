"""
The evidence page of an issue: each claim beside the passages that it rests on.

Pure. Beside the page lie evidence.json for programs, its schema, and a program that checks it
again. What was dropped is told by its place and reason; its words stay unpublished, for they
were dropped because no source holds them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from ..types import Claim, Document, Feature, Footnote, Page, Problem, Span
from .addresses import Link
from .lists import asset
from .markdown import line_to_html
from .rows import Row
from .sheets import Sheet, sheet
from .shell import Frame, Shell
from .view import IssueView, other_language
from .words import local_day

if TYPE_CHECKING:
    from .ready import Ready

EVIDENCE = "evidence/"
"""Below an issue's own path."""
FILES = ("evidence.schema.json", "recheck.py")
"""At the site's root: what evidence.json looks like, and who checks it again."""
PLAIN = {"extracted", "computed"}
"""Kinds whose text is no Markdown."""


@dataclass(frozen=True, slots=True)
class Passage:
    number: int
    """Of its footnote; 0 for a place that has none."""
    before: str
    words: str
    after: str
    name: str
    url: str
    fetched: dt.date | None
    language: str
    """Of the document, where it differs from the site's; else empty."""


@dataclass(frozen=True, slots=True)
class Statement:
    text: Markup
    kind: str
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Issue, feature or round-ups: what is proved together."""

    title: str
    anchor: str
    """On the issue's page."""
    statements: tuple[Statement, ...]


def evidence(shell: Shell) -> Iterator[Sheet]:
    """The files that all evidence pages share: their style, and what helps to check them again."""
    yield asset("evidence.css", shell)
    for name in FILES:
        yield sheet(name, name, partial(_alone, name, shell), templates=(name,))


def _alone(name: str, shell: Shell) -> list[Page]:
    return [shell.file(name)]


def evidence_pages(made: Ready, text: str, row: Row, frame: Frame) -> Iterator[Page]:
    """
    The page, and evidence.json beside it; nothing for an issue that a person wrote alone.

    Args:
        made: The issue.
        text: Its evidence.json; empty where it has none.
        row: The issue in lists.
        frame: What stands around the page.

    Raises:
        Incomplete: A template wants more of the issue than was kept.
    """
    if text:
        yield _page(made, row, frame)
        name = f"{row.path}{EVIDENCE}evidence.json"
        yield Page(name, text.encode() if made.is_whole else _without_dropped(text))


def _page(made: Ready, row: Row, frame: Frame) -> Page:
    issue = made.view.issue
    return frame.page(
        "evidence.html",
        f"{row.path}{EVIDENCE}",
        frame.words.plain("evidence_of", title=issue.front.title),
        frame.words.plain("evidence_dek"),
        feed=Link(row.digest_title, f"{issue.digest}/"),
        view=made.view,
        issue=issue,
        statements=made.statements,
    )


def statements(shown: IssueView, frame: Frame) -> dict[str, Any]:
    """What the template of an issue's statements is given beside the issue."""
    issue = shown.issue
    problems = dict.fromkeys(issue.problems)
    return {
        "parts_of": _Parts(frame, shown).all(),
        "unproved": [p for p in problems if p.level == "error" and not is_dropped(p)],
        "warned": [p for p in problems if p.level == "warning"],
        "dropped": [p for p in problems if is_dropped(p)],
        "documents": sorted(issue.documents, key=lambda d: (d.publisher, d.title, d.id)),
    }


def is_dropped(problem: Problem) -> bool:
    return problem.level == "error" and not is_published(problem.outcome)


def is_published(outcome: str) -> bool:
    return outcome in {"published", "edited, not proved"}


def _without_dropped(text: str) -> bytes:
    """evidence.json as it is published: of what was dropped, without its words."""
    data = json.loads(text)
    found = data.get("problems", [])
    dropped = [p for p in found if not is_published(str(p.get("outcome", "")))]
    if not dropped:
        return text.encode()
    for problem in dropped:
        problem["found"] = problem["hint"] = ""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


class _Parts:
    """The statements of one issue."""

    def __init__(self, frame: Frame, shown: IssueView) -> None:
        self._issue, self._site = shown.issue, frame.config.site
        self._say = frame.words
        self._documents = {document.id: document for document in shown.issue.documents}
        self._numbers = {(note.quote, note.url): note.number for note in shown.notes}

    def all(self) -> list[Part]:
        issue = self._issue
        items = [claim for item in issue.round_ups for claim in item.claims]
        found = [
            Part(self._say.plain("front"), "", self._statements(issue.front.claims, ())),
            *(self._feature(feature) for feature in issue.features),
            Part(self._say.plain("round_ups"), "round-ups", self._statements(items, ())),
        ]
        return [part for part in found if part.statements]

    def _feature(self, feature: Feature) -> Part:
        own = self._statements(feature.claims, feature.notes)
        return Part(feature.title, feature.slug, own)

    def _statements(
        self, claims: Iterable[Claim], notes: Sequence[Footnote]
    ) -> tuple[Statement, ...]:
        by_label = {note.label: note for note in notes}
        return tuple(
            Statement(
                escape(claim.text) if claim.kind in PLAIN else line_to_html(claim.text),
                claim.kind,
                claim.numbers,
                claim.names,
                tuple(self._passages(claim, by_label)),
            )
            for claim in claims
        )

    def _passages(self, claim: Claim, notes: Mapping[str, Footnote]) -> Iterator[Passage]:
        for rest in claim.rests:
            if isinstance(rest, Span):
                yield self._place(rest)
            elif rest in notes:
                yield self._note(notes[rest])

    def _note(self, note: Footnote) -> Passage:
        url = note.passage_url or note.url
        number = self._numbers.get((note.quote.text, url), 0)
        document = self._documents.get(note.quote.document)
        return self._passage(
            document, number, (note.before, note.quote.text, note.after), note.name, url
        )

    def _place(self, span: Span) -> Passage:
        document = self._documents.get(span.document)
        name = document.site or document.publisher if document else span.document
        url = document.url or document.final_url if document else ""
        return self._passage(document, 0, ("", span.text, ""), name, url)

    def _passage(
        self,
        document: Document | None,
        number: int,
        texts: tuple[str, str, str],
        name: str,
        url: str,
    ) -> Passage:
        return Passage(
            number,
            *texts,
            name=name,
            url=url,
            fetched=local_day(document.fetched_at, self._site.timezone) if document else None,
            language=other_language(document, self._site.language) if document else "",
        )
