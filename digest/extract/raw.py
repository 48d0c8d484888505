"""
A post as its format has it, before it is an entry.

Pure. `xml_feed.py` and `json_feed.py` make these, `feed.py` takes them: what differs between
formats ends here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

SOUND = ("audio/", "video/")
"""Types of attachments that make a post an episode."""


@dataclass(frozen=True, slots=True)
class Body:
    """One of the texts that a post brings."""

    html: str
    base: str
    """What its addresses are relative to."""


@dataclass(frozen=True, slots=True)
class RawPost:
    id: str
    """As the feed has it; may be empty or shared."""
    link: str
    """Absolute; where the feed says the post is."""
    title: str
    bodies: tuple[Body, ...]
    """Full content first, then summaries."""
    author: str = ""
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    tags: tuple[str, ...] = ()
    language: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    """Absolute addresses by relation: "related", "via", "comments", "permalink", "enclosure"
    (sound or moving pictures) and its "transcript"."""


@dataclass(frozen=True, slots=True)
class RawFeed:
    title: str
    site_url: str
    language: str
    posts: tuple[RawPost, ...]
    author: str = ""
    ttl_s: int = 0
    format: str = ""
    problem: str = ""
