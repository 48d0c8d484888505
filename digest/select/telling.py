"""
One story as a past issue told it, and what entries bring that it did not know.

Pure. New are figures and names that neither the issue nor the texts behind it knew, and pages
that they did not rest on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from ..text.copies import samples
from ..types import Document, Entry, Told
from ..urls import canonical
from .features import CALENDAR, feature_of, features
from .signals import Signals, signals

NEW_FACTS = 2
"""Figures and names that make an update; one may be a slip."""
SHOWN = 4
READ_WORDS, READ_CHARACTERS = 4000, 1500
"""Of what was told, and of a new entry, whose beginning says what is new."""

_WRITTEN = re.compile(r"\d[\d.,]*\d|[^\W\d_][^\W_]+")


class Telling:
    """One telling, ready to be compared."""

    def __init__(self, told: Told, texts: Mapping[str, Document]) -> None:
        self.told = told
        self._documents = [texts[id_] for id_ in told.documents if id_ in texts]
        said = Document(
            url="", final_url="", publisher="", site="", title=told.title, author="",
            published=None, text=told.text, sha256="told", fetched_at=told.at,
        )  # fmt: skip
        entry = Entry("", told.issue, "", "", told.title, published=told.at, document=said.id)
        self.signals = signals(entry, {said.id: said})
        self.head = self.signals.head
        urls = [ref.url for ref in told.entries] + [each.url for each in self._documents]
        self.addresses = {canonical(url) for url in urls} - {""}

    @cached_property
    def posts(self) -> list[Signals]:
        """Its entries whose texts are at hand; without any, the telling stands for them."""
        by_address = {canonical(each.url): each for each in self._documents}
        found = []
        for ref in self.told.entries:
            address = canonical(ref.url)
            if address and (document := by_address.get(address)):
                entry = Entry(
                    ref.feed, ref.id, ref.url, address, ref.title,
                    published=ref.published, document=document.id,
                )  # fmt: skip
                found.append(signals(entry, {document.id: document}))
        return found or [self.signals]

    @cached_property
    def samples(self) -> list[frozenset[int]]:
        return [samples(document.text) for document in self._documents]

    def unknown(self, entries: Sequence[Signals]) -> tuple[str, ...]:
        """What entries bring that neither the telling nor its documents knew, in words."""
        facts: dict[str, str] = {}
        for each in sorted(entries, key=lambda one: one.key):
            for fact, written in _facts(each):
                if fact not in self._facts:
                    facts.setdefault(fact, written)
        pages = sorted(
            each.points_to
            for each in entries
            if each.points_to and each.points_to not in self.addresses
        )
        shown = sorted(facts.items()) if len(facts) >= NEW_FACTS else []
        return (*(written for _, written in shown[:SHOWN]), *pages[:1])

    @cached_property
    def _facts(self) -> frozenset[str]:
        texts = [self.told.text, *(document.text for document in self._documents)]
        read = [features(self.told.title, text, READ_WORDS) for text in texts]
        return frozenset(feature for each in read for feature in each.counts)


def _facts(each: Signals) -> Iterator[tuple[str, str]]:
    """Figures of the beginning that say more than a digit, and names, with how each is written."""
    text = each.document.text if each.document else ""
    for written in _WRITTEN.findall(f"{each.entry.title} {text}"[:READ_CHARACTERS]):
        fact = feature_of(written)
        is_named = fact in each.head.names and fact not in CALENDAR
        if fact in each.head.numbers or (is_named and len(fact) > 2):
            yield fact, written
