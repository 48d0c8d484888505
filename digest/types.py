"""
What flows between the steps: frozen values, times in UTC, sequences as tuples.

Pure. Imports nothing else from the package; every step imports it. `settings.py` holds
what feeds.yaml says, this module what is made from it, from left to right:

    Fetched ─ Entry, Document ─ Story ─ Dossier ─ Draft
    ─ Feature, RoundUp, Front ─ Issue ─ Page, Message

Offsets into a document count Unicode code points from 0, end exclusive. A `date` is a
local day of the site's time zone; a `datetime` is always aware and in UTC.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .errors import FetchError

# --------------------------------------------------------------- fetch and extract


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
    document: str = ""
    """Id of the document that holds its own text; empty while there is none."""

    @property
    def key(self) -> tuple[str, str]:
        return (self.feed, self.id)


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
    problem: str = ""
    """What is wrong with the document although entries were read; else empty."""


# ------------------------------------------------------------- select and research


@dataclass(frozen=True, slots=True)
class Story:
    """The entries that tell one piece of news."""

    entries: tuple[Entry, ...]
    """The leading entry first."""
    score: float
    parts: tuple[tuple[str, float], ...] = ()
    """What the score is made of, by name."""
    place: Literal["feature", "round-up", "left out"] = "left out"
    reason: str = ""
    """Why it has that place, for a person."""
    theme: str = ""
    """Heading under which a round-up stands; empty for none."""
    update_of: str = ""
    """`<digest>/<date>` of the issue that told it last; empty where it is new."""
    fresh: tuple[str, ...] = ()
    """Of an update: names, figures and pages that the earlier issue did not know."""
    rank: int = 0
    """Place in a model's ranking, from 1; 0 where none was given."""
    why: str = ""
    """The model's reason for it, on one line; its own words, which nothing has proved."""

    @property
    def lead(self) -> Entry:
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class ClosePair:
    """Two entries that may tell one story, where counting alone is near to either answer."""

    id: str
    """"P1", "P2", …: the most doubtful first."""
    first: Entry
    second: Entry
    likeness: float
    """From 0 to 1; 0.5 is the threshold."""
    is_one: bool
    """Whether they stand in one story while nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """
    What a model says of a close pair; not to be trusted.

    An id that was not offered, or that is answered both ways, counts for nothing. Saying
    what stands already changes nothing.
    """

    pair: str
    """Id of a `ClosePair`."""
    is_one: bool


@dataclass(frozen=True, slots=True)
class Contender:
    """A story that a model may rank, and name a theme for."""

    id: str
    """"C1", "C2", …: by score."""
    story: Story


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    One line of a model's ranking, the best first; not to be trusted.

    An id that was not offered, or that came before, counts for nothing.
    """

    story: str
    """Id of a `Contender`."""
    why: str = ""
    """For a person who asks why: cut to one line of 200 characters."""


@dataclass(frozen=True, slots=True)
class ThemeAnswer:
    """
    A heading that a model proposes for some stories; not to be trusted.

    It holds no name and no number that its stories do not hold. Ids that were not offered,
    or that another heading had before, count for nothing.
    """

    heading: str
    """One line of at most 40 characters."""
    stories: tuple[str, ...]
    """Ids of `Contender`s."""


@dataclass(frozen=True, slots=True)
class EditorsChoice:
    """What a model says of the stories of a window; not to be trusted."""

    ranking: tuple[Ranked, ...] = ()
    named: tuple[ThemeAnswer, ...] = ()
    theme: str = ""
    """What those at the top have in common, in a sentence that nothing has proved."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one past issue said of one story."""

    issue: str
    """`<digest>/<date>`."""
    at: dt.datetime
    title: str
    text: str
    """Its sentences, in plain words."""
    entries: tuple[EntryRef, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids of what it rests on."""
    theme: str = ""
    """Heading that it stood under; empty for none."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was decided of one story, and why, as evidence.json keeps it."""

    title: str
    url: str
    entries: tuple[tuple[str, str], ...]
    """Keys, the leading entry's first."""
    place: str
    score: float
    parts: tuple[tuple[str, float], ...]
    reason: str
    theme: str = ""
    update_of: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A story and its documents."""

    story: Story
    documents: tuple[Document, ...]
    """S1, S2, …: first the document the story is about."""
    unread: tuple[tuple[str, str], ...] = ()
    """Address and reason of what should have been read and could not be."""
    links: tuple[tuple[str, str], ...] = ()
    """L1, L2, …: title and address of what may be offered as further reading."""
    refused: tuple[tuple[str, str], ...] = ()
    """Address and reason of what was read and left out: a copy, a wall, another matter."""
    earlier: tuple[Told, ...] = ()
    """What past issues told of the matter, the latest first: to be referred to, no evidence."""


# ----------------------------------------------------------------------------- draft
# The shape of the JSON that a drafter writes; nothing in it is to be trusted yet.


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    """Sentences, each followed by its marks: `[n1]`, `[n1][n2]` or `[own]`."""


@dataclass(frozen=True, slots=True)
class TableRow:
    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ItemList:
    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    document: str
    """"S1", "S2", …"""
    text: str
    speaker: str


DraftBlock = Paragraph | Table | ItemList | QuoteBlock


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    """Empty for text before the first heading."""
    blocks: tuple[DraftBlock, ...]


@dataclass(frozen=True, slots=True)
class DraftNote:
    """Adjacent passages by id, or a verbatim part of one document."""

    id: str
    passages: tuple[str, ...] = ()
    """"S2.7", "S2.8": adjacent, of one document."""
    document: str = ""
    quote: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Derived:
    claim: str
    expression: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A feature as a drafter wrote it."""

    title: str
    tldr: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[DraftNote, ...]
    derived: tuple[Derived, ...] = ()
    further: tuple[str, ...] = ()
    """"L3": links of the dossier's documents, as they were offered."""
    kind: Literal["model", "extractive"] = "model"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a model chose of some documents, for whoever writes from them."""

    keep: tuple[str, ...]
    """"S2.7": passages worth having, the most important first; they may not exist."""
    open: tuple[str, ...] = ()
    """Questions that the documents do not answer."""


@dataclass(frozen=True, slots=True)
class RoundUpDraft:
    story: str
    """"R3": the third of the stories that were offered."""
    text: str


@dataclass(frozen=True, slots=True)
class FrontDraft:
    headline: str
    dek: str
    tldr: tuple[str, ...]
    lead: tuple[str, ...]
    """Paragraphs."""
    kind: Literal["model", "extractive"] = "model"


@dataclass(frozen=True, slots=True)
class Facts:
    """What code counted for an issue: its front may say it without a source."""

    entries: int
    """Entries that were weighed for the issue."""
    sources: tuple[str, ...]
    """Names of the feeds that the issue tells of, the most used first."""
    first_day: dt.date | None = None
    """Oldest publication day of what it tells of; None where no entry has a date."""
    last_day: dt.date | None = None
    several: int = 0
    """Stories told by more than one publisher."""
    is_first: bool = False
    """The digest's first issue, which takes the best of what there is, however old."""


# ---------------------------------------------------------------------------- verify


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a document: `text == document.text[start:end]`, gaps aside."""

    document: str
    """Id."""
    start: int
    end: int
    text: str
    """The document's own characters; `[…]` where something is left out."""


@dataclass(frozen=True, slots=True)
class Footnote:
    label: str
    """`<publisher>-<n>`, unique in its file."""
    quote: Quote
    url: str
    name: str
    """What the note shows: the page's own name, or its publisher's."""
    topic: str = ""
    before: str = ""
    """Up to 160 characters of the document before the quote."""
    after: str = ""
    passage_url: str = ""
    """`url` with the text directive that makes a browser show the quote; `url` without one."""


ClaimKind = Literal["proved", "own", "extracted", "computed", "edited"]


@dataclass(frozen=True, slots=True)
class Span:
    document: str
    start: int
    end: int
    text: str = field(default="", compare=False)
    """The document's characters there, kept for readers; set by `content`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, row, item, bullet or heading of an issue, and what it rests on."""

    text: str
    kind: ClaimKind
    rests: tuple[str | Span, ...] = ()
    """Labels of notes in its file, or places in documents."""
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    file: str = ""
    """Name of the file in the issue's folder; set by `content`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the rules found, in words for a person or a model."""

    rule: str
    """Its id in the table of rules: "Q1", "N2" …"""
    where: str
    found: str
    expected: str
    hint: str = ""
    outcome: str = ""
    """What was done: "mended", "dropped", "published"; empty while nothing was."""
    level: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class DocumentRef:
    id: str
    url: str


@dataclass(frozen=True, slots=True)
class EntryRef:
    feed: str
    id: str
    url: str
    title: str
    published: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Feature:
    """A verified text with footnotes; only `verify` makes new ones, `content` reads them back."""

    slug: str
    title: str
    kind: Literal["model", "extractive"]
    documents: tuple[DocumentRef, ...]
    """S1 first."""
    entries: tuple[EntryRef, ...]
    tldr: tuple[str, ...]
    body: str
    """Markdown with marks `[^label]`, without the notes' definitions."""
    notes: tuple[Footnote, ...]
    derived: tuple[Derived, ...] = ()
    further: tuple[tuple[str, str], ...] = ()
    """Title and address."""
    update_of: str = ""
    """`<digest>/<date>` of the issue whose story it continues."""
    edited_by: str = ""
    """Set where a person changed the text after it was written."""
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundUp:
    slug: str
    title: str
    url: str
    feed: str
    published: dt.datetime | None
    also: tuple[str, ...]
    """Slugs of other feeds that tell the story."""
    text: str
    """Markdown; empty for a headline alone."""
    theme: str = ""
    update_of: str = ""
    """`<digest>/<date>` of the issue whose story it continues."""
    kind: Literal["model", "extractive"] = "extractive"
    entries: tuple[EntryRef, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids."""
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """What stands above the features, verified."""

    title: str
    dek: str
    tldr: tuple[str, ...]
    lead: str
    """Markdown."""
    claims: tuple[Claim, ...] = ()
    problems: tuple[Problem, ...] = ()


# --------------------------------------------------------------------------- content


@dataclass(frozen=True, slots=True)
class FeedLine:
    """What one feed gave to an issue."""

    slug: str
    read: bool
    failed: str = ""
    """Reason; empty where it was read."""
    last_entry: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    date: dt.date
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """One paid call to a model."""

    role: str
    model: str
    input: int
    """Tokens."""
    output: int
    usd: float | None
    """None where feeds.yaml gives the model no price."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Head:
    """What issue.md alone says of an issue; fields as in `Issue`."""

    digest: str
    date: dt.date
    slug: str
    title: str
    dek: str
    tldr: tuple[str, ...]
    status: Literal["draft", "published"]
    period_start: dt.datetime | None
    period_end: dt.datetime
    researched_at: dt.datetime
    model: str = ""
    cover: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Correction, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """One dated edition of a digest, as content/ holds it."""

    digest: str
    date: dt.date
    slug: str
    front: Front
    features: tuple[Feature, ...]
    round_ups: tuple[RoundUp, ...]
    status: Literal["draft", "published"]
    period_start: dt.datetime | None
    """None on a first issue, whose window is open."""
    period_end: dt.datetime
    researched_at: dt.datetime
    model: str = ""
    """Id of the model that wrote; empty for the extractive drafter."""
    cover: tuple[tuple[str, str], ...] = ()
    """Keys of all entries that it tells of."""
    corrections: tuple[Correction, ...] = ()
    documents: tuple[Document, ...] = ()
    """What its notes rest on. Read back from content/, `text` is empty."""
    choice: tuple[Chosen, ...] = ()
    """The stories that it was chosen from, those it tells first."""
    feeds: tuple[FeedLine, ...] = ()
    calls: tuple[Call, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """quotes, numbers, names, claims, own, extracted, dropped, longest_run …"""
    problems: tuple[Problem, ...] = ()
    """All that verify found, of parts that were dropped too."""
    edited: tuple[str, ...] = ()
    """Names of files that differ from what was written by the program."""
    aliases: tuple[str, ...] = ()
    """Addresses at which it stood before, relative to the site's root."""
    evidence: str = field(default="", compare=False, repr=False)
    """The text of its evidence.json, as it is published; set by `content`."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page or essay written by people: content/essays/*.md, content/pages/*.md."""

    slug: str
    title: str
    body: str
    """Markdown."""
    date: dt.date | None = None
    description: str = ""
    author: str = ""
    aliases: tuple[str, ...] = ()
    """Addresses at which it stood before, relative to the site's root."""
    is_listed: bool = True
    """Whether the frame of every page names it."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Everything that is published: issues newest first, essays newest first, pages by slug."""

    issues: tuple[Issue, ...]
    essays: tuple[Article, ...] = ()
    pages: tuple[Article, ...] = ()


# ---------------------------------------------------------------------------- render


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site."""

    path: str
    """Relative, with `/`: "ai-tech/2026-04-24-title/index.html"."""
    body: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A newsletter, ready to be sent."""

    name: str
    """`<digest>-<date>`: the name of its files in mail/."""
    subject: str
    html: str
    text: str
    sender: str = ""
    """The "From" of a message, with a display name."""
    date: dt.datetime | None = None
    """The issue's own time, so that the message is the same whenever it is made."""
    message_id: str = ""
    """"<…@host>", the same each time the issue is rendered."""
    reply_to: str = ""
    issue: str = ""
    """`<digest>/<date>`."""
    url: str = ""
    """The issue's page, as it will be published."""
    preheader: str = ""
    """What inboxes show beside the subject."""
    unsubscribe: str = ""
    """
    The address behind "unsubscribe", in each part the last of its kind: with places to be
    filled for each recipient, or the sign that a provider fills. Empty for none.
    """


# --------------------------------------------------------------------------- publish

DeliveryState = Literal["creating", "draft", "sending", "sent", "unknown"]
RecipientState = Literal["sending", "sent", "later", "refused", "unknown"]
"""`later`: refused for now, and not sent."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far the sending of one issue has come; written before and after each step."""

    issue: str
    """`<digest>/<date>`."""
    via: str
    state: DeliveryState
    remote_id: str = ""
    """What the way out calls it; empty while it has no name there."""
    sha256: str = ""
    """Of the message: subject, HTML and text."""
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Remote:
    """What a provider holds of an issue."""

    id: str
    state: Literal["draft", "sending", "sent", "unknown"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the look at a message before it is sent has found."""

    level: Literal["error", "warning"]
    check: str
    """Its name: "subject", "links", "size" …"""
    words: str
