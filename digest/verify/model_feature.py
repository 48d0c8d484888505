"""
A feature that a language model wrote: every statement proved, what is not proved dropped.

Pure. What is left is made whole again: a sentence that leant on a dropped one goes with it, a
list or table stays whole or goes, a section without a block goes, to a fixed point. Then
length, marks and judgements are asked of what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..text import count_words, one_line
from ..types import Document, Dossier, Draft, Problem
from .across import exchanged_across
from .dropping import settle, without
from .evidence import Evidence
from .extracted import Extracted
from .judge import judge
from .judged import Judged, Rules
from .judgement import own
from .lengths import (
    FEATURE_BULLET_WORDS,
    FEATURE_BULLETS,
    FEATURE_WORDS,
    LEAST_LEFT,
    TITLE_CHARACTERS,
    share_of_sources,
    too_long,
)
from .notes import Cited, resolve
from .problems import FELL, error, warning
from .quotations import quotations
from .source import Basis, Source, as_document
from .statements import Statement, lone, of_sections
from .support import OWN_SHARE, UNMARKED_WORDS, support
from .units import Block, Heading, ProvedSection, Unit
from .written import WrittenBlock, draft_sections


class ModelFeature:
    """
    Proves one draft.

    Args:
        draft: As the model wrote it.
        dossier: What it may rest on, S1 first.
        rules: The figures that it derives, and the run's secret word.
    """

    def __init__(self, draft: Draft, dossier: Dossier, rules: Rules) -> None:
        self._draft = draft
        self._dossier = dossier
        self._rules = rules
        self.evidence = Evidence(dossier.documents)
        self._sources = [self.evidence.asked(document) for document in self.evidence]
        self._cited, self.problems = resolve(draft.notes, self.evidence)
        self._quoting = Extracted(self._cited, self.evidence)
        self._claims: list[Statement] = []
        """Every claim of the body as it was written, those that fell among them."""
        self.sections = self._fixed(self._body())
        self.bullets = self._bullets()
        self.title = self._title()

    @property
    def judged(self) -> Iterator[Judged]:
        """Every statement that stayed."""
        headings = [section.heading for section in self.sections if section.heading]
        for part in (self.title, *headings):
            if part and part.judged:
                yield part.judged
        for unit in (*self.bullets, *self._units(self.sections)):
            if unit.judged:
                yield unit.judged

    # ----------------------------------------------------------------------- body

    def _body(self) -> tuple[ProvedSection, ...]:
        ids = frozenset(note.id for note in self._draft.notes)
        written = draft_sections(self._draft.sections, ids)
        anchor = self._sources[0].anchor if self._sources else None
        sections: list[ProvedSection] = []
        for heading, blocks in of_sections(written, anchor):
            made = tuple(self._block(block, found) for block, found in blocks)
            sections.append(ProvedSection(self._heading(heading, made), made))
        self.problems += self._quoting.problems
        return tuple(sections)

    def _block(self, block: WrittenBlock, statements: Sequence[Statement]) -> Block:
        if block.kind == "quote":
            return self._quoting.quotation(block)
        asked = [self._judged(statement) for statement in statements]
        exchanged_across([judged for judged, _ in asked if judged], self._rules)
        units: list[Unit] = []
        gap = False
        for statement, (judged, notes) in zip(statements, asked, strict=True):
            unit = self._unit(statement, judged, notes, after_gap=gap)
            gap = unit is None
            units += [unit] if unit else []
        head = block.head if self._is_head(block) else ()
        return Block(
            block.kind,
            tuple(units),
            block.where,
            ordered=block.ordered,
            head_cells=head,
            was_cut=len(units) < len(statements) or (block.kind == "table" and not head),
            before_gap=gap,
        )

    def _is_head(self, block: WrittenBlock) -> bool:
        """A table's head is asked as headings are, against all that its rows cite."""
        if block.kind != "table" or not any(cell.strip() for cell in block.head):
            return False
        marks = [mark for part in block.parts for piece in part for mark in piece.marks]
        statement = lone(f"{block.where}, head", " | ".join(block.head), "heading")
        judged = judge(statement, self._basis(marks), self._rules)
        self.problems += judged.problems
        return not judged.has_error

    def _judged(self, statement: Statement) -> tuple[Judged | None, tuple[Cited, ...]]:
        """A claim under all rules, with its notes; None for a judgement and without a note."""
        if statement.is_own:
            return None, ()
        self._claims.append(statement)
        notes = self._notes(statement)
        basis = self._basis(statement.marks)
        return (judge(statement, basis, self._rules) if notes else None), notes

    def _unit(
        self,
        statement: Statement,
        judged: Judged | None,
        notes: tuple[Cited, ...],
        *,
        after_gap: bool,
    ) -> Unit | None:
        """A statement with its proof; None where it has to go."""
        if statement.is_own:
            return self._own(statement, after_gap=after_gap)
        self.problems += judged.problems if judged else ()
        if judged is None or judged.has_error:
            return None
        return Unit(
            statement.where,
            None,
            notes,
            _cells(statement),
            after_gap=after_gap,
            judged=judged,
            kind="proved",
        )

    def _own(self, statement: Statement, *, after_gap: bool) -> Unit | None:
        """A judgement: only in prose; what it may hold is asked when all claims are known."""
        if statement.kind != "sentence":
            expected = "no judgement in a table or list"
            self.problems.append(error("C2", statement.where, statement.text, expected))
            return None
        judged = Judged(statement, Basis(()))
        return Unit(statement.where, None, after_gap=after_gap, judged=judged, kind="own")

    def _notes(self, statement: Statement) -> tuple[Cited, ...]:
        """The notes that a statement carries (C1, C2)."""
        unknown = [mark for mark in statement.marks if mark not in self._cited]
        known = tuple({m: self._cited[m] for m in statement.marks if m in self._cited}.values())
        if unknown:
            found = f"{statement.text} [{unknown[0]}]"
            report = warning if known else error
            expected = f"a note for [{unknown[0]}] that stands"
            self.problems.append(report("C1", statement.where, found, expected))
        elif not known:
            expected = "a mark that names its passage, or [own] for a judgement"
            self.problems.append(error("C2", statement.where, statement.text, expected))
        return known

    def _basis(self, marks: Sequence[str]) -> Basis:
        """S1 and the documents that are cited."""
        notes = [self._cited[mark] for mark in marks if mark in self._cited]
        places = [(self.evidence.asked(note.document), *note.span) for note in notes]
        return Basis([*self._sources[:1], *(source for source, _, _ in places)], places)

    def _heading(self, statement: Statement | None, blocks: Sequence[Block]) -> Heading | None:
        if statement is None:
            return None
        notes = [note for block in blocks for unit in block.units for note in unit.notes]
        places = [(self.evidence.asked(note.document), *note.span) for note in notes]
        basis = Basis([*self._sources[:1], *(source for source, _, _ in places)])
        judged = judge(statement, basis, self._rules)
        self.problems += judged.problems
        if judged.has_error:
            return None
        return Heading(one_line(statement.text), "proved", judged=judged)

    # ---------------------------------------------------------------- fixed point

    def _fixed(self, sections: tuple[ProvedSection, ...]) -> tuple[ProvedSection, ...]:
        """Drop until nothing more has to go; each round takes at least one unit."""
        while True:
            sections, beyond = settle(sections, (), self.evidence)
            self.problems += beyond
            gone = self._own_beyond(sections) or self._unmarked(sections) or self._long(sections)
            if not gone:
                return sections
            sections = without(sections, gone)

    def _units(self, sections: Sequence[ProvedSection]) -> list[Unit]:
        return [unit for section in sections for unit in section.units()]

    def _own_beyond(self, sections: Sequence[ProvedSection]) -> tuple[Unit, ...]:
        """Judgements that hold what they may not, and the last of those that are too many."""
        units = self._units(sections)
        judgements = [unit for unit in units if unit.kind == "own" and unit.judged]
        known = _known(units)
        for unit in judgements:
            assert unit.judged is not None
            statement = unit.judged.statement
            quoted = any(True for _ in quotations(statement.text))
            if wrong := tuple(own(statement, quoted, known, self._rules)):
                self.problems += wrong
                return (unit,)
        if len(judgements) > OWN_SHARE * len(units):
            last = judgements[-1]
            expected = "at most a quarter of a feature's sentences as judgement"
            self.problems.append(error("C2", last.where, last.text, expected))
            return (last,)
        return ()

    def _unmarked(self, sections: Sequence[ProvedSection]) -> tuple[Unit, ...]:
        """Sections without a mark, the last aside, and long stretches without one (C2)."""
        for section in sections[:-1]:
            units = tuple(section.units())
            if not any(unit.notes for unit in units):
                where = section.heading.text if section.heading else units[0].where
                expected = "a mark in each section but the last"
                self.problems.append(error("C2", where, units[0].text, expected))
                return units
        run = 0
        for unit in self._units(sections):
            run = 0 if unit.notes else run + unit.words
            if run > UNMARKED_WORDS:
                expected = f"a mark in each {UNMARKED_WORDS} words"
                self.problems.append(error("C2", unit.where, unit.text, expected))
                return (unit,)
        return ()

    def _long(self, sections: Sequence[ProvedSection]) -> tuple[Unit, ...]:
        """The last block of a text that is more than a quarter too long (L1)."""
        words = body_words(sections)
        most = self._most(sections)
        if words <= most * 1.25 or words <= LEAST_LEFT:
            return ()
        last = sections[-1].blocks[-1]
        expected = f"at most {most} words; the text has {words}"
        self.problems.append(error("L1", last.where, last.units[0].text, expected))
        return last.units

    def least(self) -> int:
        """Words that a feature has: 250, or seven tenths of what its documents carry."""
        return min(FEATURE_WORDS.least, self._most(self.sections) * 7 // 10)

    def _most(self, sections: Sequence[ProvedSection]) -> int:
        """Words that the cited documents and S1 carry, at most 800."""
        used: dict[str, Document] = {d.id: d for d in self.evidence.documents[:1]}
        for unit in self._units(sections):
            used |= {note.document.id: note.document for note in unit.notes}
        words = sum(count_words(document.text) for document in used.values())
        return min(FEATURE_WORDS.most, share_of_sources(words))

    # ----------------------------------------------------------------------- above

    def _below(self) -> Basis:
        """The verified body, as what stands above it is proved against."""
        parts = [section.heading.text for section in self.sections if section.heading]
        parts += [unit.text for unit in self._units(self.sections)]
        parts += [" | ".join(b.head_cells) for s in self.sections for b in s.blocks if b.head_cells]
        published = self._dossier.documents[0].published if self._dossier.documents else None
        return Basis([Source(as_document("\n\n".join(parts), published))])

    def _bullets(self) -> tuple[Unit, ...]:
        basis = self._below()
        kept: list[Unit] = []
        for number, text in enumerate(self._draft.tldr, 1):
            statement = lone(f"TL;DR, bullet {number}", one_line(text), "bullet", basis.anchor)
            if len(kept) == FEATURE_BULLETS.most:
                expected = f"at most {FEATURE_BULLETS.most} bullets"
                self.problems.append(error("L1", statement.where, text, expected))
            elif unit := self._bullet(statement, basis):
                kept.append(unit)
        return tuple(kept)

    def _fallen(self, statement: Statement, body: Basis) -> Problem | None:
        """
        The one fault of what stands above and says only what the body said before a sentence
        of it fell: told by that sentence's place, since with it mended nothing here is wrong.
        """
        left = body.sources[0].text
        fell = [each for each in self._claims if each.text not in left]
        if not fell:
            return None
        before = Source(as_document("\n\n".join((left, *(each.text for each in fell)))))
        basis = Basis([before, *body.sources[1:]])
        if judge(statement, basis, replace(self._rules, above=True)).has_error:
            return None
        near = max(fell, key=lambda each: len(each.stems & statement.stems))
        return error("X1", statement.where, statement.text, f"{FELL}: {near.where}")

    def _bullet(self, statement: Statement, basis: Basis) -> Unit | None:
        judged = judge(statement, basis, replace(self._rules, above=True))
        best = max(
            (u for u in self._units(self.sections) if u.judged and u.notes),
            key=lambda u: len(u.judged.statement.stems & statement.stems) if u.judged else 0,
            default=None,
        )
        notes = best.notes if best else ()
        places = [(self.evidence.asked(note.document), *note.span) for note in notes]
        rests = Basis([source for source, _, _ in places], places)
        found = support(statement, rests) if best else None
        if found is None or not (found.is_enough or support(statement, basis).is_enough):
            expected = "three content words in ten of what the body's own sentence rests on"
            judged.problems.append(error("C3", statement.where, statement.text, expected))
        if judged.has_error and (fallen := self._fallen(statement, basis)):
            judged.problems[:] = [fallen]
        if long := too_long(statement.text, FEATURE_BULLET_WORDS, statement.where):
            judged.problems.append(long)
        self.problems += judged.problems
        if judged.has_error:
            return None
        return Unit(statement.where, None, notes, judged=judged, kind="proved")

    def _title(self) -> Heading | None:
        """The title, or the source's own where it fails."""
        text = one_line(self._draft.title)
        basis = self._below()
        both = Basis([*basis.sources, *self._sources[:1]])
        statement = lone("title", text, "title", both.anchor)
        judged = judge(statement, both, self._rules)
        if judged.has_error and (fallen := self._fallen(statement, both)):
            judged.problems[:] = [fallen]
        if len(text) > TITLE_CHARACTERS:
            report = error if len(text) > TITLE_CHARACTERS * 1.25 else warning
            expected = f"at most {TITLE_CHARACTERS} characters"
            judged.problems.append(report("L1", "title", text, expected))
        self.problems += judged.problems
        if text and not judged.has_error:
            return Heading(text, "proved", judged=judged)
        own_title = one_line(self._dossier.story.lead.title)
        return Heading(own_title, "extracted") if own_title else None


def _cells(statement: Statement) -> tuple[str, ...]:
    """A row's cells as they were written."""
    return tuple(statement.written.split(" | ")) if statement.cells else ()


def _known(units: Sequence[Unit]) -> frozenset[str]:
    """Words of the names that the claims hold."""
    found: set[str] = set()
    for unit in units:
        if unit.judged and unit.kind == "proved":
            for name, _, _, _ in unit.judged.names:
                found |= {
                    word.lower().removesuffix("'s").removesuffix("’s") for word in name.split()
                }
            found |= {word.lower() for word, _ in unit.judged.statement.tokens}
    return frozenset(found)


def body_words(sections: Sequence[ProvedSection]) -> int:
    """Words of a body, tables and headings aside."""
    return sum(block.words for s in sections for block in s.blocks if block.kind != "table")
