"""
An entry's own text -> document, where the feed brings it.

Pure. A feed with full content needs no page: that is read from what was fetched already.
`needs_page` says when it does not suffice.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from ..settings import Feed
from ..text import count_words
from ..types import Document, Entry
from .furniture import furniture, without
from .making import document
from .pointing import tells_itself
from .reading import assemble, parts

__all__ = ["furniture", "needs_page", "post"]

TEASER_WORDS = 100
"""Under so many words a post of an ordinary feed is rarely whole."""
LONE_PARAGRAPH_WORDS = 200
"""A single paragraph under so many words is mostly a summary."""
_CUT_OFF = re.compile(
    r"(…|\.\.\.|\[…\]|\[\.\.\.\]|(continue reading|read (more|on|the (full|rest|whole)\b.*)"
    r"|keep reading|weiterlesen|lire la suite|leer más|full (story|article))\W*(→|»|>)?)\s*$",
    re.IGNORECASE,
)


def post(
    entry: Entry,
    *,
    site: str,
    families: Mapping[str, tuple[str, ...]],
    fetched_at: dt.datetime,
    furniture: frozenset[str] = frozenset(),
) -> Document | None:
    """
    The document of an entry's own text.

    Args:
        entry: As `entries` made it: its HTML is clean.
        site: The feed's name for itself.
        furniture: What `furniture()` learned from the feed; the entry's HTML keeps it, so that
            a wrong guess can be undone.

    Returns:
        None where the feed gives no text but furniture.
    """
    reading = assemble(without(parts(entry.html), entry.title, furniture))
    if not re.search(r"\w", reading.text):
        return None
    return document(
        reading,
        url=entry.url,
        final_url=entry.url,
        site=site,
        title=entry.title,
        author=entry.author,
        published=entry.published,
        language=entry.language,
        fetched_at=fetched_at,
        families=families,
    )


def needs_page(entry: Entry, feed: Feed, document: Document | None) -> bool:
    """
    Whether the entry's page must be read to know what it says.

    Args:
        feed: Its `full_text` decides; `auto` reads the page of what looks like a teaser.
        document: What `post` made of the entry.

    Returns:
        False for a link post with words of its own: its target is read as a page of its own.
    """
    if not entry.url or feed.full_text == "feed":
        return False
    if feed.full_text == "page" or document is None:
        return True
    if tells_itself(entry.url):
        return False
    if _CUT_OFF.search(document.text):
        return True
    if entry.points_to and entry.points_to != entry.url:
        return False
    words = count_words(document.text)
    is_lone = (
        sum(block.kind == "paragraph" for block in document.blocks) == len(document.blocks) == 1
    )
    return words < (LONE_PARAGRAPH_WORDS if is_lone else TEASER_WORDS)
