"""
Facts that a document adds to a story: the numbers and names of its paragraphs on it.

Pure. A count, not a judgement: it says when enough has been read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..types import Document
from .subject import Subject

TOUCHES = 2
"""Terms of the subject that a paragraph on it holds."""
READ = 60_000
"""Characters of a document that are looked at: beyond, a page is a book."""
PUBLISHERS = 2
NEW = 24
"""Numbers and names, beyond the first publisher's, from which further pages add little."""

_NUMBER = re.compile(r"(?<![\w.])[$€£]?\d[\d.,]*(?:\s?%)?")
_NAME = re.compile(r"(?<=[a-z,;’'\d]\s)(?:[A-Z][\w&’'-]+)(?:\s[A-Z][\w&’'-]+)*")


def is_enough(documents: Sequence[Document], subject: Subject) -> bool:
    """Two publishers, and enough that the first one's documents do not say."""
    if len({document.publisher for document in documents}) < PUBLISHERS:
        return False
    said: set[str] = set()
    new: set[str] = set()
    for document in documents:
        is_first = document.publisher == documents[0].publisher
        (said if is_first else new).update(facts(document, subject))
    return len(new - said) >= NEW


def facts(document: Document, subject: Subject) -> frozenset[str]:
    """
    Numbers and names, as they are written, in the paragraphs that touch the subject.

    Numbers of one digit count nowhere: they are mostly those of a list.
    """
    found: set[str] = set()
    for paragraph in paragraphs(document):
        if _touches(paragraph, subject):
            found |= _named(paragraph)
    return frozenset(found)


def _touches(paragraph: str, subject: Subject) -> bool:
    """Looked for as the story writes them: a count needs no stems, which take most of the time."""
    small = paragraph.lower()
    return sum(word in small for word in subject.written.values()) >= TOUCHES


@lru_cache(maxsize=4096)
def _named(paragraph: str) -> frozenset[str]:
    numbers = (each.rstrip(".,") for each in _NUMBER.findall(paragraph))
    longer = (each for each in numbers if sum(map(str.isdigit, each)) > 1)
    return frozenset((*longer, *_NAME.findall(paragraph)))


def paragraphs(document: Document) -> Iterator[str]:
    """The texts of its blocks; the whole text where it has none."""
    if not document.blocks:
        yield document.text[:READ]
    for block in document.blocks:
        if block.start >= READ:
            return
        yield document.text[block.start : block.end]
