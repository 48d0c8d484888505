"""
What an entry shows of the news it tells: addresses, words, names, numbers, time.

Pure. Everything that grouping and scoring compare is computed here once per entry.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..text import content_words, count_words, words
from ..types import Document, Entry
from ..urls import canonical, host, publisher

HEAD_WORDS = 200
"""Words of a text's beginning that say what it is about."""
SHINGLE = 5
"""Tokens of a shingle: the unit by which copies are found."""

_NUMBER = re.compile(r"(?<![\w.])[$€£¥]?\d[\d.,]*\d[%]?|(?<![\w.])[$€£¥]\d|\b\d%")
_QUANTITY_AFTER = re.compile(
    r"(?:%|percent|per|million|billion|trillion|thousand|years?|days?|hours?|times|x)\b|%"
)
# Capitalised in headlines although no name; English headlines capitalise every word.
_HEADLINE_WORDS = frozenset(
    "launches launched launch unveils unveiled releases released release announces announced "
    "announcing introduces introducing introduced ships shipped adds added gets got raises "
    "raised acquires acquired buys bought sues sued says said cuts cut opens opened closes "
    "closed wins won update updates new now available first why how what when inside review "
    "initial impressions notes live blog report reports reported exclusive breaking meet say "
    "hello try hands fixes improves brings bring makes make plans plan debuts reveals revealed "
    "publishes with for and its from into after over will can".split()
)


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
    """Stems of the title."""
    names: tuple[tuple[str, ...], ...]
    """Capitalised runs of the title, in lower case: ("claude", "opus", "4.8")."""
    head: Mapping[str, int]
    """Stems of title and beginning, with counts."""
    terms: frozenset[str]
    """Stems of the whole text, title included."""
    tokens: frozenset[str]
    """Words of the whole text, title included, numbers too."""
    numbers: frozenset[str]
    """Figures of the title and the beginning that say more than a digit."""
    links: frozenset[str]
    """Canonical addresses of pages of others that its text links to."""
    points_to: str
    """Canonical; empty for none."""
    shingles: frozenset[int]

    @property
    def key(self) -> tuple[str, str]:
        return self.entry.key

    @property
    def time(self) -> dt.datetime | None:
        return self.entry.published or self.entry.first_seen


def signals(entry: Entry, texts: Mapping[str, Document]) -> Signals:
    """Read one entry; `texts` are the documents by id."""
    document = texts.get(entry.document)
    text = document.text if document else ""
    head = f"{entry.title}\n{_head(text)}"
    tokens = words(text)
    titled = content_words(entry.title)
    return Signals(
        entry=entry,
        document=document,
        publisher=_publisher(entry, document),
        words=count_words(text),
        title=frozenset(titled),
        names=title_names(entry.title, text),
        head=Counter(content_words(head)),
        terms=frozenset((*titled, *content_words(text))),
        tokens=frozenset((*words(entry.title), *tokens)),
        numbers=frozenset(number.rstrip(".,") for number in _NUMBER.findall(head)),
        links=_links(entry, document),
        points_to=canonical(entry.points_to) if entry.points_to else "",
        shingles=_shingles(tokens),
    )


def rarities(group: Iterable[Signals]) -> dict[str, float]:
    """Inverse document frequency of each stem over the entries."""
    members = list(group)
    counts = Counter(term for each in members for term in each.terms)
    return {term: math.log(1 + len(members) / count) for term, count in counts.items()}


def title_names(title: str, text: str) -> tuple[tuple[str, ...], ...]:
    """
    The proper names of a title: runs of words in capitals, with the numbers among them.

    A headline may capitalise every word; then words that the text has in small letters, and
    the verbs that headlines live on, are no names.
    """
    small = set(re.findall(r"(?<![\w-])[a-z][a-z’'-]+", text))
    runs: list[list[str]] = [[]]
    for token in re.findall(r"[\w][\w.’'+-]*|[^\w\s]", title):
        bare = re.sub(r"[’']s$", "", token).strip(".-").lower()
        is_name = token[0].isupper() and bare not in small and bare not in _HEADLINE_WORDS
        is_number_in_name = token[0].isdigit() and runs[-1]
        if (is_name and len(bare) > 1) or is_number_in_name:
            runs[-1] += words(bare)
        else:
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


def _publisher(entry: Entry, document: Document | None) -> str:
    return (document.publisher if document else publisher(entry.url)) or entry.feed


def _head(text: str) -> str:
    return " ".join(text.split()[:HEAD_WORDS])


def _links(entry: Entry, document: Document | None) -> frozenset[str]:
    """Pages, not front pages: that two posts link to github.com makes them no story."""
    own = host(entry.url)
    found = {canonical(link.url) for link in (document.links if document else ())} - {""}
    return frozenset(url for url in found if host(url) != own and urlsplit(url).path.strip("/"))


def _shingles(tokens: Sequence[str]) -> frozenset[int]:
    """Hashes of all runs of five words; crc32 is the same in every process."""
    return frozenset(
        zlib.crc32(" ".join(tokens[i : i + SHINGLE]).encode())
        for i in range(len(tokens) - SHINGLE + 1)
    )
