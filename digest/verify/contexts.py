"""
What a number is bound to: the words around it, nearer ones heavier, in a claim and in a source.

Pure. Two numbers of one unit are told apart by these words alone; a table's number is bound to
its row's head and its column's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from decimal import Decimal

from ..text import stem
from ..text.languages.meanings import Meanings
from ..text.tokens import stop_words
from .source import Source, bare
from .statements import Statement
from .values import Value
from .values.compare import is_year

REACH = 7
"""Words on either side that a number is bound to."""

NEAR_CHARACTERS = 120
"""Two values of a source that are not further apart stand side by side."""

Context = Counter[str]
"""Stem → weight."""

_DIRECTIONS = frozenset(
    "from to than versus vs up down over under before after input output".split()
)
_CLAUSE_END = re.compile(
    r"[;:()—]|, (?:and|but|while|whereas|against|with|versus)\b|\bwhile\b|\bversus\b"
)
_CLAUSE_OR_SENTENCE_END = re.compile(_CLAUSE_END.pattern + r"|(?<=[\w)”\"%])[.!?] (?=[A-Z“\"])")
_SENTENCE_END = re.compile(r"[.!?][”\")]* (?=[A-Z“\"])|\n")
_COMMA = 20
"""Characters that a comma between two values counts for: "… 2027, 4.1 until 2026"."""


def _weights(
    words: Sequence[str],
    starts: Sequence[int],
    text: str,
    value: Value,
    clause_ends: re.Pattern[str],
    known: Meanings | None = None,
) -> Context:
    """The words around a value, nearer ones heavier, those beyond a clause's end lighter."""
    found: Context = Counter()
    stops = stop_words()
    first = bisect_left(starts, value.start)
    last = bisect_left(starts, value.end)
    left, left_clause = _reach_before(text, value.start, clause_ends)
    right, right_clause = _reach_behind(text, value.end, clause_ends)
    for step in range(1, REACH + 1):
        for place, is_before in ((first - step, True), (last + step - 1, False)):
            if not (0 <= place < len(words) and left <= starts[place] < right):
                continue
            word = words[place]
            if word in _DIRECTIONS and step == 1 and is_before:
                found[f"<{word}"] += 6
            elif word[0].isdigit():
                if not first <= place < last and (named := _versioned(words, starts, text, place)):
                    found[named] = max(found[named], 12 // (step + 1) + 1)
            elif word in stops or len(word) < 2:
                continue
            else:
                weight = 12 // (step + 1)
                if not left_clause <= starts[place] < right_clause:
                    weight //= 3
                for each in known.of_word(word) if known else (stem(word),):
                    found[each] = max(found[each], weight + 1)
    return found


def _versioned(words: Sequence[str], starts: Sequence[int], text: str, place: int) -> str:
    """The name that a number belongs to, with it: "orrin 4"; empty where it stands alone."""
    before = place - 1
    if before < 0 or not text[starts[before]].isupper():
        return ""
    gap = text[starts[before] + len(words[before]) : starts[place]]
    return f"{words[before]} {words[place]}" if gap in {" ", "-"} else ""


def _reach_before(text: str, start: int, at: re.Pattern[str]) -> tuple[int, int]:
    """Where the words before a value that count begin, and where its own clause does."""
    left = max(0, start - NEAR_CHARACTERS)
    gap = text.rfind("\n", left, start)
    left = gap + 1 if gap >= 0 else left
    ends = [match.end() for match in at.finditer(text, left, start)]
    return left, ends[-1] if ends else left


def _reach_behind(text: str, end: int, at: re.Pattern[str]) -> tuple[int, int]:
    """The same for the words behind it."""
    right = min(len(text), end + NEAR_CHARACTERS)
    gap = text.find("\n", end, right)
    right = gap if gap >= 0 else right
    match = at.search(text, end, right)
    return right, match.start() if match else right


def beside(
    values: Sequence[Value], text: str, value: Value, without: Collection[Decimal] = ()
) -> str:
    """
    The value of another kind that stands nearest in a sentence: "48 minutes with 4.0".

    Args:
        values: The text's, those near the value at least.
        without: Numbers that do not count.

    Returns:
        What it is; empty for none.
    """
    best, least = None, NEAR_CHARACTERS
    for other in values:
        start, end = min(value.end, other.end), max(value.start, other.start)
        if end - start >= least or start > end or other.number in without:
            continue
        gap = text[start:end]
        if is_like(value, other) or _SENTENCE_END.search(gap):
            continue
        distance = len(gap) + _COMMA * (gap.count(",") + gap.count("|"))
        if distance < least:
            best, least = other, distance
    if best is None:
        return ""
    return f"{best.kind} {best.date[:3] if best.date else best.number.normalize()} {best.unit}"


def is_like(one: Value, two: Value) -> bool:
    """Whether two values are of one kind; a count, a year and a version are not."""
    if one.kind != two.kind or one.unit != two.unit:
        return False
    return bool(one.unit) or is_label(one) == is_label(two)


def is_label(value: Value) -> bool:
    """Whether a bare number may be a year or a version: it names, and counts nothing."""
    is_version = not value.unit and "." in value.written and value.text.endswith(value.written)
    return value.kind == "number" and (is_year(value) or is_version)


def claim_context(statement: Statement, value: Value, *, in_sentence: bool = False) -> Context:
    """
    Args:
        in_sentence: Words of another sentence are lighter, as those of another clause are.
    """
    words = [bare(word) for word, _ in statement.tokens]
    starts = [start for _, start in statement.tokens]
    context = _weights(words, starts, statement.text, value, _ends(in_sentence))
    if statement.cells:
        context += _cell_context(statement, value)
    return context


def _cell_context(statement: Statement, value: Value) -> Context:
    """A cell's row head and column head are what its number is bound to."""
    found: Context = Counter()
    at = 0
    for place, cell in enumerate(statement.cells):
        if at <= value.start < at + len(cell):
            heads = [statement.cells[0] if place else ""]
            heads += [statement.head[place]] if place < len(statement.head) else []
            for word in (bare(w) for head in heads for w in head.split()):
                found[stem(word.strip(".,:;()"))] += 6
        at += len(cell) + 3
    return found


def _ends(in_sentence: bool) -> re.Pattern[str]:
    return _CLAUSE_OR_SENTENCE_END if in_sentence else _CLAUSE_END


def source_context(source: Source, value: Value, *, in_sentence: bool = False) -> Context:
    """The same of a source's value."""
    key = id(value), in_sentence
    if key not in source.contexts:
        words, starts, ends = source.words, source.starts, _ends(in_sentence)
        context = _weights(words, starts, source.whole, value, ends, source.meanings)
        source.contexts[key] = context + (_row_at(source, value) or Counter())
    return source.contexts[key]


def _row_at(source: Source, value: Value) -> Context | None:
    """Of a value in a table's row: the row's first cell and the column's head."""
    for place, block in enumerate(source.document.blocks):
        if block.kind != "row" or not block.start <= value.start < block.end or not block.level:
            continue
        cells = source.text[block.start : block.end].split("\t")
        heads = next(
            (
                source.text[b.start : b.end].split("\t")
                for b in source.document.blocks[:place]
                if b.kind == "row" and b.group == block.group and b.level == 0
            ),
            [],
        )
        column = source.text.count("\t", block.start, value.start)
        found: Context = Counter()
        named = [cells[0] if column else "", heads[column] if column < len(heads) else ""]
        known = source.meanings
        for word in (bare(w).strip(".,:;()") for head in named for w in head.split()):
            for each in known.of_word(word) if known else (stem(word),):
                found[each] += 6
        return found
    return None


def affinity(claim: Context, source: Context) -> float:
    """How much two contexts share."""
    return float(sum(min(weight, source[word]) for word, weight in claim.items() if word in source))
