"""
RSS and Atom of the usual form -> what feedparser would find in it, in a tenth of the time.

Pure. Most feeds keep to elements whose reading leaves no doubt. Those are read here, by the
parser that feedparser has too, into the same dictionaries that feedparser makes, as far as
`xml_feed.py` reads them: `elements.py` parses, `fields.py` knows what each element does. At
anything else (markup in a text, a date in odd words, a document that is not well-formed) the
answer is None, and feedparser reads the feed. What may stand here a test decides: both find the
same in all that is not passed on.

Source: RFC 4287; rssboard.org RSS 2.0; feedparser 6, `mixin.py` and `namespaces/`
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .elements import ATOM, RSS_1, Broken, Element, elements
from .fields import (
    ABOUT,
    ATOM_ENTRY,
    ATOM_FEED,
    BESIDE,
    CHANNEL,
    ITEM,
    RDF_CHANNEL,
    end_entry,
    end_feed,
    read,
)
from .handlers import Fields, Read, Unusual, language, refuse

_C1 = re.compile(rb"&#(?:0*(?:12[89]|1[345]\d)|[xX]0*[89][0-9a-fA-F]);")
"""References that feedparser takes for those of Windows."""
_RSS_VERSIONS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_MOVES = frozenset({"lastmod", "href"})
"""Attributes of entries and channels that say what others should."""


@dataclass(slots=True)
class Found:
    """What was found, under the names that feedparser gives it."""

    version: str
    feed: Fields = field(default_factory=dict)
    entries: list[Fields] = field(default_factory=list)
    bozo: bool = False

    def get(self, name: str, default: Any = None) -> Any:
        return getattr(self, name, default)


def usual(document: bytes) -> Found | None:
    """
    Read a feed of the usual form.

    Args:
        document: UTF-8, XML without its declaration.

    Returns:
        None for everything else, which may be a feed all the same.
    """
    if _C1.search(document):
        return None
    try:
        root, spaces, others = elements(document)
        if RSS_1 in others:
            return None
        first = next((space for space in spaces if space in (ATOM, RSS_1)), "")
        if root.name == "rss" and RSS_1 not in spaces:
            return _rss(root)
        if root.name == "feed" and first == ATOM:
            return _atom(root)
        return _rdf(root) if root.name == "rdf_rdf" and first == RSS_1 else None
    except (Broken, Unusual):
        return None


def _rss(root: Element) -> Found:
    channels = root.children
    if len(channels) != 1 or channels[0].name != "channel":
        raise Unusual
    _only_marked(channels[0])
    said = root.attributes.get("version", "")
    version = "rss20" if said.startswith("2.") else _RSS_VERSIONS.get(said, "rss")
    return _found(version, root, channels[0], "item", CHANNEL, ITEM)


def _atom(root: Element) -> Found:
    return _found("atom10", root, root, "entry", ATOM_FEED, ATOM_ENTRY)


def _rdf(root: Element) -> Found:
    """Entries stand beside the channel, and their names are their ids."""
    around = language(root, None)
    found = Found("rss10")
    for child in root.children:
        if child.name == "channel":
            _only_marked(child)
            for of_channel in child.children:
                read(of_channel, found.feed, RDF_CHANNEL)
        elif child.name == "item":
            found.entries.append(_entry(child, ITEM, around, child.attributes.get(ABOUT)))
        else:
            read(child, {}, BESIDE)
    return found


def _found(
    version: str,
    root: Element,
    holder: Element,
    entry: str,
    of_feed: Mapping[str, Read],
    of_entry: Mapping[str, Read],
) -> Found:
    said = language(root, None)
    found = Found(version, {"language": said} if said else {})
    around = language(holder, said)
    for child in holder.children:
        if child.name == entry:
            found.entries.append(_entry(child, of_entry, around))
        else:
            read(child, found.feed, of_feed)
    end_feed(found.feed)
    return found


def _entry(
    node: Element, table: Mapping[str, Read], around: str | None, name: str | None = None
) -> Fields:
    if node.attributes:
        _only_marked(node)
        if name is None and ABOUT in node.attributes:
            raise Unusual
    made: Fields = {"language": language(node, around)}
    if name:
        made["id"] = name
    for child in node.children:
        read(child, made, table)
    end_entry(made)
    return made


def _only_marked(node: Element) -> None:
    """Not moved or dated by its attributes."""
    refuse(node, *_MOVES)
    if not _MOVES.isdisjoint(node.attributes):
        raise Unusual
