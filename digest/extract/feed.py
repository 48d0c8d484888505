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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import urlsplit

from .. import __version__
from ..errors import ParseError
from ..settings import Feed
from ..text import one_line, own_name
from ..types import Entry, FeedContent, Post
from ..urls import canonical, clean
from .clean import clean_html
from .decoding import decoded
from .json_feed import is_json, read_json
from .lengths import at_most, count_all, has
from .pointing import own_address, repeated, target, without_repeated
from .raw import RawFeed, RawPost
from .xml_feed import LongWay, read_xml

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


NOTHING_KNOWN: Mapping[str, Post] = MappingProxyType({})


def entries(
    body: bytes,
    feed: Feed,
    *,
    url: str,
    content_type: str = "",
    known: Mapping[str, Post] = NOTHING_KNOWN,
) -> FeedContent:
    """
    Read the entries of an Atom, RSS, RDF or JSON document.

    Args:
        body: The document as received, in any encoding, at most `max_bytes` long.
        feed: Where it came from; its slug is half of each entry's key.
        url: The address that answered; what is relative in the document is relative to it.
        content_type: The header; its charset is a hint.
        known: Posts by what they said, whose entries are not wanted again.

    Returns:
        Entries in document order, one per `id`; dates in UTC, None where the feed gives none
        that can be. `problem` says what is broken in a document that was read all the same.
        Posts that are known are among `unchanged` instead, unless another post may change what
        is to be said of them: then all are read.

    Raises:
        ParseError: There is no feed in the document; for an HTML page the message names the
            feed that the page links to.

    Source: RFC 4287, sections 4.1.2 (entry) and 4.2.6 (id); jsonfeed.org 1.1
    """
    return _entries(body, feed, url, content_type, known, is_short=False)


def usual_entries(
    body: bytes,
    feed: Feed,
    *,
    url: str,
    content_type: str = "",
    known: Mapping[str, Post] = NOTHING_KNOWN,
) -> FeedContent | None:
    """
    `entries` of a feed whose reading takes little time for its length.

    Returns:
        None for any other, and for what is no feed.
    """
    try:
        return _entries(body, feed, url, content_type, known, is_short=True)
    except (LongWay, ParseError):
        return None


def _entries(
    body: bytes,
    feed: Feed,
    url: str,
    content_type: str,
    known: Mapping[str, Post],
    *,
    is_short: bool,
) -> FeedContent:
    text, is_utf8 = decoded(body, content_type)
    if not text.strip():
        raise ParseError(url, "expected a feed, found an empty document")
    if is_json(text, content_type):
        raw = read_json(text, url)
    elif _HTML.match(text):
        raise ParseError(url, _about_page(text, url))
    else:
        document = body if is_utf8 else text.encode("utf-8", "surrogatepass")
        raw = read_xml(document, url, is_short=is_short)
    site = clean(raw.site_url)
    posts = _one_per_id(_identified(raw.posts))
    said = [_said(post, identity, raw, site) for identity, post in posts]
    same = [
        replace(known[hash_], published=post.published or post.updated)
        for hash_, (_, post) in zip(said, posts, strict=True)
        if hash_ in known
    ]
    some = [
        (hash_, _entry(post, identity, raw, feed, site))
        for hash_, (identity, post) in zip(said, posts, strict=True)
        if hash_ not in known
    ]
    if same and not _stand_apart([entry for _, entry in some], same):
        return _entries(body, feed, url, content_type, NOTHING_KNOWN, is_short=is_short)
    told = _told_apart([entry for _, entry in some])
    told = told if same else without_repeated(told)
    shared = Counter(entry.canonical for entry in told if entry.canonical)
    return FeedContent(
        title=own_name(raw.title)[:LONGEST_TITLE],
        site_url=site if len(site) <= LONGEST_URL else "",
        language=_language(raw.language),
        entries=told,
        ttl_s=raw.ttl_s,
        format=raw.format,
        problem=raw.problem,
        unchanged=tuple(same),
        posts={
            entry.id: Post(hash_, _page(entry), entry.points_to)
            for entry, (hash_, before) in zip(told, some, strict=True)
            if entry is before and shared[entry.canonical] < 2
        },
    )


def _stand_apart(made: Sequence[Entry], same: Sequence[Post]) -> bool:
    """Whether no entry has to do with a post that is known, and no page is pointed to by most."""
    pages = {post.page for post in same if post.page}
    if any(_page(entry) in pages for entry in made):
        return False
    targets = [entry.points_to for entry in made] + [post.points_to for post in same]
    return not repeated(targets)


def _page(entry: Entry) -> str:
    return _digest(entry.canonical, 8) if entry.canonical else ""


def _said(post: RawPost, identity: str, raw: RawFeed, site: str) -> str:
    """A hash of all that an entry is made of."""
    parts = [
        __version__, identity, site, raw.author, raw.language, post.link, post.title, post.author,
        str(post.published), str(post.updated), post.language, str(len(post.tags)), *post.tags,
    ]  # fmt: skip
    for name, address in post.links.items():
        parts += (name, address)
    for body in post.bodies:
        parts += (body.base, body.html)
    return _digest("\0".join(parts), 12)


def _digest(text: str, size: int) -> str:
    try:
        written = b"1" + text.encode("latin-1")  # in a tenth of the time
    except UnicodeEncodeError:
        written = b"8" + text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=size).hexdigest()


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


def _one_per_id(posts: Iterable[tuple[RawPost, str]]) -> list[tuple[str, RawPost]]:
    """Of posts with one id the newest version, in the place of the first."""
    kept: dict[str, RawPost] = {}
    for post, identity in posts:
        other = kept.get(identity)
        if other is None or _is_newer(post, other):
            kept[identity] = post
    return list(kept.items())


def _is_newer(post: RawPost, other: RawPost) -> bool:
    one, before = post.updated or post.published, other.updated or other.published
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
