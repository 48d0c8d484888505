"""
A feature read back from content/, proved again from its documents.

Pure. Notes must stand where evidence.json puts them, or elsewhere in their document; marks
and notes must match; of a feature that quotes, every sentence is looked for again, by the
rules by which it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..text import one_line
from ..types import Document, Feature, Footnote, Problem
from .evidence import Evidence
from .extracted import Extracted
from .model_recheck import judged_again
from .notes import Cited
from .problems import error, warning
from .quotes import Found, Missing, find
from .titles import own_title
from .written import WrittenSection, file_sections


def recheck(feature: Feature, documents: Mapping[str, Document]) -> tuple[Problem, ...]:
    """
    Prove a feature again.

    Args:
        feature: As a file holds it, edited or not.
        documents: By id; those that the store has lost are missing.

    Returns:
        What is not proved. Outcomes are "published": a file that a person may have edited is
        shown as it is. Empty for a feature as the program made it.
    """
    evidence = Evidence(tuple(_present(feature, documents)))
    cited: dict[str, Cited] = {}
    problems: list[Problem] = []
    for note in feature.notes:
        found = _place(note, evidence)
        if isinstance(found, Found):
            cited[note.label] = Cited(note.label, found)
        else:
            problems.append(
                error(found.rule, f"note {note.label}", note.quote.text, found.reason, "published")
            )
    written = file_sections(feature.body)
    problems += _unmatched(feature, written)
    if feature.kind == "extractive":
        problems += _quoted(feature, written, cited, evidence)
    else:
        problems += judged_again(feature, written, cited, evidence)
    return tuple(problems)


def _present(feature: Feature, documents: Mapping[str, Document]) -> Iterator[Document]:
    """The feature's documents that are there, S1 first; then any other that a note cites."""
    ids = [ref.id for ref in feature.documents] + [n.quote.document for n in feature.notes]
    for id_ in dict.fromkeys(ids):
        if id_ in documents:
            yield documents[id_]


def _place(note: Footnote, evidence: Evidence) -> Found | Missing:
    """Where a note's quote stands: at its place, or else anywhere in its document."""
    document = evidence.by_id(note.quote.document)
    if document is None:
        return Missing("C1", "its document, which is missing from the store")
    start, end = note.quote.start, note.quote.end
    if 0 <= start < end <= len(document.text) and document.text[start:end] == note.quote.text:
        return Found(document, ((start, end),))
    return find(note.quote.text, document, evidence.folded(document))


def _unmatched(feature: Feature, written: tuple[WrittenSection, ...]) -> Iterator[Problem]:
    """Marks without a note, and notes without a mark (C1)."""
    marks = {
        mark
        for section in written
        for block in section.blocks
        for part in block.parts
        for marked in part
        for mark in marked.marks
    }
    labels = {note.label for note in feature.notes}
    for mark in sorted(marks - labels):
        yield error("C1", "body", f"[^{mark}]", "a note of that label", "published")
    for label in sorted(labels - marks):
        yield warning("C1", f"note {label}", f"[^{label}]", "a sentence that carries its mark")


def _quoted(
    feature: Feature,
    written: tuple[WrittenSection, ...],
    cited: Mapping[str, Cited],
    evidence: Evidence,
) -> Iterator[Problem]:
    """Every sentence, heading and bullet of a feature that quotes."""
    prover = Extracted(cited, evidence, notes_are_cut=True)
    prover.sections(written)
    for number, text in enumerate(feature.tldr, 1):
        prover.bullet(text, f"TL;DR, bullet {number}")
    titles = {one_line(entry.title) for entry in feature.entries}
    if feature.title not in titles and own_title(feature.title, evidence) is None:
        yield error("Q1", "title", feature.title, "words of the first document", "published")
    for problem in prover.problems:
        yield error(problem.rule, problem.where, problem.found, problem.expected, "published")
