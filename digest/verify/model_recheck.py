"""
A model's feature read back from content/: every statement judged again.

Pure. Judgements are known by their text in the ledger; a sentence that a person has added is
a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..text import one_line
from ..types import Feature, Problem
from .across import exchanged_across
from .evidence import Evidence
from .extracted import Extracted
from .judge import judge
from .judged import Rules
from .notes import Cited
from .problems import error
from .source import Basis, Source, as_document
from .statements import Statement, bare_text, lone, of_sections
from .written import WrittenSection


def judged_again(
    feature: Feature,
    written: Sequence[WrittenSection],
    cited: Mapping[str, Cited],
    evidence: Evidence,
) -> Iterator[Problem]:
    """
    Problems of a model's feature as its file holds it.

    Args:
        written: Its body.
        cited: Its notes that stand, by label.
        evidence: Its documents that are there, S1 first.
    """
    asked = _Again(feature, cited, evidence)
    for heading, blocks in of_sections(written, asked.anchor):
        for block, statements in blocks:
            if block.kind == "quote":
                quoting = Extracted(cited, evidence, notes_are_cut=True)
                quoting.quotation(block)
                for problem in quoting.problems:
                    found, expected = problem.found, problem.expected
                    yield error(problem.rule, problem.where, found, expected, "published")
            yield from asked.block(statements)
        if heading:
            marks = tuple(m for _, found in blocks for each in found for m in each.marks)
            yield from asked.claim(heading, asked.basis(marks))
    yield from asked.above(written)


class _Again:
    def __init__(self, feature: Feature, cited: Mapping[str, Cited], evidence: Evidence) -> None:
        self._feature = feature
        self._cited = cited
        self._evidence = evidence
        self._sources = [evidence.asked(document) for document in evidence]
        self._unasked = {
            one_line(each.text) for each in feature.claims if each.kind in {"own", "computed"}
        }
        self._rules = Rules(feature.derived, outcome="published")
        self.anchor = self._sources[0].anchor if self._sources else None

    def block(self, statements: Sequence[Statement]) -> Iterator[Problem]:
        claims = [each for each in statements if one_line(each.text) not in self._unasked]
        judged = [judge(each, self.basis(each.marks), self._rules) for each in claims]
        exchanged_across(judged, self._rules)
        for each in judged:
            yield from each.problems

    def claim(self, statement: Statement, basis: Basis) -> Iterator[Problem]:
        yield from judge(statement, basis, self._rules).problems

    def basis(self, marks: Sequence[str]) -> Basis:
        """S1 and the documents that the notes cite."""
        notes = [self._cited[mark] for mark in marks if mark in self._cited]
        places = [(self._evidence.asked(note.document), *note.span) for note in notes]
        return Basis([*self._sources[:1], *(source for source, _, _ in places)], places)

    def above(self, written: Sequence[WrittenSection]) -> Iterator[Problem]:
        """Title and TL;DR against the body as it is now (X1)."""
        parts = [bare_text(section.heading) for section in written]
        for section in written:
            for block in section.blocks:
                parts.append(" | ".join(block.head))
                parts += [
                    bare_text(" ".join(piece.text.replace("\t", " | ") for piece in part))
                    for part in block.parts
                ]
        published = self._sources[0].document.published if self._sources else None
        body = Source(as_document("\n\n".join(parts), published))
        rules = Rules(outcome="published", above=True)
        titles = {one_line(entry.title) for entry in self._feature.entries}
        if self._feature.title not in titles:
            both = Basis([body, *self._sources[:1]])
            title = lone("title", self._feature.title, "title", self.anchor)
            yield from judge(title, both, rules).problems
        for number, text in enumerate(self._feature.tldr, 1):
            bullet = lone(f"TL;DR, bullet {number}", text, "bullet", self.anchor)
            yield from judge(bullet, Basis([body]), rules).problems
