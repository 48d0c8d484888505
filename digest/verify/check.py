"""
The claim checker alone: any Markdown text with footnotes against a set of documents.

Pure. The text may be anybody's; nothing is mended or dropped, only told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..footnotes import Definition, split
from ..text import one_line
from ..types import Derived, Document, Problem
from ..urls import canonical
from .addresses import address_in
from .evidence import Evidence
from .notes import Cited
from .problems import error, warning
from .quotes import Found, find
from .report import Report, report
from .written import WrittenSection, file_sections


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
    if named:
        problems += _addresses(title, tldr, written)
    counts = {"quotes": sum(1 for note in cited.values() if note.quote.parts)}
    return report(problems, counts)


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
    wrong = [
        error("C1", "body", f"[^{m}]", "a note of that label", "") for m in sorted(marks - labels)
    ]
    return wrong + [
        warning("C1", f"note {label}", f"[^{label}]", "a sentence that carries its mark", "")
        for label in sorted(labels - marks)
    ]


def _addresses(title: str, tldr: Sequence[str], written: Sequence[WrittenSection]) -> list[Problem]:
    """U1 over all that a reader sees as prose."""
    texts = [("title", title), *((f"TL;DR, bullet {n}", text) for n, text in enumerate(tldr, 1))]
    for section in written:
        texts.append((section.where, section.heading))
        texts += [
            (block.where, marked.text)
            for block in section.blocks
            for part in block.parts
            for marked in part
        ]
    return [
        error("U1", where, address, "no address, link or tag in text", "")
        for where, text in texts
        if (address := address_in(text))
    ]
