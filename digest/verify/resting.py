"""
What stands above rests on what its statements below rest on: passages of documents.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..text import content_words
from ..types import Claim, Feature, RoundUp, Span

MOST = 6
"""Passages of a statement: a title rests on all, and tells nothing by that."""


def places_of(feature: Feature) -> Mapping[str, tuple[Span, ...]]:
    """Where the notes of a feature stand, by label."""
    return {
        note.label: (Span(note.quote.document, note.quote.start, note.quote.end),)
        for note in feature.notes
    }


def spans_of(claim: Claim, places: Mapping[str, tuple[Span, ...]]) -> Iterator[Span]:
    """The passages that a claim rests on, its notes' places among them."""
    for rest in claim.rests:
        if isinstance(rest, Span):
            yield rest
        else:
            yield from places.get(rest, ())


class Below:
    """The statements of verified features and round-ups, with the passages that they rest on."""

    def __init__(self, features: Sequence[Feature], round_ups: Sequence[RoundUp]) -> None:
        self._known = [
            (frozenset(content_words(claim.text)), spans)
            for claims, places in (
                *((feature.claims, places_of(feature)) for feature in features),
                *((item.claims, {}) for item in round_ups),
            )
            for claim in claims
            if 0 < len(spans := tuple(spans_of(claim, places))) <= MOST
        ]

    def rests(self, stems: frozenset[str]) -> tuple[Span, ...]:
        """The passages of the statement that shares most words with one above."""
        best = max(self._known, key=lambda each: len(each[0] & stems), default=None)
        return best[1] if best and best[0] & stems else ()
