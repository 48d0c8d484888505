"""
The TL;DR of an extractive feature: short strong sentences that need no context.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection

from .candidates import Sentence
from .choosing import Budget, best_run
from .material import Material
from .prominence import is_background, is_impersonal, prominence
from .scoring import figures_in

LONGEST = 32
"""Words of a bullet (rule L1)."""
REPEATS = 0.3
"""
Likeness from which two bullets tell one thing, lower than in a text: publishers word the same
news differently. In the demo's stories such pairs have 0.32 to 0.49, all others 0.08 at most.
"""
MOST, WORDS = 3, 72
"""Bullets wanted, and their words in all: the text below needs its share of the quota."""


def bullets(material: Material, budget: Budget) -> tuple[Sentence, ...]:
    """
    Choose up to three bullets and take them out of the budget.

    Returns:
        In the documents' order. Fewer than two where too little stands alone.
    """
    score = {
        s.id: material.score[s.id] * _fitness(s, material.title)
        for group in material.sentences
        for s in group
    }
    offered = [
        run
        for run in material.alone()
        if run[0].words <= LONGEST
        and is_impersonal(run[0].text, run[0].tag)
        and not is_background(run[0].text, run[0].tag)
    ]
    chosen: list[Sentence] = []
    while len(chosen) < MOST:
        left = WORDS - sum(s.words for s in chosen)
        run = best_run(
            offered,
            score,
            material.rarity,
            budget=budget,
            taken=chosen,
            longest=min(LONGEST, left),
            repeats=REPEATS,
        )
        if run is None:
            break
        budget.take(run)
        chosen += run
    return in_order(chosen)


def in_order(chosen: Collection[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sorted(chosen, key=lambda s: (s.source, s.order)))


def _fitness(sentence: Sentence, title: str) -> float:
    """Ten to twenty-four words, with a figure: what a reader takes away."""
    length = 1.0 if 10 <= sentence.words <= 24 else 0.85
    figure = 1.08 if figures_in(sentence.text) else 1.0
    return length * figure * prominence(sentence.text, title, sentence.tag)
