"""
Whether a page that was read tells anything of the story, and whether it is a source of its own.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..text import count_words
from ..text.copies import samples, share_of
from ..types import Document
from .facts import paragraphs
from .standing import hindrance
from .subject import Subject, terms

FEWEST_WORDS = 40
"""A release note may be short; below, it is a stub."""
LINKED = 0.5
"""Share of the characters of anchors from which a page is a list of links."""
WINDOW = 4000
"""Characters of paragraphs in a row, about 650 words, in which the subject must show: a long
page holds many words by chance."""
SHARED, SHARED_WITH_NAMES = 0.4, 0.25
"""Share of the subject that a page on it holds, and with two of its names or numbers."""
TERMS = 3
"""Terms of the subject that it holds at least."""
NAMES = 2
"""Names and numbers of the subject: enough for a page of another language, whose words are
others."""


def unfit(document: Document, subject: Subject) -> str:
    """Why a followed page is left out, in words; empty where it may serve."""
    if document.wall:
        return f"it is behind a {document.wall} wall"
    elsewhere = hindrance(document.final_url)
    if elsewhere:
        return f"it leads to {elsewhere}"
    length = count_words(document.text)
    if length < FEWEST_WORDS:
        return f"it has {length} words"
    linked = sum(link.end - link.start for link in document.links)
    if linked > LINKED * len(document.text):
        return "it is mostly links"
    return _unrelated(document, subject)


def _unrelated(document: Document, subject: Subject) -> str:
    most = 0
    for found in _windows(document):
        held = subject.held(found)
        names = len(subject.distinct.intersection(held))
        least = SHARED_WITH_NAMES if names >= NAMES else SHARED
        if len(held) >= TERMS and subject.share(found) >= least:
            return ""
        if names >= NAMES and _is_foreign(document):
            return ""
        most = max(most, len(held))
    what = f"{most} of its {len(subject.weights)} words" if most else "not a word"
    return f"it shares {what} with the story"


def _windows(document: Document) -> Iterator[frozenset[str]]:
    """The terms of each stretch of paragraphs, with those of the title."""
    titled = terms(document.title)
    window, length = set(titled), 0
    for paragraph in paragraphs(document):
        window |= terms(paragraph)
        length += len(paragraph)
        if length >= WINDOW:
            yield frozenset(window)
            window, length = set(titled), 0
    yield frozenset(window)


def _is_foreign(document: Document) -> bool:
    """Not English, as far as the page says."""
    return bool(document.language) and not document.language.lower().startswith("en")


COPIED = 0.5
"""Share of a text that is another's words from which it is no source of its own."""


class Originals:
    """Texts that are in already; what mostly repeats one is no further source."""

    def __init__(self) -> None:
        self._kept: dict[str, Document] = {}
        self._samples: dict[str, frozenset[int]] = {}

    def add(self, document: Document) -> None:
        self._kept.setdefault(document.id, document)

    def copied(self, document: Document) -> Document | None:
        """The text that a document mostly repeats; None where it is its own."""
        if document.id in self._kept:
            return self._kept[document.id]
        sampled = self._of(document)
        return next(
            (
                first
                for first in self._kept.values()
                if share_of(sampled, self._of(first)) >= COPIED
            ),
            None,
        )

    def _of(self, document: Document) -> frozenset[int]:
        if document.id not in self._samples:
            self._samples[document.id] = samples(document.text)
        return self._samples[document.id]


def each_once(
    documents: Sequence[Document], refused: dict[str, str], known: Originals
) -> list[Document]:
    """
    Documents without those that repeat an earlier one, the first kept.

    Args:
        documents: In order.
        refused: Takes the addresses that are left out, with the reason.
        known: What is in already; takes what is kept.
    """
    kept: list[Document] = []
    for document in documents:
        original = known.copied(document)
        if original is None:
            known.add(document)
            kept.append(document)
        elif original.id != document.id:
            refused[document.url] = f"it repeats {original.url}"
    return kept
