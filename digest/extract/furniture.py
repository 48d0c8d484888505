"""
Furniture: what a feed repeats in its entries and no entry says.

Pure. Learned per feed by repetition alone, never by a list of phrases: a block or sentence that
stands in most entries is a footer, a subscribe line, a label. Titles are masked, so that "The
post <title> appeared first on …" repeats too. Only the edges of an entry are
looked at, and of them no headings, code or rows: release notes share those by nature.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from ..text import fold, sentences
from ..types import Entry, Link
from .reading import Part, parts

LEARN_FROM = 20
"""Entries of a feed that are enough, its newest."""
LEAST = 3
"""Entries that must share a text; two may agree by chance."""
SHARE = 0.6
"""The part of a feed's entries that must share it."""
LOOSE = ("paragraph", "item", "caption", "quote")
"""Kinds of blocks that may be furniture."""
HEAD, TAIL = 2, 5
"""Blocks at the beginning and the end of an entry among which furniture stands."""
SHORTEST_NAME = 8
"""Letters of a title that is masked."""
LONGEST_ENDING = 300
"""Letters in which the last three words before a stop stand, a title counted as one."""
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?…。！？｡．]+")
SHORTEST_SENTENCE = 4
"""Words; shorter sentences within a block are too common to say anything."""


def furniture(entries: Sequence[Entry]) -> frozenset[str]:
    """
    Learn what a feed repeats.

    Args:
        entries: Of one feed, as many as there are.

    Returns:
        Folded texts of blocks and sentences, titles masked; empty under three entries with text.
    """
    endings = [(entry, _endings(entry)) for entry in entries]
    endings = [(entry, found) for entry, found in endings if found]
    needed = max(LEAST, SHARE * len(endings))
    # What is repeated ends in the same words each time; most feeds repeat nothing at all, and
    # to fold and cut what they say would take longer than to read it.
    repeated = _in_most([found for _, found in endings], needed)
    if not repeated:
        return frozenset()
    return _in_most([_texts(entry) for entry, found in endings if found & repeated], needed)


def _in_most(found: Sequence[Set[str]], needed: float) -> frozenset[str]:
    counts = Counter[str]()
    for texts in found:
        counts.update(texts)
    return frozenset(text for text, count in counts.items() if count >= needed)


def without(read: Sequence[Part], title: str, known: frozenset[str]) -> tuple[Part, ...]:
    """The parts without furniture, and without headings at the end that lost their text."""
    if not known:
        return tuple(read)
    name, edges = _name(title), _edges(len(read))
    kept = list[Part]()
    for number, part in enumerate(read):
        cut = _cut(part, name, known) if number in edges and part.kind in LOOSE else part
        if cut is not None:
            kept.append(cut)
    while kept and kept[-1].kind == "heading" and len(kept) < len(read):
        kept.pop()
    return tuple(kept)


def _edges(number: int) -> set[int]:
    return {*range(min(HEAD, number)), *range(max(0, number - TAIL), number)}


def _endings(entry: Entry) -> set[str]:
    """The last words before each stop at an entry's edges, the title taken for one word."""
    read = parts(entry.html)
    found = set[str]()
    name = " ".join(_WORD.findall(entry.title.casefold()))
    for number in _edges(len(read)):
        part = read[number]
        if part.kind in LOOSE:
            for piece in _STOP.split(part.text.casefold()):
                said = " ".join(_WORD.findall(piece[-LONGEST_ENDING:]))
                if len(name) >= SHORTEST_NAME:
                    said = said.replace(name, "{title}")
                words = said.rsplit(" ", 3)[-3:]
                found.add(" ".join(words[-2:] if words[-2:-1] == ["{title}"] else words))
    return found - {""}


def _texts(entry: Entry) -> set[str]:
    read = parts(entry.html)
    name = _name(entry.title)
    found = set[str]()
    for number in _edges(len(read)):
        part = read[number]
        if part.kind in LOOSE:
            found.add(_masked(part.text, name))
            pieces = [part.text[start:end] for start, end in sentences(part.text)]
            found.update(_masked(piece, name) for piece in pieces if _is_long(piece))
    return found - {""}


def _is_long(sentence: str) -> bool:
    return len(sentence.split()) >= SHORTEST_SENTENCE


def _name(title: str) -> str:
    """What is masked of a title; short ones occur in other words."""
    folded = fold(title).text.strip()
    return folded if len(folded) >= SHORTEST_NAME else ""


def _masked(text: str, name: str) -> str:
    folded = fold(text).text.strip()
    return folded.replace(name, "{title}") if name else folded


def _cut(part: Part, name: str, known: frozenset[str]) -> Part | None:
    masked = _masked(part.text, name)
    if masked in known:
        return None
    if not any(text in masked for text in known):
        return part
    spans = sentences(part.text)
    kept = [
        (start, end)
        for start, end in spans
        if not _is_long(part.text[start:end]) or _masked(part.text[start:end], name) not in known
    ]
    if len(kept) == len(spans):
        return part
    return _joined(part, kept) if kept else None


def _joined(part: Part, spans: Sequence[tuple[int, int]]) -> Part | None:
    """The part with these spans alone, a blank between them, links moved along."""
    text = ""
    links = list[Link]()
    for start, end in spans:
        text += " " if text else ""
        shift = len(text) - start
        links += [
            Link(link.start + shift, link.end + shift, link.url)
            for link in part.links
            if start <= link.start and link.end <= end
        ]
        text += part.text[start:end]
    return replace(part, text=text, links=tuple(links)) if re.search(r"\w", text) else None
