"""
An entry's own text -> document, where the feed brings it.

Pure. A feed with full content needs no page: that is read from what was fetched already.
`needs_page` says when it does not suffice; `seems_to_need_page` says for most entries the same
in a hundredth of the time, without a document.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from ..settings import Feed
from ..text import count_words
from ..types import Document, Entry
from .furniture import LEARN_FROM, furniture, without
from .making import document
from .pointing import tells_itself
from .reading import assemble, parts

__all__ = ["LEARN_FROM", "furniture", "needs_page", "post", "seems_to_need_page"]

TEASER_WORDS = 100
"""Under so many words a post of an ordinary feed is rarely whole."""
LONE_PARAGRAPH_WORDS = 200
"""A single paragraph under so many words is mostly a summary."""
ENOUGH_WORDS = 600
"""So many are left whole by any footer: no teaser."""
END = 4_000
"""Characters of HTML at the end of an entry in which it says that it is cut off."""
_CUT_OFF = re.compile(
    r"(…|\.\.\.|\[…\]|\[\.\.\.\]|(continue reading|read (more|on|the (full|rest|whole)\b.*)"
    r"|keep reading|weiterlesen|lire la suite|leer más|full (story|article))\W*(→|»|>)?)\s*$",
    re.IGNORECASE,
)
_MAY_BE_CUT_OFF = re.compile(
    r"…|\.\.\.|continue reading|read (more|on|the )|keep reading|weiterlesen|lire la suite"
    r"|leer más|full (story|article)",
    re.IGNORECASE,
)
"""What `_CUT_OFF` looks for, wherever it stands."""
_TAG = re.compile(r"<[^>]*>")


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


def seems_to_need_page(entry: Entry, feed: Feed) -> bool | None:
    """
    What `needs_page` says of the entry's document, where the HTML alone shows it.

    Returns:
        None where only the document can tell.
    """
    if not entry.url or feed.full_text == "feed":
        return False
    if feed.full_text == "page":
        return True
    plain = _TAG.sub(" ", entry.html)
    is_long = len(plain.split()) >= ENOUGH_WORDS
    if is_long and _MAY_BE_CUT_OFF.search(_TAG.sub("", entry.html[-END:])) is None:
        return False
    if tells_itself(entry.url) or (entry.points_to and entry.points_to != entry.url):
        return None
    # Furniture makes a text only shorter.
    return True if count_words(plain) < TEASER_WORDS else None
