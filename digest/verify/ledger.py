"""
The claim ledger: each statement with what it rests on, its numbers and its names.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..types import Claim, ClaimKind, Span
from .judged import Judged
from .source import Source
from .values import Value


def claim(judged: Judged, rests: Sequence[str | Span], kind: ClaimKind = "proved") -> Claim:
    """
    A judged statement as the ledger holds it.

    Args:
        rests: Labels of its notes, or places; where there are none, the places of its
            numbers, names and quotations.
    """
    return Claim(
        judged.statement.text,
        kind,
        tuple(rests) or spans(judged),
        numbers=tuple(dict.fromkeys(v.text for v, _ in judged.numbers if not _is_of_name(v))),
        names=tuple(dict.fromkeys(name for name, _, _, _ in judged.names)),
    )


def _is_of_name(value: Value) -> bool:
    """Whether it is the "4" of a name such as "Orrin 4"."""
    return value.kind == "version" and value.written.isdigit()


def spans(judged: Judged) -> tuple[Span, ...]:
    """Where the numbers, quotations and names of a statement stand in documents, each once."""
    found = [
        span
        for value, places in judged.numbers
        for source, place in places[:1]
        if (span := _span(source, place.start, place.end))
    ]
    found += [
        Span(quote.document.id, start, end)
        for quote in judged.quotes
        if quote.document.url
        for start, end in quote.parts
    ]
    found += [
        span
        for _, source, start, end in judged.names
        if start < end and (span := _span(source, start, end))
    ]
    return tuple(dict.fromkeys(found))


def _span(source: Source, start: int, end: int) -> Span | None:
    """A place in the text of a fetched document; None in its metadata or in our own text."""
    if end > len(source.text) or not source.document.url:
        return None
    return Span(source.document.id, start, end)


def totals(judged: Iterable[Judged], quotes: int) -> Mapping[str, int]:
    """
    Returns:
        claims, numbers, names: judged and found. quotes: of notes and between quotation
        marks. longest_run: words in a row that a statement shares with a source.
    """
    each = tuple(judged)
    return {
        "claims": len(each),
        "proved": sum(1 for one in each if not one.has_error),
        "quotes": quotes + sum(len(one.quotes) for one in each),
        "numbers": sum(len(one.numbers) for one in each),
        "names": sum(len(one.names) for one in each),
        "longest_run": max((one.run for one in each), default=0),
    }
