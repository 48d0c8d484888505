"""
C2 and C3: every sentence names what it rests on, and is about the same thing.

Pure. C3 asks that three content words in ten stand in one cited passage and a sentence around
it: an invented sentence without number or name is caught by nothing else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from .source import Basis, Source
from .statements import Statement
from .values import same

SHARE = 0.3
OWN_SHARE = 0.25
"""At most so many of a feature's sentences are judgement."""
UNMARKED_WORDS = 80
STRICT = frozenset({"row", "item", "bullet", "round-up"})
"""What stands alone for a reader: here the rule is an error."""


class Support(NamedTuple):
    """The place that shares most with a statement."""

    shared: int
    needed: int
    source: Source | None
    sentence: int

    @property
    def is_enough(self) -> bool:
        return self.shared >= self.needed


def support(statement: Statement, basis: Basis) -> Support:
    """How many content words of a statement stand in one place of what it cites."""
    stems = statement.stems
    needed = ceil(len(stems) * SHARE - 1e-9)
    best = Support(0, needed, None, 0)
    for source, sentences in _cited(basis):
        for sentence in sentences:
            shared = len(stems & source.around(sentence))
            if source.meanings and shared < needed:
                shared += min(ceil(needed / 2), _values_at(statement, source, sentence))
            if shared > best.shared:
                best = Support(shared, needed, source, sentence)
    if basis.cited:
        return best
    for source in basis.sources:
        found = source.most_shared(stems)
        if found[0] > best.shared:
            best = Support(found[0], needed, source, found[1])
    return best


def _values_at(statement: Statement, source: Source, sentence: int) -> int:
    """
    Values of a statement in a passage of another language, each of which tells as much as a word.

    Few of its words are known there; half of what is needed may be values.
    """
    start, end = source.sentences[sentence]
    there = [value for value in source.values if start <= value.start < end]
    return sum(any(same(own, value) for value in there) for own in statement.values)


def _cited(basis: Basis) -> Sequence[tuple[Source, range]]:
    return tuple(basis.cited_sentences(reach=0))


def nearest_passages(text_stems: frozenset[str], basis: Basis, most: int = 3) -> tuple[str, ...]:
    """
    The sentences of the evidence that share most with a statement, the best first; none that
    shares under half of what the best one does.
    """
    found: list[tuple[int, int, int, str]] = []
    for order, source in enumerate(basis.sources):
        counted: Counter[int] = Counter()
        for each in text_stems:
            counted.update(source.stem_places.get(each, ()))
        for sentence, shared in counted.items():
            start, end = source.sentences[sentence]
            found.append((-shared, order, sentence, " ".join(source.whole[start:end].split())))
    found.sort()
    least = found[0][0] / 2 if found else 0
    close = (text[:400] for shared, _, _, text in found[: most * 2] if shared <= least)
    return tuple(dict.fromkeys(close))[:most]
