"""
N1: every number, amount, date, rank and version of a claim occurs in its evidence.

Pure. As a value, with its unit; or rounded, where the sentence says so. What is not found is
asked of `derived.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .source import Basis, Source
from .statements import Statement
from .values import Value, rounds_to, same

Place = tuple[Source, Value]

_PARTS = re.compile(
    r"(?:[ -][a-z'-]+){0,2}? (?:features?|questions?|ways?|reasons?|catch(?:es)?|things?|steps?|"
    r"points?|parts?|takeaways?|lessons?|caveats?|threads?|stories|story|items?|ideas?|sides?)\b"
)


def is_counted_part(value: Value, text: str) -> bool:
    """Whether a number word counts parts of the text itself: "two questions", "three ways"."""
    return (
        value.is_word
        and value.number <= 12
        and bool(_PARTS.match(text[value.end : value.end + 60].lower()))
    )


def claimed(statement: Statement) -> Iterator[Value]:
    """The values that a statement must prove."""
    for value in statement.values:
        if not is_counted_part(value, statement.text):
            yield value


def places(value: Value, basis: Basis) -> tuple[Place, ...]:
    """Where a value stands in the evidence; exact ones, else those that round to it."""
    exact = tuple(_exact(value, basis))
    return exact or tuple(_rounded(value, basis))


def _exact(value: Value, basis: Basis) -> Iterator[Place]:
    for source in basis.sources:
        for candidate in _candidates(value, source):
            if same(value, candidate):
                yield source, candidate


def _candidates(value: Value, source: Source) -> Iterator[Value]:
    if value.kind == "date":
        yield from source.dates
        if value.date and value.date.year and value.date[1:7] == (None,) * 6:
            for year in source.by_unit.get("", ()):
                if year.number == value.date.year:
                    yield year
        return
    if value.kind == "vague":
        yield from (v for v in source.values if v.kind in {"vague", "number"})
        return
    seen: set[int] = set()
    for number in (value.number, *value.also):
        for candidate in source.by_number.get(number, ()):
            if id(candidate) not in seen:
                seen.add(id(candidate))
                yield candidate
    if value.unit == "%" or value.is_fraction:
        share = value.number / 100 if value.unit == "%" else value.number * 100
        yield from source.by_number.get(share, ())
    if value.kind == "number" and not value.unit and 1900 <= value.number <= 2100:
        yield from source.dates


def _rounded(value: Value, basis: Basis) -> Iterator[Place]:
    if not value.hedge or value.kind != "number":
        return
    for source in basis.sources:
        for candidate in source.by_unit.get(value.unit, ()):
            if rounds_to(value, candidate):
                yield source, candidate


def nearest(value: Value, basis: Basis) -> tuple[Place, ...]:
    """Values of the same unit in the evidence, the most like first: what may have been meant."""
    if value.kind == "date":
        found = [(source, v) for source in basis.sources for v in source.dates]
        return tuple(found[:3])
    if value.kind != "number":
        return ()
    same_unit = [
        (source, candidate)
        for source in basis.sources
        for candidate in source.by_unit.get(value.unit, ())
        if not candidate.is_guess
    ]
    same_unit.sort(key=lambda place: abs(place[1].number - value.number))
    return tuple(same_unit[:3])
