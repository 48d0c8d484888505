"""
Which sentences: the best that do not repeat each other, within what may be quoted.

Pure. A choice is made of runs: one to four sentences that follow each other in their
source, of which the first stands alone. A run reads as the author wrote it; single
sentences from everywhere read like a ransom note.
Source: J. Carbonell, J. Goldstein, "The Use of MMR" (SIGIR 1998).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from ..text import count_words
from ..types import Document
from .candidates import Sentence
from .scoring import cosine

REPEATS = 0.5
"""Cosine from which a sentence says what another one said."""
LONGEST_RUN = 4
RUN_WORDS = 80
"""Words of one run at most: beyond, it is a copied paragraph."""
QUOTE_SHARE, QUOTE_WORDS = 10, 150
"""Of one document at most the larger of a tenth and 150 words (rule K1)."""

Run = tuple[Sentence, ...]


def quota(words: int) -> int:
    """Words of a document of so many words that one text may quote."""
    return max(words // QUOTE_SHARE, QUOTE_WORDS)


class Budget:
    """What one text quotes so far, and what it may still quote of each document."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._left = [quota(count_words(document.text)) for document in documents]
        self._spent: set[str] = set()

    def cost(self, run: Run) -> int:
        """Words that the run adds; a sentence quoted before costs nothing again."""
        return sum(s.words for s in run if s.id not in self._spent)

    def allows(self, run: Run) -> bool:
        return self.cost(run) <= self._left[run[0].source - 1]

    def take(self, run: Run) -> None:
        self.spend(run[0].source, self.cost(run))
        self._spent |= {s.id for s in run}

    def left(self, source: int) -> int:
        """Words that may still be quoted of document `source`, from 1."""
        return self._left[source - 1]

    def spend(self, source: int, words: int) -> None:
        """Count words that are no prose sentence: a quotation inside the document."""
        self._left[source - 1] -= words


def runs(sentences: Sequence[Sentence], longest: int = LONGEST_RUN) -> Iterator[Run]:
    """
    All runs of a document: adjacent sentences, of which the first is fit to stand alone.

    Args:
        sentences: Those of one document, in order.
        longest: Sentences of a run at most.
    """
    for index, sentence in enumerate(sentences):
        if sentence.standing not in {"alone", "brief"}:
            continue
        run: Run = ()
        for follower in sentences[index : index + longest]:
            if not _continues(run, follower):
                break
            run = (*run, follower)
            if len(run) > 1 or sentence.standing == "alone":
                yield run


def best_run(
    offered: Sequence[Run],
    score: Mapping[str, float],
    rarity: Mapping[str, float],
    *,
    budget: Budget,
    taken: Collection[Sentence] = (),
    longest: int = RUN_WORDS,
    shortest: int = 1,
    repeats: float = REPEATS,
) -> Run | None:
    """
    The run that adds most to what is taken.

    Args:
        budget: What may still be quoted.
        taken: What the text holds already: no sentence of it comes again or is repeated.
        longest: Words that it may have at most; at least `shortest`.
        repeats: Likeness from which a sentence says what one of `taken` said.
    """
    fit = [
        run
        for run in offered
        if shortest <= sum(s.words for s in run) <= longest
        and budget.allows(run)
        and not _repeats(run, taken, rarity, repeats)
    ]
    return max(fit, key=lambda run: (_value(run, score, taken, rarity), _place(run)), default=None)


def _value(
    run: Run, score: Mapping[str, float], taken: Collection[Sentence], rarity: Mapping[str, float]
) -> float:
    """Scores, the weakest above all; more for a longer breath, less for likeness to the rest."""
    values = [score[s.id] for s in run]
    worth = 0.6 * math.fsum(values) / len(run) + 0.4 * min(values)
    likest = max((cosine(s, other, rarity) for s in run for other in taken), default=0.0)
    return worth * (1 + 0.12 * (len(run) - 1)) - 0.3 * likest


def _repeats(
    run: Run, taken: Collection[Sentence], rarity: Mapping[str, float], most: float
) -> bool:
    return any(
        other.text == s.text or cosine(s, other, rarity) > most for s in run for other in taken
    )


def _place(run: Run) -> tuple[int, int, int]:
    """Earlier sources, places and longer runs win ties: no hash order decides."""
    return (-run[0].source, -run[0].order, len(run))


def _continues(run: Run, sentence: Sentence) -> bool:
    if not run:
        return True
    return (
        sentence.standing != "no"
        and sentence.heading == run[-1].heading
        and sentence.passage.number == run[-1].passage.number + 1
        and sum(s.words for s in run) + sentence.words <= RUN_WORDS
    )
