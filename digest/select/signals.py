"""
What an entry shows of the news it tells: addresses, words, names, numbers, time.

Pure. Everything that grouping and scoring compare is computed here once per entry.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from ..text import content_words, count_words, words
from ..text.copies import samples
from ..types import Document, Entry
from ..urls import canonical, host, publisher
from .features import HEADLINE_WORDS, Features, features

_QUANTITY_AFTER = re.compile(
    r"(?:%|percent|per|million|billion|trillion|thousand|years?|days?|hours?|times|x)\b|%"
)
LEAST_TRUST, WELL_KNOWN = 0.4, 60
"""What rarity counts in the smallest window; entries from which a window knows what is rare."""
# English, German and French: titles in another language conflict by names and versions.
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|rejects?|rejected|dismiss(?:es|ed)?|refutes?|baseless|"
    r"dementier\w*|dément(?:ent|i)?|not for sale)\b",
    re.IGNORECASE,
)
_RUMOURED = re.compile(
    r"\b(?:said to|reportedly|rumou?r\w*|in talks|talks of|weighs?|weighing|considers?|considering|"
    r"may|might|could|mulls?|eyes|sources?|offenbar|soll|envisagerait|serait)\b",
    re.IGNORECASE,
)
STORY, STORY_SHARE = 5, 0.05
"""Entries, and share of a window, that a story has: what no more than these hold is as rare as
can be. With two in place of five, the words of large stories counted as common."""
NOTHING: Mapping[str, str] = MappingProxyType({})
NAMING_CHARACTERS = 4000
"""Of a text, in which a word written small shows that it is no name."""


@dataclass(frozen=True, slots=True)
class Signals:
    """One entry, as comparing sees it."""

    entry: Entry
    document: Document | None
    """Its own text."""
    publisher: str
    words: int
    """Of its own text."""
    title: frozenset[str]
    """Stems of the title's words that carry meaning."""
    names: tuple[tuple[str, ...], ...]
    """Capitalised runs of the title, in lower case: ("claude", "opus", "4.8")."""
    versions: Mapping[str, frozenset[str]]
    """Numbers of the title that follow a word, by that word."""
    stance: str
    """"rumoured" or "denied", where the title says so."""
    head: Features
    """Of title and beginning."""
    addresses: frozenset[str]
    """Canonical, all that lead to the post: its own, and where it answers after redirects."""
    links: frozenset[str]
    """Canonical addresses of pages of others that its text links to."""
    points_to: str
    """Canonical; empty for none."""
    samples: frozenset[int]
    """Of its own text, for finding copies."""

    @property
    def key(self) -> tuple[str, str]:
        return self.entry.key

    @property
    def time(self) -> dt.datetime | None:
        return self.entry.published or self.entry.first_seen


def signals(
    entry: Entry, texts: Mapping[str, Document], moved: Mapping[str, str] = NOTHING
) -> Signals:
    """
    Read one entry.

    Args:
        texts: Documents by id.
        moved: Of canonical addresses that redirect those that answer.
    """
    document = texts.get(entry.document)
    text = document.text if document else ""
    points_to = canonical(entry.points_to) if entry.points_to else ""
    return Signals(
        entry=entry,
        document=document,
        publisher=_publisher(entry, document),
        words=count_words(text),
        title=frozenset(content_words(entry.title)),
        names=title_names(entry.title, text),
        versions=versions(entry.title),
        stance=stance(entry.title),
        head=features(entry.title, text),
        addresses=frozenset({entry.canonical, moved.get(entry.canonical, "")} - {""}),
        links=_links(entry, document),
        points_to=moved.get(points_to, points_to),
        samples=samples(text),
    )


def rarities(group: Iterable[Features]) -> dict[str, float]:
    """
    How rare each feature is in a window: 1 for what a story's few entries share and no others,
    less the more share it, near 0 for what all have.

    A small window does not know what is rare elsewhere: there all counts less, and a story
    is taken to be smaller.
    """
    members = list(group)
    counts = Counter(feature for each in members for feature in each.counts)
    few = min(STORY, max(2.0, len(members) * STORY_SHARE))
    rarest = math.log1p(max(len(members), 2) / few)
    trust = LEAST_TRUST + (1 - LEAST_TRUST) * min(1.0, len(members) / WELL_KNOWN)
    return {
        feature: trust * min(1.0, math.log1p(len(members) / count) / rarest)
        for feature, count in counts.items()
    }


def title_names(title: str, text: str) -> tuple[tuple[str, ...], ...]:
    """
    The proper names of a title: runs of words in capitals, with the numbers among them.

    A headline may capitalise every word; then words that the text has in small letters, and
    the verbs that headlines live on, are no names.
    """
    small = set(re.findall(r"(?<![\w-])[a-z][a-z’'-]+", text[:NAMING_CHARACTERS]))
    runs: list[list[str]] = [[]]
    for match in re.finditer(r"[\w][\w.,’'+-]*(?<!,)|[^\w\s]", title):
        token = match[0]
        bare = re.sub(r"[’']s$", "", token).strip(".-").lower()
        is_name = token[0].isupper() and bare not in small and bare not in HEADLINE_WORDS
        is_quantity = _QUANTITY_AFTER.match(title, match.end() + 1) or "," in token
        is_number_in_name = token[0].isdigit() and runs[-1] and not is_quantity
        if (is_name and len(bare) > 1) or is_number_in_name:
            runs[-1] += words(bare)
        if not (is_name or is_number_in_name) or token.endswith(("’s", "'s")):
            runs.append([])
    return tuple(tuple(run) for run in runs if run)


def versions(title: str) -> dict[str, frozenset[str]]:
    """Numbers that follow a word of a title, by that word: {"opus": {"4.8"}}; no quantities."""
    found: dict[str, set[str]] = {}
    pattern = r"([A-Za-z][\w+]*)[\s-]+(v?\d+(?:\.\d+)*[a-z]?\d*)\b(?![.,]?\d)\s*"
    for match in re.finditer(pattern, title):
        before, number = match.groups()
        is_version = before[0].isupper() or "." in number or number[0] == "v"
        if is_version and not _QUANTITY_AFTER.match(title, match.end()):
            found.setdefault(before.lower(), set()).add(number.lstrip("v"))
    return {word: frozenset(numbers) for word, numbers in found.items()}


def stance(title: str) -> str:
    """Whether a title tells a rumour or a denial; empty for neither."""
    if _DENIED.search(title):
        return "denied"
    return "rumoured" if _RUMOURED.search(title) else ""


def _publisher(entry: Entry, document: Document | None) -> str:
    return (document.publisher if document else publisher(entry.url)) or entry.feed


def _links(entry: Entry, document: Document | None) -> frozenset[str]:
    """Pages, not front pages: that two posts link to github.com makes them no story."""
    own = host(entry.url)
    found = {canonical(link.url) for link in (document.links if document else ())} - {""}
    return frozenset(url for url in found if host(url) != own and urlsplit(url).path.strip("/"))
