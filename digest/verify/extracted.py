"""
Text that quotes: each sentence, item, row, heading and bullet is its source's own (Q1, Q2).

Pure. What is proved comes back as units with their places; what is not, as problems.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..text import count_words, one_line
from ..types import Problem
from .addresses import address_in
from .evidence import Evidence
from .marks import OWN, Marked
from .notes import LEAST_WORDS, Cited, cut
from .problems import error
from .quotes import Found, Missing, find
from .speakers import expected_speaker, is_speaker
from .tables import Tables
from .titles import own_title
from .units import Block, Heading, ProvedSection, Unit
from .written import WrittenBlock, WrittenSection

FIGURES = "In figures"
FROM = "From {site}"
"""Headings that code computes: what the section holds, and whose words these are."""


class Extracted:
    """
    Proves written sections against the notes that they carry.

    Args:
        cited: Notes by the marks that name them.
        evidence: The documents.
        notes_are_cut: The notes were read from a file, where a long one ends at a clause:
            a sentence may go on behind its note.
    """

    def __init__(
        self, cited: Mapping[str, Cited], evidence: Evidence, *, notes_are_cut: bool = False
    ) -> None:
        self._cited = cited
        self._evidence = evidence
        self._notes_are_cut = notes_are_cut
        self.problems: list[Problem] = []

    def sections(self, written: Sequence[WrittenSection]) -> tuple[ProvedSection, ...]:
        """What is proved of each section; sections and blocks may come back empty."""
        return tuple(self._section(section) for section in written)

    def _section(self, written: WrittenSection) -> ProvedSection:
        blocks = tuple(self._block(block) for block in written.blocks)
        return ProvedSection(self._heading(written, blocks), blocks)

    def _block(self, written: WrittenBlock) -> Block:
        if written.kind == "table":
            return Tables(self._unit, self._report).block(written)
        if written.kind == "quote":
            return self.quotation(written)
        marked = (
            written.parts[0] if written.kind == "paragraph" else tuple(map(_joined, written.parts))
        )
        units: list[Unit] = []
        gap = False
        for number, part in enumerate(marked, 1):
            noun = "sentence" if written.kind == "paragraph" else "item"
            unit = self._unit(part, f"{written.where}, {noun} {number}", after_gap=gap)
            gap = unit is None
            units += [unit] if unit else []
        return Block(
            written.kind,
            tuple(units),
            written.where,
            ordered=written.ordered,
            was_cut=len(units) < len(marked),
            before_gap=gap,
        )

    # ------------------------------------------------------------------ sentences

    def _unit(self, marked: Marked, where: str, *, after_gap: bool = False) -> Unit | None:
        """A sentence or item with the notes that hold it."""
        notes = self._notes(marked, where)
        if not notes or not self._is_plain(marked.text, where):
            return None
        found = {note.id: self._in_note(marked.text, note) for note in notes}
        holding = tuple(n for n in notes if isinstance(found[n.id], Found))
        quote = found[holding[0].id] if holding else None
        if not isinstance(quote, Found):
            reason = next(iter(found.values()))
            rule = reason.rule if isinstance(reason, Missing) else "Q1"
            self._report(rule, where, marked.text, self._elsewhere(marked.text, notes, reason))
            return None
        return Unit(where, quote, holding, after_gap=after_gap)

    def _notes(self, marked: Marked, where: str) -> tuple[Cited, ...]:
        """The notes that a stretch carries (C1); none where a mark is wrong or missing."""
        if OWN in marked.marks:
            self._report(
                "C1",
                where,
                marked.text,
                "text that quotes names its passage; it has no judgement of its own",
            )
            return ()
        unknown = [mark for mark in marked.marks if mark not in self._cited]
        if unknown or not marked.marks:
            found = f"{marked.text} [{unknown[0]}]" if unknown else marked.text
            expected = "a note for each mark" if unknown else "a mark that names its passage"
            self._report("C1", where, found, expected)
            return ()
        return tuple({mark: self._cited[mark] for mark in marked.marks}.values())

    def _in_note(self, text: str, note: Cited) -> Found | Missing:
        """The text's place within what a note cites."""
        document, folded = note.document, self._evidence.folded(note.document)
        found = find(text, document, folded, within=note.span)
        if isinstance(found, Missing) and self._notes_are_cut:
            wider = find(text, document, folded, within=(note.span[0], len(document.text)))
            if isinstance(wider, Found) and cut(wider).end == note.span[1]:
                return wider
        return found

    def _elsewhere(self, text: str, notes: Sequence[Cited], reason: object) -> str:
        for note in notes:
            found = find(text, note.document, self._evidence.folded(note.document))
            if isinstance(found, Found):
                return "words of the passage that its note names; these stand elsewhere"
        return f"words of {notes[0].document.url or 'its document'}: " + (
            reason.reason if isinstance(reason, Missing) else ""
        )

    def _is_plain(self, text: str, where: str) -> bool:
        address = address_in(text)
        if address:
            self._report("U1", where, address, "no address, link or tag in text")
        return not address

    # ----------------------------------------------------------- tables, quotations

    def quotation(self, written: WrittenBlock) -> Block:
        """
        A quotation with its speaker (Q1 to Q3, A1); its note is the quotation itself. Without
        a speaker nobody is said to have said it but the document that the note names.
        """
        marked = _joined(written.parts[0])
        unit = self._quoted(marked, written)
        sources = [self._evidence.asked(document) for document in self._evidence]
        named = written.speaker.strip()
        if unit and named and not is_speaker(named, unit.found, sources):
            expected = expected_speaker(written.speaker, sources)
            self._report("A1", written.where, written.speaker, expected)
            unit = None
        speaker = one_line(written.speaker)
        units = (unit,) if unit else ()
        return Block("quote", units, written.where, speaker=speaker, was_cut=not unit)

    def _quoted(self, marked: Marked, written: WrittenBlock) -> Unit | None:
        where = written.where
        if marked.marks:
            return self._unit(marked, where)
        document = self._evidence.source(written.document) or self._evidence.by_id(written.document)
        if document is None:
            self._report("C1", where, written.document, "a quotation of one of the documents")
            return None
        if not self._is_plain(marked.text, where):
            return None
        found = find(marked.text, document, self._evidence.folded(document))
        if isinstance(found, Found) and count_words(found.text) < LEAST_WORDS:
            found = Missing("Q3", f"a quote of {LEAST_WORDS} words or more")
        if isinstance(found, Missing):
            expected = f"words of {written.document}; {found.reason}"
            self._report(found.rule, where, marked.text, expected)
            return None
        found = cut(found)
        return Unit(where, found, (Cited("", found),))

    # ------------------------------------------------------------ headings, bullets

    def _heading(self, written: WrittenSection, blocks: Sequence[Block]) -> Heading | None:
        """A heading of S1's own, or one that code computes; else none."""
        text = one_line(written.heading)
        if not text:
            return None
        cited = {u.found.document.id: u.found.document for b in blocks for u in b.units}
        computed = {FIGURES} | {FROM.format(site=d.site or d.publisher) for d in cited.values()}
        if text in set(map(one_line, computed)):
            return Heading(text, "computed")
        own = own_title(text, self._evidence)
        if own is None:
            self._report("Q1", f"{written.where}, heading", text, "words of the first document")
        return own

    def bullet(self, text: str, where: str) -> Unit | None:
        """A sentence of any of the documents, the first of them first."""
        if not self._is_plain(text, where):
            return None
        reason = "there is no document"
        for document in self._evidence:
            found = find(text, document, self._evidence.folded(document))
            if isinstance(found, Found):
                return Unit(where, found)
            reason = found.reason
        self._report("Q1", where, text, f"words of one of the documents: {reason}")
        return None

    def _report(self, rule: str, where: str, found: str, expected: str) -> None:
        self.problems.append(error(rule, where, found, expected))


def _joined(parts: Sequence[Marked]) -> Marked:
    """An item or quotation as one stretch."""
    marks = tuple(dict.fromkeys(mark for part in parts for mark in part.marks))
    return Marked(" ".join(part.text for part in parts), marks)
