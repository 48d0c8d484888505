"""
Bytes of a feed -> its entries, in whatever format it is.

Pure. Formats end in `xml_feed.py` and `json_feed.py`; here posts get their identity, their
body, and the page they point to. One bad post costs itself, never its feed.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from ..errors import ParseError
from ..settings import Feed
from ..text import one_line, own_name
from ..types import Entry, FeedContent
from ..urls import canonical, clean
from .clean import clean_html
from .decoding import decoded
from .json_feed import is_json, read_json
from .lengths import at_most, count_all, has
from .pointing import own_address, target, without_repeated
from .raw import RawFeed, RawPost
from .xml_feed import read_xml

LONGEST_ID = 500
LONGEST_TITLE = 1_000
LONGEST_URL = 8_192
LONGEST_BODY = 1_000_000
"""Characters of one text of a post; what comes after them is not read."""
MOST_TAGS = 30
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*")
_HTML = re.compile(
    r"(?:\s++|<\?xml[^>]*+>|<!--(?>.*?-->))*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)  # possessive throughout: a page may be a megabyte of spaces or of comments
_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
)


def entries(body: bytes, feed: Feed, *, url: str, content_type: str = "") -> FeedContent:
    """
    Read the entries of an Atom, RSS, RDF or JSON document.

    Args:
        body: The document as received, in any encoding, at most `max_bytes` long.
        feed: Where it came from; its slug is half of each entry's key.
        url: The address that answered; what is relative in the document is relative to it.
        content_type: The header; its charset is a hint.

    Returns:
        Entries in document order, one per `id`; dates in UTC, None where the feed gives none
        that can be. `problem` says what is broken in a document that was read all the same.

    Raises:
        ParseError: There is no feed in the document; for an HTML page the message names the
            feed that the page links to.

    Source: RFC 4287, sections 4.1.2 (entry) and 4.2.6 (id); jsonfeed.org 1.1
    """
    text, is_utf8 = decoded(body, content_type)
    if not text.strip():
        raise ParseError(url, "expected a feed, found an empty document")
    if is_json(text, content_type):
        raw = read_json(text, url)
    elif _HTML.match(text):
        raise ParseError(url, _about_page(text, url))
    else:
        raw = read_xml(body if is_utf8 else text.encode("utf-8", "surrogatepass"), url)
    site = clean(raw.site_url)
    made = [_entry(post, identity, raw, feed, site) for post, identity in _identified(raw.posts)]
    return FeedContent(
        title=own_name(raw.title)[:LONGEST_TITLE],
        site_url=site if len(site) <= LONGEST_URL else "",
        language=_language(raw.language),
        entries=without_repeated(_told_apart(_one_per_id(made))),
        ttl_s=raw.ttl_s,
        format=raw.format,
        problem=raw.problem,
    )


def _about_page(text: str, url: str) -> str:
    for tag in re.findall(r"<link\b[^>]*>", text[:200_000], re.IGNORECASE):
        address = re.search(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", tag, re.IGNORECASE)
        if address and any(kind in tag.lower() for kind in _FEED_TYPES):
            return (
                f"expected a feed, found an HTML page; it names the feed {clean(address[1], url)}"
            )
    return "expected a feed, found an HTML page that names none"


def _entry(post: RawPost, identity: str, raw: RawFeed, feed: Feed, site: str) -> Entry:
    html = _body(post)
    own = address = own_address(post, html, site)
    if len(address) > LONGEST_URL:
        address = ""
    return Entry(
        feed=feed.slug,
        id=identity,
        url=address,
        canonical=canonical(address),
        title=post.title[:LONGEST_TITLE],
        author=(post.author or raw.author)[:LONGEST_TITLE],
        published=post.published or post.updated,
        updated=post.updated,
        html=html,
        tags=_tags(post.tags),
        language=_language(post.language) or _language(raw.language),
        points_to=target(post, html, site, own),
    )


def _body(post: RawPost) -> str:
    """
    The longest honest text: full content, unless a summary has half as much again.

    Both are measured after cleaning, so that hidden words do not count.
    """
    best = ""
    for body in post.bodies:
        raw = body.html[:LONGEST_BODY]
        if best and has(best, math.ceil(at_most(raw) / 1.5)):
            continue  # most summaries: they are not even cleaned
        html = clean_html(raw, body.base).strip()
        if not best or count_all(html) > count_all(best) * 1.5:
            best = html
    return best


def _identified(posts: Sequence[RawPost]) -> Iterable[tuple[RawPost, str]]:
    """Each post with its id: what the feed gives, else its address, else a hash of it."""
    addresses = [canonical(post.link) for post in posts]
    links = defaultdict[str, set[str]](set)
    shared = Counter[str]()
    for post, address in zip(posts, addresses, strict=True):
        links[post.id].add(address)
        if not post.id:
            shared[address] += 1
    for post, address in zip(posts, addresses, strict=True):
        if post.id.strip() and len(links[post.id]) < 3:  # one id for all is none
            yield post, _short(one_line(post.id))
        elif address and (post.id or shared[address] == 1):
            yield post, _short(address)
        elif post.title or post.bodies or address:
            first = post.bodies[0].html if post.bodies and not post.title else ""
            yield post, _hash("\n".join((address, post.title, first)))


def _short(identity: str) -> str:
    return identity if len(identity) <= LONGEST_ID else _hash(identity)


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _one_per_id(made: Sequence[Entry]) -> tuple[Entry, ...]:
    """Of entries with one id the newest version, in the place of the first."""
    kept: dict[str, Entry] = {}
    for entry in made:
        other = kept.get(entry.id)
        if other is None or _is_newer(entry, other):
            kept[entry.id] = entry
    return tuple(kept.values())


def _is_newer(entry: Entry, other: Entry) -> bool:
    one, before = entry.updated or entry.published, other.updated or other.published
    return one is not None and before is not None and one > before


def _told_apart(made: Sequence[Entry]) -> tuple[Entry, ...]:
    """
    Give posts of one page (changelogs: `/changes#v2`) identities of their own.

    Entries that share an address and also their title are one post twice: those stay equal.
    """
    titles = defaultdict[str, set[str]](set)
    for entry in made:
        titles[entry.canonical].add(entry.title)
    return tuple(
        replace(entry, canonical=f"{entry.canonical}#{_mark(entry)}")
        if entry.canonical and len(titles[entry.canonical]) > 1
        else entry
        for entry in made
    )


def _mark(entry: Entry) -> str:
    return urlsplit(entry.url).fragment or _hash(entry.title)[7:15]


def _tags(tags: Iterable[str]) -> tuple[str, ...]:
    lines = (one_line(tag)[:60] for tag in tags)
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_TAGS]


def _language(tag: str) -> str:
    if not tag:
        return ""
    tag = tag.strip()
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else ""
