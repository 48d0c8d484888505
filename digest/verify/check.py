"""
The claim checker alone: any Markdown text with footnotes against a set of documents.

Pure. The text may be anybody's; nothing is mended or dropped, only told. It asks about claims:
no lengths (L1), no marks that are missing (C2), no second publisher (P1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..footnotes import Definition, split
from ..text import one_line
from ..types import Claim, Derived, Document, Problem
from ..urls import canonical
from .across import exchanged_across
from .evidence import Evidence
from .judge import judge
from .judged import Judged, Rules
from .ledger import claim, totals
from .notes import Cited
from .problems import error, warning
from .quotes import Found, find
from .report import Report, report
from .source import Basis
from .speakers import expected_speaker, is_speaker
from .statements import Statement, lone, of_sections
from .written import WrittenBlock, WrittenSection, file_sections


def check(
    text: str,
    documents: Sequence[Document],
    *,
    named: bool,
    title: str = "",
    tldr: Sequence[str] = (),
    derived: Sequence[Derived] = (),
) -> Report:
    """
    Check a text against documents.

    Args:
        text: Markdown as content/ holds a feature's body, the notes' definitions at its end.
            A note's link names its document: by `url`, `final_url` or id.
        documents: S1, S2 … in order.
        named: Whether the text itself named its documents: then S1 and the cited documents
            are a sentence's evidence; else all of them are, for every sentence.
        title, tldr, derived: From the text's front matter, where it has one.

    Returns:
        What was found; outcomes are empty, since nothing was done.
    """
    evidence = Evidence(documents)
    body, definitions = split(text)
    cited, problems = _resolve(definitions, evidence)
    written = file_sections(body)
    problems += _unmatched(written, {note.label for note in definitions})
    checker = _Checker(evidence, cited, Rules(derived, form=named, outcome=""), named)
    checker.text(written)
    checker.above(title, tldr)
    judged = checker.judged
    problems += [problem for each in judged for problem in each.problems]
    problems += checker.problems
    quotes = sum(1 for note in definitions if note.quote and note.label in cited)
    return report(problems, totals(judged, quotes), tuple(map(_claim, judged)))


def _claim(judged: Judged) -> Claim:
    return claim(judged, (), "proved" if not judged.has_error else "edited")


class _Checker:
    """Judges every statement of a text against what it rests on."""

    def __init__(
        self, evidence: Evidence, cited: Mapping[str, Cited], rules: Rules, named: bool
    ) -> None:
        self._evidence = evidence
        self._cited = cited
        self._rules = rules
        self._named = named
        self._all = [evidence.asked(document) for document in evidence]
        self.judged: list[Judged] = []
        self.problems: list[Problem] = []

    def text(self, written: Sequence[WrittenSection]) -> None:
        anchor = self._all[0].anchor if self._all else None
        for heading, blocks in of_sections(written, anchor):
            statements = [each for _, found in blocks for each in found]
            for block, found in blocks:
                if block.kind == "quote":
                    self._quotation(block)
                judged = [judge(each, self._basis(each.marks), self._rules) for each in found]
                exchanged_across(judged, self._rules)
                self.judged += judged
            if heading:
                marks = tuple(dict.fromkeys(m for each in statements for m in each.marks))
                self._judge(heading, self._basis(marks))

    def above(self, title: str, tldr: Sequence[str]) -> None:
        """Title and TL;DR, against the same evidence as the text."""
        basis = self._basis(tuple(self._cited))
        anchor = basis.anchor
        if title.strip():
            self._judge(lone("title", one_line(title), "title", anchor), basis)
        for number, text in enumerate(tldr, 1):
            where = f"TL;DR, bullet {number}"
            free = Basis(basis.sources)
            self._judge(lone(where, one_line(text), "bullet", anchor), free)

    def _judge(self, statement: Statement, basis: Basis) -> None:
        self.judged.append(judge(statement, basis, self._rules))

    def _basis(self, marks: Sequence[str]) -> Basis:
        """The evidence of a sentence: S1 and what its notes cite, or all there is."""
        notes = [self._cited[mark] for mark in marks if mark in self._cited]
        places = [(self._evidence.asked(n.document), *n.span) for n in notes]
        if self._named:
            sources = [*self._all[:1], *(source for source, _, _ in places)]
        else:
            sources = self._all
        whole = [p for p in places if p[1] == 0 and p[2] == len(p[0].text)]
        return Basis(sources, [p for p in places if p not in whole] if not whole else ())

    def _quotation(self, block: WrittenBlock) -> None:
        """A block quotation is found in the evidence, and said by its speaker."""
        text = " ".join(marked.text for marked in block.parts[0])
        marks = tuple(mark for marked in block.parts[0] for mark in marked.marks)
        basis = self._basis(marks)
        found = next(self._find(text, basis), None)
        if found is None:
            expected = "words of a source, since they stand as a quotation"
            self.problems.append(error("Q1", block.where, text, expected, ""))
        elif block.speaker and not is_speaker(block.speaker, found, basis.sources):
            expected = expected_speaker(block.speaker, basis.sources)
            self.problems.append(error("A1", block.where, block.speaker, expected, ""))

    def _find(self, text: str, basis: Basis) -> Iterator[Found]:
        for source in basis.sources:
            found = find(text.strip("“”\"'‘’ "), source.document, source.folded)
            if isinstance(found, Found):
                yield found


def _resolve(
    definitions: Sequence[Definition], evidence: Evidence
) -> tuple[dict[str, Cited], list[Problem]]:
    """Each note's place; one without a quote cites its whole document."""
    by_name = _names(evidence)
    cited: dict[str, Cited] = {}
    problems: list[Problem] = []
    for note in definitions:
        where = f"note {note.label}"
        document = by_name.get(note.url) or by_name.get(canonical(note.url))
        if document is None:
            expected = "a link to one of the documents"
            problems.append(error("C1", where, note.url or note.name, expected, ""))
            continue
        if not note.quote:
            cited[note.label] = Cited(note.label, Found(document, ((0, len(document.text)),)))
            continue
        found = find(note.quote, document, evidence.folded(document))
        if isinstance(found, Found):
            cited[note.label] = Cited(note.label, found)
        else:
            expected = f"words of {one_line(document.url)}: {found.reason}"
            problems.append(error(found.rule, where, note.quote, expected, ""))
    return cited, problems


def _names(evidence: Evidence) -> Mapping[str, Document]:
    """The documents by whatever a note's link may call them; the first of a name counts."""
    names: dict[str, Document] = {}
    for document in evidence:
        for name in (document.url, document.final_url, document.id):
            for form in (name, canonical(name)):
                if form:
                    names.setdefault(form, document)
    return names


def _unmatched(written: Sequence[WrittenSection], labels: set[str]) -> list[Problem]:
    """Marks without a note are errors, notes without a mark warnings (C1)."""
    marks = {
        mark
        for section in written
        for block in section.blocks
        for part in block.parts
        for marked in part
        for mark in marked.marks
    }
    expected = "a note of that label"
    wrong = [error("C1", "body", f"[^{m}]", expected, "") for m in sorted(marks - labels)]
    return wrong + [
        warning("C1", f"note {label}", f"[^{label}]", "a sentence that carries its mark", "")
        for label in sorted(labels - marks)
    ]
