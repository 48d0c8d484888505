"""
What a language model wrote above an issue: proved against the verified text below it.

Pure. Numbers, names and quotations above are among those below (X1); bullets share words with
one place of it (C3); the lead may judge, of what the issue tells of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..markdown import styled, unescape
from ..text import one_line, sentences
from ..types import Claim, ClaimKind, Feature, Front, FrontDraft, Problem, RoundUp
from .dropping import settle, without
from .evidence import Evidence
from .judge import judge
from .judged import Judged, Rules
from .judgement import own
from .ledger import claim
from .lengths import (
    DEK_WORDS,
    FEATURE_BULLETS,
    ISSUE_BULLET_WORDS,
    ISSUE_BULLETS,
    LEAD_WORDS,
    SHORT_LEAD_WORDS,
    TITLE_CHARACTERS,
    outside,
    too_long,
)
from .marks import OWN, of_draft
from .problems import error, warning
from .quotations import quotations
from .resting import Below
from .source import Basis, Source, as_document
from .statements import Statement, lone
from .support import support
from .units import Block, ProvedSection, Unit
from .written import file_sections


def model_front(
    draft: FrontDraft, features: Sequence[Feature], round_ups: Sequence[RoundUp], secret: str
) -> tuple[Front, tuple[Problem, ...]]:
    """The front of an issue with all that is proved; the headline falls back to a title."""
    made = _ModelFront(features, round_ups, Rules(above=True, secret=secret))
    title = made.headline(one_line(draft.headline))
    dek = made.line("dek", one_line(draft.dek), DEK_WORDS) if draft.dek.strip() else None
    bullets = made.bullets(draft.tldr)
    paragraphs = made.lead(draft.lead)
    lead = "\n\n".join(
        " ".join(styled(one_line(judged.statement.written)) for judged, _ in paragraph)
        for paragraph in paragraphs
    )
    told = [*([dek] if dek else []), *bullets]
    front = Front(
        title=title.text,
        dek=one_line(dek.statement.text) if dek else "",
        tldr=tuple(one_line(each.statement.text) for each in bullets),
        lead=lead,
        claims=(
            title,
            *map(made.claim, told),
            *(
                claim(each, (), "own") if is_own else made.claim(each)
                for paragraph in paragraphs
                for each, is_own in paragraph
            ),
        ),
        problems=tuple(made.problems),
    )
    return front, tuple(made.problems)


class _ModelFront:
    def __init__(
        self, features: Sequence[Feature], round_ups: Sequence[RoundUp], rules: Rules
    ) -> None:
        texts = tuple(_texts(features, round_ups))
        self._basis = Basis([Source(as_document("\n\n".join(texts)))])
        self._below = Below(features, round_ups)
        self._rules = rules
        self._titles = [f.title for f in features] + [item.title for item in round_ups]
        self._has_features = bool(features)
        self.problems: list[Problem] = []

    def claim(self, judged: Judged) -> Claim:
        """With the passages of what it repeats."""
        return claim(judged, self._below.rests(judged.statement.stems))

    def headline(self, text: str) -> Claim:
        """The headline, or the first title below where it fails (L1, X1)."""
        judged = self._judged(lone("headline", text, "title"))
        if len(text) > TITLE_CHARACTERS:
            report = error if len(text) > TITLE_CHARACTERS * 1.25 else warning
            expected = f"at most {TITLE_CHARACTERS} characters"
            judged.problems.append(report("L1", "headline", text, expected))
        self.problems += judged.problems
        if text and not judged.has_error:
            return self.claim(judged)
        return Claim(next(iter(self._titles), ""), "extracted")

    def line(self, where: str, text: str, most: int) -> Judged | None:
        """A dek or bullet; None where it fails."""
        kind = "title" if where == "dek" else "bullet"
        statement = lone(where, text, "sentence" if kind == "title" else "bullet")
        judged = self._judged(statement)
        found = support(statement, self._basis)
        if not found.is_enough:
            expected = "three content words in ten of one place below"
            report = error if kind == "bullet" else warning
            judged.problems.append(report("C3", where, text, expected))
        if long := too_long(text, most, where):
            judged.problems.append(long)
        self.problems += judged.problems
        return None if judged.has_error else judged

    def bullets(self, texts: Sequence[str]) -> tuple[Judged, ...]:
        """Those that stand, five at most; fewer than three are a warning (L1)."""
        kept: list[Judged] = []
        for number, text in enumerate(texts, 1):
            where = f"TL;DR, bullet {number}"
            if len(kept) == ISSUE_BULLETS:
                expected = f"at most {ISSUE_BULLETS} bullets"
                self.problems.append(error("L1", where, text, expected))
            elif judged := self.line(where, one_line(text), ISSUE_BULLET_WORDS):
                kept.append(judged)
        least = FEATURE_BULLETS.least if self._has_features else 1
        if len(kept) < least:
            expected = f"{least} bullets or more"
            self.problems.append(warning("L1", "TL;DR", f"{len(kept)} proved", expected))
        return tuple(kept)

    def lead(self, paragraphs: Sequence[str]) -> tuple[tuple[tuple[Judged, bool], ...], ...]:
        """Paragraphs of sentences that stand, each with whether it is judgement."""
        blocks = tuple(
            self._paragraph(text, f"lead, paragraph {number}")
            for number, text in enumerate(paragraphs, 1)
        )
        sections, _ = settle([ProvedSection(None, blocks)], (), Evidence(()))
        return tuple(
            tuple((unit.judged, unit.kind == "own") for unit in block.units if unit.judged)
            for section in self._of_length(sections)
            for block in section.blocks
        )

    def _of_length(self, sections: Sequence[ProvedSection]) -> Sequence[ProvedSection]:
        """
        L1: a lead that is far too long loses its last sentences; one that is far too short
        stays, since all of it is proved, and is told as published.
        """
        limits = LEAD_WORDS if self._has_features else SHORT_LEAD_WORDS
        while units := [unit for section in sections for unit in section.units()]:
            words = sum(unit.words for unit in units)
            length = outside(words, limits, "lead", f"{words} words")
            if length is None or length.level == "warning":
                self.problems += [length] if length else []
                return sections
            if words < limits.least:
                self.problems.append(replace(length, outcome="published"))
                return sections
            last = units[-1]
            self.problems.append(error("L1", last.where, last.text, length.expected))
            sections, _ = settle(without(sections, (last,)), (), Evidence(()))
        return ()

    def _paragraph(self, text: str, where: str) -> Block:
        """The sentences that stand."""
        units: list[Unit] = []
        gap = was_cut = False
        for number, (part, is_own) in enumerate(_sentences(text), 1):
            statement = lone(f"{where}, sentence {number}", part, "sentence")
            judged = self._own(statement) if is_own else self._judged(statement)
            if not is_own and not support(statement, self._basis).is_enough:
                expected = "three content words in ten of one place below, or [own]"
                judged.problems.append(warning("C3", statement.where, part, expected))
            self.problems += judged.problems
            gap_before, gap = gap, judged.has_error
            was_cut |= gap
            if not gap:
                kind: ClaimKind = "own" if is_own else "proved"
                place = statement.where
                units.append(Unit(place, None, after_gap=gap_before, judged=judged, kind=kind))
        return Block("paragraph", tuple(units), where, was_cut=was_cut, before_gap=gap)

    def _own(self, statement: Statement) -> Judged:
        judged = Judged(statement, Basis(()))
        known = frozenset(word for source in self._basis.sources for word in source.words)
        quoted = any(True for _ in quotations(statement.text))
        judged.problems += own(statement, quoted, known, self._rules)
        return judged

    def _judged(self, statement: Statement) -> Judged:
        return judge(statement, self._basis, self._rules)


def _sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Sentences of a paragraph, and whether each is marked as judgement."""
    for part in of_draft(one_line(text), ()):
        spans = sentences(part.text)
        for place, (start, end) in enumerate(spans, 1):
            yield part.text[start:end], place == len(spans) and OWN in part.marks


def _texts(features: Sequence[Feature], round_ups: Sequence[RoundUp]) -> Iterator[str]:
    """All that the issue says below: titles, TL;DRs, bodies, round-ups."""
    for feature in features:
        yield feature.title
        yield from feature.tldr
        for section in file_sections(feature.body):
            yield section.heading
            for block in section.blocks:
                yield " | ".join(block.head)
                for part in block.parts:
                    yield " ".join(piece.text.replace("\t", " | ") for piece in part)
    for item in round_ups:
        yield item.title
        yield one_line(unescape(item.text))
