"""
The text of an extractive feature: runs of quoted sentences, other sources, figures.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .candidates import Sentence
from .choosing import Budget, Run, best_run
from .material import Material
from .scoring import figures_in

FEWEST, ENOUGH, MOST = 90, 110, 185
"""Words of a body (rule L1 wants 90 to 200); `ENOUGH` is aimed at with one source."""
OTHER_WORDS = 60
"""Words of a run from another document than the first."""
OTHER_LEAST = 12
"""Words under which what another document says is no section."""
OTHERS = 3
"""Other documents that are heard."""
SECTIONS = 3
"""Headings of its own that a body keeps: with more, each has one sentence under it."""
POOR, FAIR = 0.06, 0.22
"""Scores under which a sentence is not worth quoting: of the first document, of another."""
DENSE = 2
"""Quantities that make a sentence one for the box of figures."""


@dataclass(frozen=True, slots=True)
class Body:
    runs: tuple[Run, ...]
    """In the documents' order."""
    figures: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        return sum(s.words for run in (*self.runs, self.figures) for s in run)


def body(material: Material, tldr: Sequence[Sentence], budget: Budget, *, beside: int = 0) -> Body:
    """
    Choose the text below the bullets and take it out of the budget.

    A bullet comes again in it only where the documents hold too little else: one, then all
    but one.

    Args:
        material: The documents' sentences.
        tldr: The bullets.
        budget: What may still be quoted.
        beside: Words that stand beside it, in a quotation.
    """
    others = _others(material, tldr, budget)
    figures = _figures(material, [*tldr, *_flat(others)], budget)
    first = _first(material, tldr, [*others, *((s,) for s in figures)], budget, beside)
    runs = sorted((*first, *others), key=lambda run: (run[0].source, run[0].order))
    return Body(tuple(runs), figures)


def _first(
    material: Material, tldr: Sequence[Sentence], others: Sequence[Run], budget: Budget, beside: int
) -> list[Run]:
    """Runs of the document that the story is about."""
    offered = [run for run in material.runs(1) if min(material.score[s.id] for s in run) >= POOR]
    aim = min(MOST, ENOUGH + sum(s.words for s in _flat(others) if s.source > 1))
    weakest_first = sorted(tldr, key=lambda s: (material.score[s.id], -s.order))
    aim -= beside
    chosen: list[Run] = []
    for barred in (weakest_first, weakest_first[:-1], weakest_first[:1]):
        while (have := _count(chosen, others)) < aim:
            run = best_run(
                _within_sections(offered, chosen),
                material.score,
                material.rarity,
                budget=budget,
                taken=[*barred, *_flat(chosen), *_flat(others)],
                longest=aim + 15 - have,
            )
            if run is None:
                break
            budget.take(run)
            chosen.append(run)
        if _count(chosen, others) + beside >= FEWEST:
            break
    return chosen


def _within_sections(offered: Sequence[Run], chosen: Sequence[Run]) -> list[Run]:
    headings = {run[0].heading for run in chosen}
    return [run for run in offered if len(headings) < SECTIONS or run[0].heading in headings]


def _others(material: Material, tldr: Sequence[Sentence], budget: Budget) -> list[Run]:
    """One run from each other document that has a good one."""
    chosen: list[Run] = []
    for source in material.sources[1:]:
        offered = [
            run
            for run in material.runs(source, 2)
            if min(material.score[s.id] for s in run) >= FAIR
        ]
        run = best_run(
            offered,
            material.score,
            material.rarity,
            budget=budget,
            taken=[*tldr, *_flat(chosen)],
            longest=OTHER_WORDS,
            shortest=OTHER_LEAST,
        )
        if run is not None and len(chosen) < OTHERS:
            budget.take(run)
            chosen.append(run)
    return chosen


def _figures(material: Material, taken: Sequence[Sentence], budget: Budget) -> tuple[Sentence, ...]:
    """The sentence or two with most figures that nothing above holds."""
    offered = [
        run
        for run in material.alone()
        if figures_in(run[0].text) >= DENSE and material.score[run[0].id] >= 2 * POOR
    ]
    score = {run[0].id: figures_in(run[0].text) / run[0].words for run in offered}
    chosen: list[Sentence] = []
    for _ in range(2):
        run = best_run(
            offered, score, material.rarity, budget=budget, taken=[*taken, *chosen], longest=40
        )
        if run is not None:
            budget.take(run)
            chosen += run
    return tuple(sorted(chosen, key=lambda s: (s.source, s.order)))


def _flat(runs: Sequence[Run]) -> list[Sentence]:
    return [s for run in runs for s in run]


def _count(*groups: Sequence[Run]) -> int:
    return sum(s.words for group in groups for s in _flat(group))
