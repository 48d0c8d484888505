"""
Links that a dossier's documents hold and that a reader may want to follow.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import content_words, count_words, one_line
from ..types import Document
from ..urls import canonical, clean, host
from .standing import is_entrance

MOST = 6
ANCHOR_WORDS = 2
"""Words that carry meaning, at least: "here", "the fix" and "[1]" tell nobody where they lead."""
PLAIN_WORDS = 3
"""
Words at least of an anchor without a name or a number: "provenance receipt" says something
only to those who have read the sentence around it, "history of schedulers" to all.
"""
ANCHOR_CHARACTERS = 90

_EMPTY_ANCHOR = re.compile(
    r"(?:read|learn|see|find|show|view|watch|listen|load|sign|log|click|share|follow|subscribe|join|download|"
    r"contact|privacy|terms|cookie|previous|next|skip|go|back|more|try|get|check)\b.{0,24}|(?:https?://|www\.)\S*|[\W\d_]+",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"(?:this|that|these|those|for|in|on|from|to|of|and|at|by|with|as|is|are|was|were|which)\b"
)
"""How an anchor begins that is cut out of a sentence."""
_POINTING = re.compile(r"\b(?:it|this|that|them|these|those|one|ones|here|there|now)$", re.I)
"""How an anchor ends that speaks of what stands before it: "tried to animate it"."""
_NAME = re.compile(r"\d|(?<!^)\b[A-Z]")
_SHARING = re.compile(
    r"(?:^|\.)(?:twitter\.com|x\.com|facebook\.com|linkedin\.com|pinterest\.[a-z.]+|t\.me|wa\.me|whatsapp\.com|"
    r"reddit\.com|instagram\.com|tiktok\.com|threads\.net|patreon\.com|paypal\.com|ko-fi\.com|amazon\.[a-z.]+)$"
)
_FILES = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|mp4|mp3|zip|gz|exe|dmg)$", re.IGNORECASE)


def further(documents: Sequence[Document]) -> tuple[tuple[str, str], ...]:
    """
    Choose up to six links: to other hosts, with an anchor that says something, each page once.

    Returns:
        Title (the anchor) and address, in the order of the documents.
    """
    hosts = {host(document.url) for document in documents}
    known = {canonical(url) for document in documents for url in (document.url, document.final_url)}
    found: list[tuple[str, str]] = []
    for document in documents:
        for link in document.links:
            title, url = one_line(document.text[link.start : link.end]), clean(link.url)
            if url and canonical(url) not in known and _is_worth(title, url, hosts):
                known.add(canonical(url))
                found.append((title, url))
    return tuple(found[:MOST])


def _is_worth(title: str, url: str, hosts: set[str]) -> bool:
    return (
        len(content_words(title)) >= ANCHOR_WORDS
        and (count_words(title) >= PLAIN_WORDS or _NAME.search(title) is not None)
        and len(title) <= ANCHOR_CHARACTERS
        and not _EMPTY_ANCHOR.fullmatch(title)
        and not _FRAGMENT.match(title)
        and not _POINTING.search(title)
        and not is_entrance(url)
        and host(url) not in hosts
        and not _SHARING.search(host(url))
        and not _FILES.search(url)
    )
