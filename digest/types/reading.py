"""What was fetched and read: feeds, entries, documents. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ..errors import FetchError


@dataclass(frozen=True, slots=True)
class Onward:
    """A redirect that was not followed because another asks that host, and how far it had come."""

    url: str
    """Where it leads."""
    hops: int
    moved_to: str
    """As in `Fetched`."""
    is_permanent: bool
    """Whether each redirect so far was."""
    spent_s: float
    """Of the time that all hops have together."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back for one address, or the error that came instead."""

    url: str
    """The address that was asked for."""
    final_url: str
    """The address that answered, after redirects."""
    fetched_at: dt.datetime
    status: int = 0
    """HTTP status; 0 where no answer came."""
    body: bytes = b""
    """Decoded from its transfer encoding, at most `max_bytes` long; empty on 304."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the last answer, names in lower case."""
    moved_to: str = ""
    """Target of an unbroken chain of 301 and 308 from `url`; empty without one."""
    elapsed_s: float = 0.0
    reached: bool = True
    """Whether a request was sent: False where the address, its name or robots.txt forbade it."""
    error: FetchError | None = None
    """Why there is nothing to read; None for 200 and 304."""
    onward: Onward | None = None
    """Set where the way leads to a host that is not to be asked from here: nothing is read yet."""

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed between runs."""

    feed: str
    """Slug."""
    url: str = ""
    """The address the validators belong to."""
    etag: str = ""
    """Byte for byte as received."""
    last_modified: str = ""
    last_poll: dt.datetime | None = None
    last_success: dt.datetime | None = None
    """Last 200 or 304."""
    last_full: dt.datetime | None = None
    """Last request sent without a validator."""
    next_poll: dt.datetime | None = None
    """Not asked before then; None means due."""
    last_entry: dt.datetime | None = None
    """Newest publication date seen."""
    failures: int = 0
    """Failed polls in a row."""
    gone: bool = False
    """The server answered 410: not asked again."""
    moved_to: str = ""
    moved_count: int = 0
    """Permanent redirects to `moved_to` in a row."""
    error: str = ""
    """Reason of the last failure; empty when the last poll was good."""
    pace_s: int = 0
    """Seconds to leave it alone, learned from the last document: its dates and `ttl_s`."""
    title: str = ""
    """The feed's own title."""
    site_url: str = ""
    format: str = ""
    """Of its last document that was read: "Atom", "RSS 2.0", "RDF", "JSON Feed" …"""


Key = tuple[str, str]
"""Of an entry: its feed's slug, and its id there."""
BlockKind = Literal["heading", "paragraph", "item", "row", "code", "quote", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document's text: where it stands and what it is."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Heading: 1 to 6. Item: depth from 1. Row: 0 for a table's head, else 1."""
    group: int = 0
    """Blocks of one list, table or quotation share a number; 0 stands alone."""
    ordered: bool = False
    """Item of a numbered list."""
    speaker: str = ""
    """Quote: who is quoted, where the page marks it up (`<cite>`, `— Name`)."""


@dataclass(frozen=True, slots=True)
class Link:
    """An outbound link of a document; its anchor is `text[start:end]`."""

    start: int
    end: int
    url: str
    """Absolute, without tracking parameters."""


@dataclass(frozen=True, slots=True)
class Document:
    """
    The readable text of one page or post: what a claim may rest on.

    `text` holds the blocks in order, two line feeds between them (one between the rows
    of a table, the items of a list); the cells of a row are separated by a tab; code
    keeps its line breaks, all other white space is folded. Nothing else is in it: no
    Markdown signs, no hidden text, no furniture.
    """

    url: str
    """Canonical address, as a reader should open it."""
    final_url: str
    publisher: str
    """Who stands behind it: registered domain, account, or a family from feeds.yaml."""
    site: str
    """The page's own name for itself, else the publisher."""
    title: str
    author: str
    published: dt.datetime | None
    text: str
    sha256: str
    """Hex digest of `text` in UTF-8."""
    fetched_at: dt.datetime
    language: str = ""
    """BCP 47 tag where the page or feed says so."""
    blocks: tuple[Block, ...] = ()
    links: tuple[Link, ...] = ()
    wall: str = ""
    """"paywall" or "consent" where the page hides its text behind one; else empty."""
    license: str = ""
    """Address of the licence that the page names; empty where it names none."""
    reserved: str = ""
    """What the page keeps from machines, by a blank apart: `noai`, `tdm` …; else empty."""

    @property
    def id(self) -> str:
        """First 12 hex digits of the hash."""
        return self.sha256[:12]


@dataclass(frozen=True, slots=True)
class Passage:
    """A numbered sentence of a document; a row, item, heading, caption or code block is one."""

    number: int
    """From 1, in document order."""
    start: int
    end: int
    block: int
    """Index into the document's `blocks`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One post as its feed published it; key `(feed, id)`."""

    feed: str
    """Slug."""
    id: str
    url: str
    """Absolute address of the post, to be shown; empty where the feed gives none."""
    canonical: str
    """`url` normalised for identity: two entries with the same one are the same post."""
    title: str
    """Plain text on one line."""
    author: str = ""
    published: dt.datetime | None = None
    updated: dt.datetime | None = None
    html: str = ""
    """The feed's own content, cleaned, addresses absolute; empty where it has none."""
    tags: tuple[str, ...] = ()
    language: str = ""
    points_to: str = ""
    """Link post: the page it is about; else empty."""
    first_seen: dt.datetime | None = None
    """When it was stored first; set by the store."""
    fetched_at: dt.datetime | None = None
    """When its feed said this of it: first, or with its last edit; set by the store."""
    document: str = ""
    """Id of the document that holds its own text; empty while there is none."""

    @property
    def key(self) -> Key:
        return (self.feed, self.id)


@dataclass(frozen=True, slots=True)
class Post:
    """What is remembered of a post that was read, so that it need not be read again."""

    said: str
    """Hash of all that its entry is made of, by this version of the program."""
    page: str
    """Hash of its entry's `canonical`; empty where it has none."""
    points_to: str
    """As its entry has it."""
    published: dt.datetime | None = None
    """By the document at hand."""


@dataclass(frozen=True, slots=True)
class FeedContent:
    """What one feed document holds."""

    title: str
    site_url: str
    language: str
    entries: tuple[Entry, ...]
    """In document order, one per id."""
    ttl_s: int = 0
    """How long the feed asks to be left alone (`<ttl>`, `sy:`); 0 where it does not say."""
    format: str = ""
    """Its name, as people call it; empty where that is not clear."""
    problem: str = ""
    """What is wrong with the document although entries were read; else empty."""
    unchanged: tuple[Post, ...] = ()
    """Posts that were known: no entry of theirs is here, for it would say nothing new."""
    posts: Mapping[str, Post] = field(default_factory=dict)
    """Of the entries those whose reading depends on no other post, by their ids."""
