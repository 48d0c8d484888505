"""
Where the feed of a page may be: what its address says, what it links to, what is usual.

Pure. Candidates only, the likeliest first; whether there is a feed shows when it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from ..urls import clean
from .decoding import decode

MOST = 10
"""Links of one page that are candidates; a page of links is none of its own feeds."""
USUAL = (
    "feed", "feed/", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json",
    "feeds/posts/default", "rss/", "?feed=rss2",
)  # fmt: skip
"""Paths at which publishing programs put their feed, by how many do."""
_TYPES = re.compile(r"application/(?:(?:atom|rss|rdf)\+xml|feed\+json|x-rss\+xml)", re.I)
_NO_REPOSITORY = frozenset("about features login marketplace orgs pricing search settings".split())


def of_address(url: str) -> tuple[str, ...]:
    """
    The feeds that a well-known site has for a page, read off the page's address.

    Args:
        url: Absolute.

    Returns:
        Empty for a site that is not known, or a page of it that has no feed.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("old.")
    path = [part for part in parts.path.split("/") if part]
    for suffix, rule in _SITES.items():
        if host == suffix or host.endswith(f".{suffix}"):
            return tuple(rule(host, path, parse_qs(parts.query)))
    if path and re.fullmatch(r"@[\w.-]+", path[0]):  # Mastodon and its like
        return (f"https://{parts.netloc}/{path[0]}.rss",)
    return ()


Query = dict[str, list[str]]


def _youtube(host: str, path: list[str], query: Query) -> Iterator[str]:
    feed = "https://www.youtube.com/feeds/videos.xml"
    if "list" in query:
        yield f"{feed}?playlist_id={quote(query['list'][0])}"
    elif len(path) > 1 and path[0] == "channel":
        yield f"{feed}?channel_id={quote(path[1])}"
    elif len(path) > 1 and path[0] == "user":
        yield f"{feed}?user={quote(path[1])}"


def _github(host: str, path: list[str], query: Query) -> Iterator[str]:
    if host != "github.com" or not path or path[0] in _NO_REPOSITORY:
        return
    base = "https://github.com/" + "/".join(path[:2])
    if len(path) == 1:
        yield f"{base}.atom"
    elif len(path) > 3 and path[2] == "commits":
        yield f"{base}/commits/{'/'.join(path[3:])}.atom"
    elif path[2:3] == ["tags"]:
        yield f"{base}/tags.atom"
    else:
        yield from (f"{base}/releases.atom", f"{base}/tags.atom")


def _substack(host: str, path: list[str], query: Query) -> Iterator[str]:
    if host != "substack.com":
        yield f"https://{host}/feed"
    elif path and path[0].startswith("@"):
        yield f"https://{path[0][1:]}.substack.com/feed"


def _reddit(host: str, path: list[str], query: Query) -> Iterator[str]:
    if len(path) > 1 and path[0] in {"r", "u", "user"}:
        kind = "r" if path[0] == "r" else "user"
        yield f"https://www.reddit.com/{kind}/{path[1]}/.rss"


def _arxiv(host: str, path: list[str], query: Query) -> Iterator[str]:
    if len(path) > 1 and path[0] in {"list", "archive"}:
        yield f"https://rss.arxiv.org/rss/{path[1]}"


def _medium(host: str, path: list[str], query: Query) -> Iterator[str]:
    if host != "medium.com":
        yield f"https://{host}/feed"
    elif path:
        yield f"https://medium.com/feed/{path[0]}"


_SITES = {
    "youtube.com": _youtube,
    "github.com": _github,
    "substack.com": _substack,
    "reddit.com": _reddit,
    "arxiv.org": _arxiv,
    "medium.com": _medium,
}


def of_page(body: bytes, *, url: str, content_type: str = "") -> tuple[str, ...]:
    """
    The feeds that a page names as its own (`<link rel=alternate>`), then those it links to.

    Args:
        body: HTML as received.
        url: The address that answered.
        content_type: The header; its charset is a hint.

    Returns:
        Absolute addresses in the page's order, feeds of comments last.

    Source: https://www.rssboard.org/rss-autodiscovery
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(decode(body, content_type), "lxml")
    base = soup.find("base", href=True)
    root = urljoin(url, str(base["href"])) if base else url
    named, linked = [], []
    for tag in soup.find_all(["link", "a"], href=True):
        address = clean(str(tag["href"]).replace("feed://", "https://"), root)
        relation = " ".join(filter(None, tag.get_attribute_list("rel"))).lower()
        if tag.name == "link" and "alternate" in relation and _TYPES.match(str(tag.get("type"))):
            words = f"{tag.get('title', '')} {address}".lower()
            named.append((("comment" in words), address))
        elif tag.name == "a" and _is_named_as_feed(address):
            linked.append((True, address))
    ordered = [address for _, address in sorted(named, key=lambda pair: pair[0]) + linked]
    return tuple(dict.fromkeys(filter(None, ordered)))[:MOST]


def _is_named_as_feed(address: str) -> bool:
    path = urlsplit(address).path.lower().rstrip("/")
    return path.endswith((".rss", ".atom", "rss.xml", "atom.xml", "feed.xml", "/feed", "/rss"))


def of_habit(url: str) -> tuple[str, ...]:
    """Where a feed usually is: beside the page's own section first, then at the host's root."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    first = next((part for part in parts.path.split("/") if part), "")
    sections = [f"{root}{first}/", root] if first and "." not in first else [root]
    return tuple(section + name for section in sections for name in USUAL)
