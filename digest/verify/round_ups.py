"""
A round-up: one or two proved sentences under the source's own title, or the title alone.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..text import count_words, one_line, sentences, slugify
from ..types import Claim, Dossier, Problem, RoundUp, RoundUpDraft, Span
from .evidence import Evidence
from .extracted import Extracted
from .feature import entry_refs
from .judge import judge
from .judged import Rules
from .ledger import claim, spans
from .lengths import ROUND_UP_WORDS, outside
from .problems import error
from .source import Basis
from .statements import Statement, lone
from .support import support
from .units import Unit

MOST_SENTENCES = 2


def round_up(
    draft: RoundUpDraft | None,
    dossier: Dossier,
    *,
    kind: Literal["model", "extractive"],
    secret: str = "",
) -> tuple[RoundUp, tuple[Problem, ...]]:
    """
    Prove a round-up; whatever fails, the story's headline and link are left.

    Args:
        draft: None where the drafter had nothing to say.
        dossier: Any document of the story may hold its sentences.
        kind: Who wrote the draft.
        secret: The run's secret word (M1).
    """
    units: tuple[Unit, ...] = ()
    problems: list[Problem] = []
    if draft is not None and draft.text.strip():
        if kind == "model":
            units, problems = _of_model(draft, dossier, Rules(secret=secret))
        else:
            units, problems = _prove(draft, dossier)
    lead = dossier.story.lead
    used = {span.document for unit in units for span in _rests(unit)}
    feeds = dict.fromkeys(entry.feed for entry in dossier.story.entries)
    return (
        RoundUp(
            slug=slugify(lead.title),
            title=one_line(lead.title),
            url=lead.url,
            feed=lead.feed,
            published=lead.published,
            also=tuple(feed for feed in feeds if feed != lead.feed),
            text=" ".join(unit.written for unit in units),
            theme=dossier.story.theme,
            kind=kind,
            entries=entry_refs(dossier.story.entries),
            documents=tuple(d.id for d in dossier.documents if d.id in used),
            claims=tuple(map(_claim, units)),
            problems=tuple(problems),
        ),
        tuple(problems),
    )


def _rests(unit: Unit) -> tuple[Span, ...]:
    return (*(spans(unit.judged) if unit.judged else ()), *unit.spans(), *unit.near)


def _claim(unit: Unit) -> Claim:
    if unit.judged:
        return claim(unit.judged, tuple(dict.fromkeys(_rests(unit))))
    return Claim(unit.text, "extracted", tuple(unit.spans()))


def _of_model(
    draft: RoundUpDraft, dossier: Dossier, rules: Rules
) -> tuple[tuple[Unit, ...], list[Problem]]:
    """Sentences from the first on, up to one that is not proved."""
    where = f"round-up {one_line(draft.story)}"
    evidence = Evidence(dossier.documents)
    basis = Basis([evidence.asked(document) for document in evidence])
    problems: list[Problem] = []
    units: list[Unit] = []
    text = one_line(draft.text)
    for number, (start, end) in enumerate(sentences(text), 1):
        place = f"{where}, sentence {number}"
        statement = lone(place, text[start:end], "round-up", basis.anchor)
        judged = judge(statement, basis, rules)
        problems += judged.problems
        if number > MOST_SENTENCES:
            problems.append(error("L1", place, statement.text, f"{MOST_SENTENCES} sentences"))
        if judged.has_error or number > MOST_SENTENCES:
            break
        near = _nearest(statement, basis)
        units.append(Unit(place, None, judged=judged, kind="proved", near=near))
    length = outside(_words(units), ROUND_UP_WORDS, where, text) if units else None
    if length:
        problems.append(length)
    return (() if length and length.level == "error" else tuple(units)), problems


def _nearest(statement: Statement, basis: Basis) -> tuple[Span, ...]:
    """The passage that code finds for a round-up's sentence."""
    found = support(statement, basis)
    if found.source is None:
        return ()
    start, end = found.source.sentences[found.sentence]
    if end > len(found.source.text):
        return ()
    return (Span(found.source.document.id, start, end),)


def _prove(draft: RoundUpDraft, dossier: Dossier) -> tuple[tuple[Unit, ...], list[Problem]]:
    where = f"round-up {one_line(draft.story)}"
    prover = Extracted({}, Evidence(dossier.documents))
    spans = sentences(draft.text)
    units = [
        unit
        for number, (start, end) in enumerate(spans, 1)
        if (unit := prover.bullet(draft.text[start:end], f"{where}, sentence {number}"))
    ]
    if len(units) < len(spans):
        return (), prover.problems  # what is left may lean on what is gone
    while units and (_words(units) > ROUND_UP_WORDS.most or len(units) > MOST_SENTENCES):
        expected = f"at most {MOST_SENTENCES} sentences and {ROUND_UP_WORDS.most} words"
        prover.problems.append(error("L1", where, units.pop().text, expected))
    if units and _words(units) < ROUND_UP_WORDS.least:
        expected = f"{ROUND_UP_WORDS.least} words or more"
        prover.problems.append(error("L1", where, f"{_words(units)} words", expected))
        return (), prover.problems
    return tuple(units), prover.problems


def _words(units: Sequence[Unit]) -> int:
    return sum(count_words(unit.text) for unit in units)
