"""
What is true and stands in the wrong place: names, and words of a passage that is not cited.

Pure. Warnings all: a name far from what is cited, a name where the cited passage has another
one beside the same word, a name whose number is another one, and the half of a sentence that
another passage says. What a document is about may be named anywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..text import stem
from ..text.tokens import stop_words
from .names import Name, names
from .numbers import Place
from .source import Basis, Source, bare
from .statements import Statement
from .values import Value

MANY = 3
"""Passages that name what a document is about."""
_STOPS_BETWEEN = 3
_BORROWED, _FEW_BORROWED = 3, 2
"""Content words that only another passage has: so many, or two in three of those left over."""
_LEAST_STEMS = 4
"""A sentence of fewer content words joins no two things."""
_RARE = 2
"""Passages that hold a word which says much."""
_MOST_PLACES = 200


class Passage(NamedTuple):
    """A sentence of a source, by its number."""

    source: Source
    sentence: int

    @property
    def text(self) -> str:
        start, end = self.source.sentences[self.sentence]
        return " ".join(self.source.whole[start:end].split())


def is_subject(name: Name, basis: Basis) -> bool:
    """Whether a document of the evidence is about what is named, or by it."""
    return any(_is_about(name, source) for source in basis.sources)


def _is_about(name: Name, source: Source) -> bool:
    found = source.places.get(name.words[0], ())[:_MOST_PLACES]
    if any(source.starts[place] >= len(source.text) for place in found):
        return True  # title, author, site and publisher stand behind the text
    return len({source.sentence_at(source.starts[place]) for place in found}) >= MANY


def far_names(statement: Statement, basis: Basis) -> Iterator[tuple[Name, Passage]]:
    """Names that stand in the evidence, and nowhere near what is cited."""
    if not basis.cited:
        return
    near = {(id(s), n) for s, numbers in basis.cited_sentences() for n in numbers}
    for name in _asked(statement, basis):
        places = [
            Passage(source, source.sentence_at(source.starts[place]))
            for source in basis.sources
            for word in name.words
            for place in source.places.get(word, ())[:_MOST_PLACES]
        ]
        if places and all((id(each.source), each.sentence) not in near for each in places):
            yield name, places[0]


def _asked(statement: Statement, basis: Basis) -> Iterator[Name]:
    """Names whose place can be wrong."""
    for name in names(statement):
        if not (name.is_plain and name.at_start) and not is_subject(name, basis):
            yield name


# --------------------------------------------------------------------- beside a word


def exchanged(statement: Statement, basis: Basis) -> Iterator[tuple[Name, str]]:
    """Names in whose place, beside the same word, the cited passages have another: and which."""
    cited = [(source, number) for source, held in basis.cited_sentences(0) for number in held]
    if not cited or any(source.meanings for source, _ in cited):
        return
    beside = [_beside(source, number) for source, number in cited]
    words = [bare(word) for word, _ in statement.tokens]
    starts = [start for _, start in statement.tokens]
    named = frozenset(word for name in names(statement) for word in name.words)
    for name in names(statement):
        if (name.at_start and name.is_plain) or any(_names(name, *place) for place in cited):
            continue
        for step, at in _ends(name, starts):
            word = _content_word(words, at, step)
            found = (each for known in beside for each in known.get((step, word), ()))
            if others := [each for each in found if named.isdisjoint(each.words)]:
                yield name, others[0].text
                break


def _names(name: Name, source: Source, number: int) -> bool:
    """Whether a sentence holds any word of a name."""
    start, end = source.sentences[number]
    return any(
        start <= source.starts[place] < end
        for word in name.words
        for place in source.places.get(word, ())
    )


def _ends(name: Name, starts: Sequence[int]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and last word of a name, with the direction that leads away from it."""
    last = bisect_left(starts, name.end) - 1
    return (-1, bisect_left(starts, name.start)), (1, last)


def _content_word(words: Sequence[str], at: int, step: int) -> str:
    """The stem of the first content word before or behind a place, past a few small words."""
    stops = stop_words()
    for place in range(at + step, at + step * (_STOPS_BETWEEN + 2), step):
        if not 0 <= place < len(words):
            return ""
        if words[place] not in stops:
            return stem(words[place]) if words[place][0].isalpha() else ""
    return ""


def _beside(source: Source, number: int) -> dict[tuple[int, str], list[Name]]:
    """Of a sentence: what names stand behind (-1) and before (1) which content words."""
    found: dict[tuple[int, str], list[Name]] = {}
    start, end = source.sentences[number]
    statement = Statement("", source.whole[start:end], "sentence")
    words = [bare(word) for word, _ in statement.tokens]
    starts = [at for _, at in statement.tokens]
    for name in names(statement):
        if name.is_plain and name.at_start:
            continue
        for step, at in _ends(name, starts):
            if word := _content_word(words, at, step):
                found.setdefault((step, word), []).append(name)
    return found


# ----------------------------------------------------------------------- with a number


def wrong_number(
    statement: Statement, found: Sequence[tuple[Value, tuple[Place, ...]]], basis: Basis
) -> Iterator[tuple[Name, Value, Place]]:
    """Names to which the source gives another number of the unit, and none of the sentence's."""
    taken = {value.number for value in statement.values}
    for name in _asked(statement, basis):
        head = frozenset(name.words)
        if any(_holds(head, *place) for _, places in found for place in places[:24]):
            continue
        for value, places in found:
            if value.kind != "number" or not places:
                continue
            other = next(_others(value, head, taken, basis), None)
            if other:
                yield name, value, other
                break


def _others(
    value: Value, head: frozenset[str], taken: set[Decimal], basis: Basis
) -> Iterator[Place]:
    for source in basis.sources:
        for other in source.by_unit.get(value.unit, ())[:_MOST_PLACES]:
            if other.number in taken or other.is_guess or other.is_word != value.is_word:
                continue
            if _holds(head, source, other):
                yield source, other


def _holds(head: frozenset[str], source: Source, value: Value) -> bool:
    start, end = source.sentences[source.sentence_at(value.start)]
    return all(
        any(start <= source.starts[place] < end for place in source.places.get(word, ()))
        for word in head
    )


# --------------------------------------------------------------------------- borrowed


def borrowed(statement: Statement, basis: Basis) -> Passage | None:
    """The passage that says what no cited one does, of a sentence that joins two."""
    cited = [(source, n) for source, held in basis.cited_sentences() for n in held]
    if not cited or len(statement.stems) < _LEAST_STEMS:
        return None
    left = statement.stems.difference(*(source.stems[number] for source, number in cited))
    if len(left) < _FEW_BORROWED:
        return None
    most, best = 0, None
    for source in basis.sources:
        counted: Counter[int] = Counter()
        for each in left:
            counted.update(source.stem_places.get(each, ())[:_MOST_PLACES])
        for number, shared in counted.items():
            is_cited = any(s is source and n == number for s, n in cited)
            is_about = source.sentences[number][0] >= len(source.text)
            if shared > most and not is_cited and not is_about:
                most, best = shared, Passage(source, number)
    if most >= _BORROWED or (best and most >= _FEW_BORROWED and _is_rare(left, best)):
        return best
    return None


def _is_rare(left: frozenset[str], passage: Passage) -> bool:
    """Whether two words make up most of what is left over, and stand in few passages."""
    source = passage.source
    shared = left & source.stems[passage.sentence]
    few = all(len(source.stem_places[each]) <= _RARE for each in shared)
    return few and len(shared) * 3 >= len(left) * 2
