"""
A round-up: one or two proved sentences under the source's own title, or the title alone.

Pure.
"""

from __future__ import annotations

from typing import Literal

from ..text import count_words, one_line, sentences, slugify
from ..types import Claim, Dossier, Problem, RoundUp, RoundUpDraft
from .composing import plain
from .evidence import Evidence
from .extracted import Extracted
from .feature import entry_refs, require_extractive
from .lengths import ROUND_UP_WORDS
from .problems import error
from .units import Unit

MOST_SENTENCES = 2


def round_up(
    draft: RoundUpDraft | None, dossier: Dossier, *, kind: Literal["model", "extractive"]
) -> tuple[RoundUp, tuple[Problem, ...]]:
    """
    Prove a round-up; whatever fails, the story's headline and link are left.

    Args:
        draft: None where the drafter had nothing to say.
        dossier: Any document of the story may hold its sentences.
        kind: Who wrote the draft.

    Raises:
        DraftError: A language model wrote it.
    """
    units: tuple[Unit, ...] = ()
    problems: list[Problem] = []
    if draft is not None and draft.text.strip():
        require_extractive(kind, dossier.story.lead.title)
        units, problems = _prove(draft, dossier)
    lead = dossier.story.lead
    used = {unit.quote.document.id for unit in units}
    feeds = dict.fromkeys(entry.feed for entry in dossier.story.entries)
    return (
        RoundUp(
            slug=slugify(lead.title),
            title=one_line(lead.title),
            url=lead.url,
            feed=lead.feed,
            published=lead.published,
            also=tuple(feed for feed in feeds if feed != lead.feed),
            text=" ".join(plain(unit.text) for unit in units),
            theme=dossier.story.theme,
            kind=kind,
            entries=entry_refs(dossier.story.entries),
            documents=tuple(d.id for d in dossier.documents if d.id in used),
            claims=tuple(Claim(u.text, "extracted", tuple(u.spans())) for u in units),
            problems=tuple(problems),
        ),
        tuple(problems),
    )


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


def _words(units: list[Unit]) -> int:
    return sum(count_words(unit.text) for unit in units)
