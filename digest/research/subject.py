"""
What a story is about, in terms that can be looked for in a paragraph or on a page.

Pure. A term is the stem of a word that carries meaning, or a number of two digits or more;
numbers and names carry a story across languages.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..text import content_words, stem, words
from ..types import Document, Entry

TERMS = 40
"""Terms kept of a story: enough for a long post, few enough to stay on its matter."""
CORE = 12
"""The weightiest of them: a page that holds them all is about nothing else."""
HEAD = 2000
"""Characters of a text's beginning that say what it is about."""
TITLE_COUNTS = 3
"""How often a word of a title counts beside one of the text."""
DISTINCT = 1.25
"""What a name or number is worth beside another word that is as rare."""

SHORT = 0.5
"""What a number of two digits is worth: such meet by chance."""
DATE = 0.3
"""What a month or a day of the week is worth."""
LEADING = 8
"""Of the weightiest terms: those that name what a story is about."""

CALENDAR = frozenset(
    stem(word)
    for word in (
        "monday tuesday wednesday thursday friday saturday sunday january february march april "
        "may june july august september october november december"
    ).split()
)
_NUMBER = re.compile(r"\d[\d.,]*\d|\d\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"(?<![.!?:\n\"“(]\s)(?<![\w.])(?<!^)([A-Z][\w'’-]*\w|\w+[A-Z]\w*|[A-Z])")


@dataclass(frozen=True, slots=True)
class Background:
    """How many titles of the window hold a term: what all write about tells little."""

    titles: int
    holds: Mapping[str, int]

    def rarity(self, term: str, own: int) -> float:
        """From 1 (no other title has it) down to 0; `own` titles of the story's don't count."""
        others = max(self.titles - own, 1)
        found = max(self.holds.get(term, 0) - own, 0)
        return math.log((others + 1) / (found + 0.5)) / math.log((others + 1) / 0.5)


@dataclass(frozen=True, slots=True)
class Subject:
    weights: Mapping[str, float]
    """Term -> what it is worth; the weightiest first."""
    distinct: frozenset[str]
    """Those of them that are names or longer numbers."""
    repeated: frozenset[str]
    """Those that stand in a title or more than once: the rest may be an aside."""
    written: Mapping[str, str]
    """Term -> the word as the story has it, in small letters."""

    def share(self, terms: Collection[str]) -> float:
        """How much of the subject a text holds, 0 to 1; 1 is as much as its core is worth."""
        core = sum(sorted(self.weights.values(), reverse=True)[:CORE])
        held = sum(weight for term, weight in self.weights.items() if term in terms)
        return min(held / core, 1.0) if core else 0.0

    @property
    def leading(self) -> frozenset[str]:
        """Names among the weightiest terms: who and what it is about."""
        return self.distinct.intersection(list(self.weights)[:LEADING])

    def held(self, terms: Collection[str]) -> tuple[str, ...]:
        """The subject's terms that a text holds, the weightiest first."""
        return tuple(term for term in self.weights if term in terms)


NO_BACKGROUND = Background(0, {})


def background(titles: Iterable[str]) -> Background:
    """Count terms over the titles of all that is in an issue's window."""
    known = [terms(title) for title in titles]
    return Background(len(known), Counter(term for held in known for term in held))


def subject(
    entries: Sequence[Entry], documents: Sequence[Document], known: Background = NO_BACKGROUND
) -> Subject:
    """
    Weigh the terms of a story.

    Args:
        entries: Those of the story.
        documents: What it is told from: the one it is about first.
        known: What else is told in the window.
    """
    titles = [entry.title for entry in entries] + [document.title for document in documents[:2]]
    heads = [document.text[:HEAD] for document in documents[:2]]
    counts: Counter[str] = Counter()
    for title in dict.fromkeys(titles):
        counts.update(dict.fromkeys(terms(title), TITLE_COUNTS))
    for head in heads:
        counts.update(ordered_terms(head))
    names = _distinct([*titles, *heads], _names(titles, heads))
    weighed = {
        term: math.sqrt(min(count, 9)) * known.rarity(term, len(entries)) * _worth(term, names)
        for term, count in counts.items()
        if not _YEAR.fullmatch(term)
    }
    kept = sorted(weighed.items(), key=lambda each: (-each[1], each[0]))[:TERMS]
    written = {term: term for term in names if term[0].isdigit()}
    for word in words(" ".join((*titles, *heads))):
        written.setdefault(stem(word), word)
    return Subject(
        dict(kept),
        frozenset(term for term, _ in kept if term in names),
        frozenset(term for term, _ in kept if counts[term] > 1),
        {term: written.get(term, term) for term, _ in kept},
    )


@lru_cache(maxsize=4096)
def terms(text: str) -> frozenset[str]:
    """The terms of a paragraph; remembered, as each of its links asks for them."""
    return frozenset(ordered_terms(text))


def ordered_terms(text: str) -> list[str]:
    """The terms of a text, each as often as it stands there."""
    return [*content_words(text), *_numbers(text)]


def _numbers(text: str) -> list[str]:
    """Numbers in one spelling: "37,400" and "37400" are one."""
    return [found.replace(",", "") for found in _NUMBER.findall(text)]


def _worth(term: str, distinct: Collection[str]) -> float:
    if term in CALENDAR:
        return DATE
    if term in distinct:
        return DISTINCT
    return SHORT if term[0].isdigit() else 1.0


def _distinct(texts: Iterable[str], names: set[str]) -> frozenset[str]:
    """Names, and numbers of more than two digits."""
    numbers = {each for text in texts for each in _numbers(text) if len(each) > 2}
    return frozenset((numbers | names) - CALENDAR)


def _names(titles: Iterable[str], heads: Iterable[str]) -> set[str]:
    """Stems of words that stand in capitals where no sentence begins; titles capitalise all."""
    shown = {stem(word) for head in heads for found in _NAME.findall(head) for word in words(found)}
    small = {word for head in heads for word in re.findall(r"\b[a-z]+\b", head)}
    in_titles = {
        stem(word.lower())
        for title in titles
        for word in re.findall(r"\b[A-Z][\w'’-]*\w", title)
        if word.lower() not in small
    }
    return shown | in_titles
