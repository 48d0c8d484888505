"""
The demo's publishers: who they are, and what their feeds and pages look like.

Pure. Everything in this world is invented; its hosts end in `.example`, which RFC 2606
keeps free of real ones.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

FeedFormat = Literal["atom", "atom-summary", "rss-full", "rss-teaser", "rdf", "json", "broken", ""]


@dataclass(frozen=True, slots=True)
class Site:
    """One publisher of the demo."""

    host: str
    name: str
    tagline: str
    layout: Literal["blog", "lab", "news"]
    format: FeedFormat = ""
    """Format of its feed; "broken" answers 500, empty means it has none."""
    feed: str = ""
    """Path of the feed."""
    post: str = "/{slug}/"
    """Path of a post; may hold {y}, {m}, {d} and {slug}."""
    tracking: str = ""
    """What the feed appends to each address."""
    furniture: str = ""
    """HTML that the feed appends to each entry; may hold {url} and {title}."""
    encoding: str = "utf-8"

    @property
    def url(self) -> str:
        return f"http://{self.host}/"


@dataclass(frozen=True, slots=True)
class Post:
    """One page of a publisher; listed in its feed unless `in_feed` is false."""

    site: Site
    name: str
    title: str
    published: dt.datetime
    updated: dt.datetime
    author: str
    tags: tuple[str, ...]
    teaser: str
    target: str
    """Link post: the address it is about; else empty."""
    html: str
    path: str
    in_feed: bool
    is_missing: bool
    """Stands in the feed, but its page answers 404."""
    is_hostile: bool
    """Its page hides an instruction to language models."""

    @property
    def url(self) -> str:
        return f"http://{self.site.host}{self.path}"


SITES = (
    Site(
        "tidewater-lab.example",
        "Tidewater Lab",
        "Language models with open weights, from the coast",
        "lab",
        "atom",
        "/news/atom.xml",
        "/news/{slug}/",
    ),
    Site(
        "ledger-lines.example",
        "Ledger Lines",
        "Ines Halvorsen writes about programs that read",
        "blog",
        "atom-summary",
        "/atom/long/",
        "/{y}/{m}/{d}/{slug}/",
        tracking="#ledger-lines-entries",
        furniture="<p><em>You are reading the long posts of Ledger Lines. Short ones and "
        'drawings are in <a href="http://ledger-lines.example/about/">the other feed</a>.'
        "</em></p>",
    ),
    Site(
        "kiln-works.example",
        "Kiln Engineering",
        "How we build Anvil, and how it breaks",
        "lab",
        "rss-full",
        "/engineering/feed",
        "/engineering/{slug}",
        furniture='<p>The post <a href="{url}">{title}</a> appeared first on '
        '<a href="http://kiln-works.example/">Kiln Engineering</a>.</p>'
        '<img src="http://kiln-works.example/seen.gif?from=feed" width="1" height="1" alt="">',
    ),
    Site(
        "northgate-dispatch.example",
        "Northgate Dispatch",
        "Business, courts and technology",
        "news",
        "rss-teaser",
        "/rss/technology.xml",
        "/{y}/{m}/{d}/{slug}.html",
        tracking="?utm_source=feed&utm_medium=rss&utm_campaign=technology",
    ),
    Site(
        "plumbline.example",
        "Plumbline Institute",
        "Measurements of language models",
        "lab",
        "rdf",
        "/notes/index.rdf",
        "/notes/{slug}.html",
    ),
    Site(
        "ferrite-collective.example",
        "Ferrite Collective",
        "Open boards for small models",
        "lab",
        "json",
        "/log/feed.json",
        "/log/{slug}/",
        furniture="<p>Ferrite Collective is paid for by its members. "
        '<a href="http://ferrite-collective.example/about/">Become one.</a></p>',
    ),
    Site(
        "loose-threads.example",
        "Loose Threads",
        "Tomas Brekke's links",
        "blog",
        "atom",
        "/links.atom",
        "/{y}/{m}/{d}/{slug}",
    ),
    Site(
        "harbour-wire.example",
        "Harbour Wire",
        "News from the ports",
        "news",
        "rss-teaser",
        "/feed/",
        "/story/{slug}",
        tracking="?mc_cid=5f1e&mc_eid=wire",
        encoding="iso-8859-1",
    ),
    Site(
        "quiet-signal.example",
        "Quiet Signal",
        "A feed whose server is out of order",
        "blog",
        "broken",
        "/feed.xml",
    ),
    Site("meridian-forum.example", "Meridian Forum", "Standards for open models", "lab"),
    Site("aldermere-court.example", "Aldermere Regional Court", "Decisions", "lab"),
    Site("anvil-status.example", "Anvil Status", "Incidents and maintenance", "lab"),
)
