"""
Round-ups: one or two sentences that tell a story on their own.

Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from ..types import Dossier, RoundUpDraft
from .choosing import REPEATS, Budget, Run, best_run
from .material import Material, material
from .scoring import cosine

SHORTEST, LONGEST = 15, 55
"""Words (rule L1)."""
STRONGEST = 6
"""Sentences of which pairs are made."""


def round_ups(dossiers: Sequence[Dossier]) -> tuple[RoundUpDraft, ...]:
    """Draft what can be told; "R2" is the second dossier. One without a sentence is missing."""
    offered = [material(dossier) if dossier.documents else None for dossier in dossiers]
    repeated = _repeated([each for each in offered if each])
    drafts: list[RoundUpDraft] = []
    for number, each in enumerate(offered, 1):
        run = _run(each, repeated) if each else None
        if run is not None:
            drafts.append(RoundUpDraft(f"R{number}", " ".join(s.text for s in run)))
    return tuple(drafts)


def _run(offered: Material, repeated: frozenset[str]) -> Run | None:
    """The best sentence or pair of the first document that has one."""
    budget = Budget(offered.documents)
    for source in offered.sources:
        runs = [*offered.runs(source, 2), *_pairs(offered, source)]
        run = best_run(
            [run for run in runs if not any(s.text in repeated for s in run)],
            offered.score,
            offered.rarity,
            budget=budget,
            longest=LONGEST,
            shortest=SHORTEST,
        )
        if run is not None:
            return run
    return None


def _pairs(offered: Material, source: int) -> list[Run]:
    """Two sentences from different places that each stand alone, of the strongest ones."""
    alone = [s for s in offered.sentences[source - 1] if s.standing in {"alone", "brief"}]
    strongest = sorted(alone, key=lambda s: (-offered.score[s.id], s.order))[:STRONGEST]
    return [
        pair
        for pair in combinations(sorted(strongest, key=lambda s: s.order), 2)
        if cosine(*pair, offered.rarity) <= REPEATS
    ]


def _repeated(offered: Sequence[Material]) -> frozenset[str]:
    """Sentences that several stories hold are a feed's furniture, not its news."""
    counts = Counter(
        text for each in offered for text in {s.text for group in each.sentences for s in group}
    )
    return frozenset(text for text, count in counts.items() if count > 1)
