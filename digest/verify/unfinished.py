"""
N4: what a source only plans, expects, hopes, proposes or deems possible is not told as done.

Pure. A word such as "will" or "proposed" is asked for only where the claim tells the very
thing that it governs: the words behind it in its clause, for a noun or "is planned" those
before it too. Words of one degree stand on one line of a table; a less sure one answers as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..text import content_words, stem, words
from ..text.languages import language
from ..text.languages.meanings import Meanings
from ..text.phrases import bounded
from .clauses import Clause, clauses, segments
from .families import Family, families
from .source import Source
from .statements import Statement
from .values import Value, same

_REACH = 8
"""Content words behind a word that it governs; before a noun, four."""
_LEAST = 2
"""Of what a word governs, so many words and values stand in the claim, and half of them."""
_NOUNS = frozenset(
    "plan proposal target targets goal estimate forecast draft preview prototype".split()
)
_OF_BOTH_SIDES = re.compile(
    r"\b(?:is|are|was|were|be|been|being|as|an?|in|its|the)\s+(?:\w+ly\s+)?$"
)
_ONLY = re.compile(r"\bonly\b")
_PAST = re.compile(r"\b(?:has|have|had|was|were|been|is|are|did) $")
_ARTICLE = re.compile(r" (?:an?|new|another|to|for)$")
_AND = re.compile(r" and (?=[a-z])")
_NO_CUE = re.compile(
    r"(?:\b(?:the|a|his|her|their|its|free|good|ill|at|own|last|city|town|family|land|query"
    r"|execution)\s)$"
)
_NO_VERBS = frozenset({"will", "might", "plan to", "plans for", "plan for", "promises", "may"})
"""Behind these words they are nouns: "the will", "query plans for"."""


class _Held(NamedTuple):
    """A word that makes a thing unfinished, and what it governs."""

    word: str
    verb: str
    """Stem of the first content word behind it."""
    line: int
    stems: frozenset[str]
    values: tuple[Value, ...]
    sentence: tuple[Source, int]
    size: int
    """Words and values that it governs."""


def _lines() -> tuple[Family, ...]:
    """From the surest to the least sure; the last is answered by itself alone."""
    return families("unfinished")


def weakened(statement: Statement, cited: Sequence[tuple[Source, int]]) -> Iterator[str]:
    """
    Words of the cited sentences that make what the claim tells less than done, and that it lacks.

    Args:
        cited: Sentences of sources, by their numbers.
    """
    told: set[int] = set()
    for held in (each for place in cited for each in _held(*place)):
        shared = held.stems & statement.stems
        values = [v for v in held.values if any(same(own, v) for own in statement.values)]
        weight = len(shared) + len(values)
        whole = held.size
        if whole < _LEAST:
            weight = len(statement.stems & held.sentence[0].stems[held.sentence[1]])
        if weight < _LEAST or weight * 2 < min(whole, _REACH) or not shared:
            continue
        if held.line in told or _is_answered(held, statement, shared):
            continue
        if held.word == "will" and values and _is_present(held.verb, statement):
            continue  # "the inquiry reports in May" of what "will report in May"
        if any(_is_done(place, shared, len(values)) for place in cited if place != held.sentence):
            continue
        told.add(held.line)
        yield held.word


@cache
def _lines_abroad(tag: str) -> tuple[tuple[re.Pattern[str], int], ...]:
    """Words of another language, and the line of English ones that each belongs to."""
    known = language(tag)
    return tuple(
        (
            re.compile(bounded(form)),
            next(n for n, line in enumerate(_lines()) if line.heads.fullmatch(name)),
        )
        for form, name in (known.meanings("weak") if known else ())
    )


@cache
def _and(tag: str) -> re.Pattern[str]:
    known = language(tag)
    return re.compile(rf" (?:{'|'.join(known.forms('and') if known else ())}) ")


def _joined(clause: Clause, tag: str) -> Iterator[Clause]:
    """The parts of a clause that "und", "et" or "y" join."""
    start = 0
    for match in _and(tag).finditer(clause.text):
        yield Clause(
            clause.text[start : match.start()], clause.start + start, clause.start + match.start()
        )
        start = match.end()
    yield Clause(clause.text[start:], clause.start + start, clause.end)


def _held_abroad(source: Source, sentence: int, known: Meanings) -> Iterator[_Held]:
    """The same of a sentence in another language, whose verbs stand anywhere in a clause."""
    start, end = source.sentences[sentence]
    text = source.whole[start:end].lower()
    for clause in (part for each in clauses(text) for part in _joined(each, source.language)):
        for pattern, line in _lines_abroad(source.language):
            if match := pattern.search(clause.text):
                others = clause.text[: match.start()] + clause.text[match.end() :]
                told = [found for word in words(others) if (found := known.of_word(word))]
                first, last = start + clause.start, start + clause.end
                values = tuple(
                    v for v in source.values if first <= v.start < last and not v.is_guess
                )
                stems: frozenset[str] = frozenset().union(*told)
                size = len(told) + len(values)
                yield _Held(match.group(), "", line, stems, values, (source, sentence), size)


def _held(source: Source, sentence: int) -> Iterator[_Held]:
    if known := source.meanings:
        yield from _held_abroad(source, sentence, known)
        return
    start, end = source.sentences[sentence]
    text = source.whole[start:end]
    for clause in clauses(text):
        small = clause.text
        for number, line in enumerate(_lines()):
            for match in line.heads.finditer(small):
                is_noun = _NO_CUE.search(small[: match.start()].lower())
                if is_noun and match.group() in _NO_VERBS:
                    continue
                if match.group() == "may" and _ONLY.search(small):
                    continue  # "may be handed over only if": a rule
                stems, spans = _governed(small, match)
                verb = next(iter(content_words(small[match.end() :])), "")
                offset = start + clause.start
                values = tuple(
                    v
                    for v in source.values
                    if any(offset + a <= v.start < offset + b for a, b in spans) and not v.is_guess
                )
                if stems or values:
                    place, size = (source, sentence), len(stems) + len(values)
                    yield _Held(
                        _ARTICLE.sub("", match.group()), verb, number, stems, values, place, size
                    )


def _governed(text: str, match: re.Match[str]) -> tuple[frozenset[str], list[tuple[int, int]]]:
    """Stems that a word governs in its clause, and where values of it stand."""
    end = next((m.start() for m in _AND.finditer(text, match.end())), len(text))
    behind = content_words(text[match.end() : end])[:_REACH]
    ahead: tuple[str, ...] = ()
    spans = [(match.end(), end)]
    before = text[: match.start()]
    if match.group() in _NOUNS or not behind or _OF_BOTH_SIDES.search(before.lower()):
        ahead = content_words(before)[-_REACH // 2 :]
        spans.append((0, match.start()))
    return frozenset((*behind, *ahead)), spans


def _is_answered(held: _Held, statement: Statement, shared: frozenset[str]) -> bool:
    """Whether the claim has a word as unsure, in a stretch that tells the same."""
    *by_degree, last = _lines()
    fit = by_degree[held.line :] or [last]
    return any(
        line.equal.search(segment.text[:1].lower() + segment.text[1:])
        for segment in segments(statement.text)
        if shared & segment.stems
        for line in fit
    )


def _is_present(verb: str, statement: Statement) -> bool:
    """Whether a claim has a verb in the present: no "-ed", and no "has" or "was" before it."""
    for word, start in statement.tokens:
        if stem(word.lower()) == verb:
            before = statement.text[max(0, start - 8) : start].lower()
            return not word.endswith(("ed", "en", "t")) and not _PAST.search(before)
    return False


def _is_done(place: tuple[Source, int], shared: frozenset[str], values: int) -> bool:
    """Whether another cited sentence tells the same without such a word."""
    source, sentence = place
    return shared <= source.stems[sentence] and not any(True for _ in _held(*place))
