"""
Links and search results → pages worth opening for a story, ranked, each with its reasons.

Pure. A link is judged by where it stands (a paragraph on the story's matter, a sentence that
names its source, early in the text), by what its anchor says, by what kind of address it is
and by who stands behind it: other publishers first, sources before those who repeat them.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..text import content_words, one_line, sentences
from ..types import Block, Document, Link
from ..urls import NO_FAMILIES, canonical, clean, publisher
from .base import Hit
from .standing import Standing, hindrance, is_one_owner, readable, standing_of
from .subject import Subject, terms

LINKS = 200
"""Links of one document that are looked at, from its beginning."""
CONTEXT = 1500
"""Characters of a paragraph that are looked at."""
WORTH = 0.22
"""Score from which a page is opened: below, nothing ties it to the story but a link."""

BY_STANDING: Mapping[Standing, tuple[float, str]] = {
    "paper": (0.25, "a paper"),
    "standard": (0.25, "a standard"),
    "authority": (0.25, "a public authority"),
    "code": (0.2, "code or data"),
    "official": (0.2, "by those it is about"),
    "page": (0.0, ""),
    "reference": (-0.3, "a work of reference"),
}
PARAGRAPH, SENTENCE, ANCHOR, TELLING, SOURCE, EARLY = 0.35, 0.15, 0.2, 0.05, 0.15, 0.1
"""What each of these adds where it holds in full: shares of the subject's terms in the
paragraph, sentence and anchor; an anchor of words; a sentence that names a source; the
beginning of the text."""
OTHER, SAME, AGAIN, ALONE = 0.15, -0.1, 0.1, -0.15
"""Another publisher; the publisher of the linking text; each further publisher that links
to it; an item or heading that is nothing but a link."""
ASIDE = -0.2
"""Nothing of the story stands beside the link."""
HOP = 0.75
"""For links of a page that was itself only followed."""
FOUND, BY_RANK, OLD = 0.5, 0.1, -0.25
"""Of a search result: its share of the subject's terms; the provider's first; too old."""
RECENT = dt.timedelta(days=45)
"""Before the story, what a search finds is seldom about it."""

_SOURCE = re.compile(
    r"\b(?:according\s+to|accord(?:s|ing)|announc(?:e[sd]?|ing|ement)|report(?:s|ed|ing)?|paper|preprint|stud(?:y|ies)|"
    r"published|publishes|publication|posted|release[sd]?|releasing|release\s+notes|changelog|documentation|docs|spec(?:ification)?|"
    r"filing|filed|ruling|ruled|judgment|court|complaint|lawsuit|advisory|disclos(?:ed|ure)|statement|said|says|told|wrote|writes|"
    r"interview|survey|dataset|benchmark|repository|repo|source\s+code|open-?sourced?|write-?up|transcript|"
    r"data|minutes|first\s+reported|broke\s+the|via|source|hat\s+tip|laut|zufolge|berichte(?:t|te)|studie|selon|étude)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:paper|preprint|study|report|announcement|announced|post|release|notes|changelog|documentation|docs|spec|filing|"
    r"ruling|complaint|advisory|statement|repo(?:sitory)?|code|dataset|data|transcript|source)\b",
    re.IGNORECASE,
)
"""What an anchor may be called where it names no matter."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be opened for a story."""

    url: str
    score: float
    reasons: tuple[str, ...]
    """Why it stands where it does, the weightiest first, for a person."""
    publisher: str
    anchor: str = ""
    """The link's words, or the result's title."""
    barred: str = ""
    """Why it is not opened although it may be a source; empty where it is."""
    publishers: frozenset[str] = frozenset()
    """Of the texts that link to it."""


def candidates(
    documents: Sequence[Document],
    subject: Subject,
    *,
    hits: Sequence[Hit] = (),
    families: Mapping[str, tuple[str, ...]] = NO_FAMILIES,
    known: Sequence[Document] = (),
    hop: float = 1.0,
    at: dt.datetime | None = None,
) -> tuple[Candidate, ...]:
    """
    Rank what documents link to and a search has found.

    Args:
        documents: Whose links are looked at.
        subject: What the story is about.
        hits: What a search provider gave, in its order.
        families: Names of publishers with their domains.
        known: Further documents that are in already: no candidate leads to them.
        hop: Factor for all scores: less for links of pages that were only followed.
        at: When the story was published: results that are much older count less.

    Returns:
        Each page once, the best first; pages worth opening only.
    """
    ranking = _Ranking(subject, families, (*documents, *known), at)
    for document in documents:
        for link, block in _links(document):
            ranking.link(document, link, block)
    for rank, hit in enumerate(hits):
        ranking.hit(hit, rank, len(hits))
    return merged([replace(each, score=each.score * hop) for each in ranking.found])


def merged(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Each page once, by its best link, and more for each further publisher that links to it."""
    best: dict[str, Candidate] = {}
    for each in sorted(found, key=lambda each: (-each.score, each.url)):
        identity = canonical(each.url)
        first = best.setdefault(identity, each)
        new = each.publishers - first.publishers
        if new:
            best[identity] = replace(
                first,
                score=first.score + AGAIN,
                reasons=(*first.reasons, f"{next(iter(sorted(new)))} leads to it too"),
                publishers=first.publishers | new,
            )
    kept = [each for each in best.values() if each.score >= WORTH]
    return tuple(sorted(kept, key=lambda each: (-each.score, each.url)))


class _Ranking:
    def __init__(
        self,
        subject: Subject,
        families: Mapping[str, tuple[str, ...]],
        known: Sequence[Document],
        at: dt.datetime | None,
    ) -> None:
        self._subject, self._families, self._at = subject, families, at
        self._pages = {canonical(url) for each in known for url in (each.url, each.final_url)}
        self._publishers = {each.publisher for each in known}
        self.found: list[Candidate] = []

    def link(self, document: Document, link: Link, block: Block) -> None:
        """Weigh one link of a document, unless it leads nowhere."""
        anchor = one_line(document.text[link.start : link.end])
        paragraph = document.text[block.start : block.end][:CONTEXT]
        sentence = _sentence(document.text, block, link)
        rest = paragraph.replace(anchor, " ", 1)
        parts = [
            self._shared("its paragraph", PARAGRAPH, rest),
            self._shared("its sentence", SENTENCE, sentence.replace(anchor, " ", 1)),
            self._shared("its anchor", ANCHOR, anchor),
            *_anchor(anchor),
            _early(link.start, len(document.text)),
        ]
        named = _SOURCE.search(sentence)
        if named and parts[0][0] + parts[2][0] > 0:
            parts.append((SOURCE, f"its sentence says “{named[0].lower()}”"))
        if block.kind in ("item", "heading", "caption") and len(rest.strip()) < 20:
            parts.append((ALONE, "nothing but a link"))
        if not any(value for value, _ in parts[:3]):
            parts.append((ASIDE, "nothing of the story beside it"))
        self._add(link.url, anchor, parts, document.publisher)

    def hit(self, hit: Hit, rank: int, of: int) -> None:
        """Weigh one search result."""
        parts = [
            self._shared("its result", FOUND, f"{hit.title} {hit.snippet}"),
            (BY_RANK * (of - rank) / of, "found by a search"),
        ]
        if not parts[0][0]:
            parts.append((ASIDE, "nothing of the story in its result"))
        if self._at and hit.published and self._at - hit.published > RECENT:
            parts.append((OLD, f"from {hit.published.date()}"))
        self._add(hit.url, one_line(hit.title), parts, "")

    def _add(self, url: str, anchor: str, parts: list[tuple[float, str]], by: str) -> None:
        address = readable(clean(url))
        barred = hindrance(address)
        if canonical(address) in self._pages or (barred and not barred.startswith("a file")):
            return
        owner = publisher(address, self._families)
        parts.append(BY_STANDING[standing_of(address, self._subject)])
        if owner == by or is_one_owner(owner, by):
            parts.append((SAME, "the same publisher as the text that links to it"))
        elif owner not in self._publishers:
            parts.append((OTHER, "another publisher"))
        told = sorted((part for part in parts if part[0] and part[1]), key=lambda p: -abs(p[0]))
        self.found.append(
            Candidate(
                address,
                sum(value for value, _ in parts),
                tuple(words for _, words in told),
                owner,
                anchor,
                barred,
                frozenset({by} if by else ()),
            )
        )

    def _shared(self, where: str, most: float, text: str) -> tuple[float, str]:
        found = terms(text) & self._subject.repeated
        held = self._subject.held(found)
        if not held:
            return (0.0, "")
        # A paragraph that holds half of the story's core is wholly on it.
        value = most * min(1.0, 2 * self._subject.share(found))
        shared = ", ".join(f"“{self._subject.written[term]}”" for term in held[:3])
        return (value, f"{where} shares {shared}")


def _anchor(anchor: str) -> Iterator[tuple[float, str]]:
    if len(content_words(anchor)) > 1:
        yield (TELLING, "")
    if (called := _POINTS.search(anchor)) is not None:
        yield (TELLING, f"its anchor says “{called[0].lower()}”")


def _early(at: int, length: int) -> tuple[float, str]:
    share = 1 - at / max(length, 1)
    return (EARLY * share, "near the beginning" if share > 0.75 else "")


def _links(document: Document) -> Iterator[tuple[Link, Block]]:
    """The first links with the block that each stands in; a text without blocks is one."""
    starts = [block.start for block in document.blocks]
    whole = Block("paragraph", 0, len(document.text))
    for link in document.links[:LINKS]:
        index = bisect_right(starts, link.start) - 1
        yield link, document.blocks[index] if index >= 0 else whole


def _sentence(text: str, block: Block, link: Link) -> str:
    """The sentence that a link stands in."""
    if block.kind in ("item", "heading", "row", "caption") and block.end - block.start < CONTEXT:
        return text[block.start : block.end]
    start = max(block.start, link.start - CONTEXT)
    end = min(block.end, link.end + CONTEXT)
    for begin, stop in sentences(text, start, end):
        if begin <= link.start < stop:
            return text[begin:stop]
    return text[link.start : link.end]
