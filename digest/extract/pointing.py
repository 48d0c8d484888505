"""
Link posts: which page an entry is about, where that is not its own.

Pure. Four signs, the surest first: the feed says so (`rel="related"`, an external link beside
a permalink, JSON Feed's `external_url`); the entry's link leaves the feed's site; an aggregator
marks the target (`[link]`, "Article URL") or gives it the entry's title; the text is short and
has one main target. What stands for itself points nowhere: a video, an episode without a
transcript, a release, a teaser whose only link asks for something.

Source: RFC 4287, section 4.2.7.2 (related, via); daringfireball.net and jsonfeed.org on links;
podcastindex.org, namespace 1.0 (transcript); info.arxiv.org, "Identifiers in URLs"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from html import unescape
from urllib.parse import urlsplit

from ..text import content_words, count_words, fold
from ..types import Entry, Link
from ..urls import ACCOUNTS, canonical, clean, host, publisher
from .lengths import count_all, has_own
from .raw import RawPost
from .reading import Part, parts

FEW_WORDS = 80
"""Own words of a post that mostly points elsewhere by its only link."""
OWN_PAGE_WORDS = 12
"""Words of a body, quoted ones too, that make an item of a linkblog a post of its own."""
SOME_WORDS = 150
"""The same where a link bears the title."""
LEAST = 3
"""Entries that must share a target before it is doubted."""
_WHOLE_TEXT = re.compile(
    r"\W*(link|article url|via|source|read (it|the .*)|original( article)?)\W*", re.IGNORECASE
)
_LABELLED = re.compile(r"(article url|via|source|link|original( article)?)\s*:?\s*$", re.IGNORECASE)
_NOTES = re.compile(
    r"\b(release notes|change ?log|announc\w+|blog ?post|what[’']?s new|read more)\b", re.IGNORECASE
)
"""What a release calls a page that tells it; all else that it links to is a reference."""
_RELEASE = re.compile(r"/(releases?|tags?|commits?)(/|$)")
_ASKS = re.compile(
    r"\b(discuss\w*|comment\w*|repl(y|ies)|tweet|share|follow|subscribe\w*|sponsor\w*|support"
    r"|donate|patreon|join|sign up|newsletter|unsubscribe|buy me|podcast|listen|watch|e-?mail)\b"
    r"|^\W*@\w+$",
    re.IGNORECASE,
)
"""Anchors of links that want something of the reader, or name a person."""
_BUTTON = re.compile(
    r"/(intent|sharer?(\.php)?|shareArticle|submit(link)?)([/?]|$)"
    r"|//(www\.)?(patreon|ko-fi|buymeacoffee|opencollective|paypal|liberapay)\.(com|me)/",
    re.IGNORECASE,
)
TELLS_ITSELF = (
    "youtube.com", "m.youtube.com", "youtu.be", "vimeo.com", "open.spotify.com",
    "podcasts.apple.com", "twitch.tv",
)  # fmt: skip
"""Hosts whose pages hold less text than their feeds."""
_HREF = re.compile(r'<a (?:[a-z-]+="[^"]*" )*href="([^"]*)"')
_PAPER = re.compile(r"https?://(?:[a-z]+\.)?arxiv\.org/abs/(.+?)/?$")
_FORGES = ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org")
_COUNTERS = ("feedproxy.google.com", "feeds.feedburner.com", "feedsportal.com", "rss.app")


def own_address(post: RawPost, html: str, site: str) -> str:
    """
    The address of the post itself.

    Where the link leaves the site and another address of the post stays on it (Daring
    Fireball's form), the post is at that other address; an aggregator's item that has no
    words of its own is at its link.
    """
    link = clean(post.link)
    if not site or not link or _is_own(link, site) or _is_counter(link):
        return link
    names = ["related"] if count_all(html) < OWN_PAGE_WORDS else ["related", "permalink"]
    own = (clean(post.links.get(name, "")) for name in names)
    return next((address for address in own if address and _is_own(address, site)), link)


def target(post: RawPost, html: str, site: str, own: str) -> str:
    """
    The page that a link post is about.

    Args:
        post: As the feed has it.
        html: Its cleaned body.
        site: Address of the feed's site; empty where the feed does not say.
        own: What `own_address` says.

    Returns:
        Absolute address; empty for a post that stands for itself.
    """
    home = site or own
    if (paper := _PAPER.match(own)) and _is_own(own, home):
        return f"https://arxiv.org/pdf/{paper[1]}"
    if "enclosure" in post.links or (_is_own(own, home) and tells_itself(own)):
        return clean(post.links.get("transcript", ""))
    said = clean(post.links.get("related", ""))
    if said and not _is_own(said, home) and canonical(said) != canonical(own):
        return said
    link, via = clean(post.link), clean(post.links.get("via", ""))
    leaves = site and link and not _is_own(link, site) and not _is_counter(link)
    has_links = _links_away(html, home)
    if not (leaves or via or has_links):
        return ""  # most posts, whose words need not be counted
    words = _own_words(html)
    if leaves and words <= SOME_WORDS:
        return link
    if words > SOME_WORDS:
        return ""
    found = _main_link(post, html, home, own, words) if has_links else ""
    return found or (via if via and not _is_own(via, home) and words <= FEW_WORDS else "")


def without_repeated(made: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries; a page that most of a feed's point to (a sponsor, a shop) is no target."""
    most = repeated([entry.points_to for entry in made])
    if not most:
        return tuple(made)
    return tuple(
        replace(entry, points_to="") if canonical(entry.points_to) in most else entry
        for entry in made
    )


def repeated(targets: Sequence[str]) -> set[str]:
    """The identities of the pages that most posts of a feed point to, given where each does."""
    counts = Counter(canonical(page) for page in targets if page)
    return {page for page, count in counts.items() if count >= max(LEAST, len(targets) / 2)}


def tells_itself(url: str) -> bool:
    """Whether a page shows a video or an episode, and its feed has the words."""
    return _bare(host(url)) in TELLS_ITSELF


def _links_away(html: str, home: str) -> bool:
    """Whether a body has any link to another publisher than its own."""
    ours = publisher(home)
    return any(publisher(unescape(link[1])) != ours for link in _HREF.finditer(html))


def _main_link(post: RawPost, html: str, home: str, own: str, words: int) -> str:
    read = parts(html)
    others = [
        (part, link)
        for part in read
        for link in part.links
        if canonical(link.url) not in (canonical(own), canonical(post.link))
        and publisher(link.url) != publisher(home)
    ]
    for part, link in others:
        if _WHOLE_TEXT.fullmatch(_anchor(part, link)) or _LABELLED.search(part.text[: link.start]):
            return link.url
    outbound = [(part, link) for part, link in others if not _is_own(link.url, home)]
    for part, link in outbound:
        is_first = (part, link) == outbound[0] and part is read[0]
        if _is_title(_anchor(part, link), post.title, most=not is_first):
            return link.url
    targets = {canonical(link.url) for _, link in outbound}
    if len(targets) != 1 or words > FEW_WORDS:
        return ""
    is_target = _is_noted if _is_release(own) else _is_no_aside
    return next((link.url for part, link in outbound if is_target(_anchor(part, link), link)), "")


def _anchor(part: Part, link: Link) -> str:
    return part.text[link.start : link.end]


def _is_title(anchor: str, title: str, *, most: bool) -> bool:
    """
    Whether most words of a title stand in a link's text, or the other way round.

    Args:
        most: The link must have most of the title's words: it stands anywhere in the text.
    """
    if title and fold(anchor).text == fold(title).text:
        return True
    one, other = set(content_words(anchor)), set(content_words(title))
    if most and (len(one) < 3 or len(one & other) < 0.6 * len(other)):
        return False
    return len(one & other) >= 0.6 * min(len(one), len(other)) and len(one) >= 2


def _is_noted(anchor: str, _: Link) -> bool:
    return _NOTES.search(anchor) is not None


def _is_no_aside(anchor: str, link: Link) -> bool:
    """Whether a link may be what a post is about: no account, no button, no request."""
    account = publisher(link.url).partition("/")[2]
    path = urlsplit(link.url).path.strip("/").lower()
    if account and path.removeprefix("orgs/") == account:
        return False
    return not (_ASKS.search(anchor) or _BUTTON.search(link.url))


def _is_release(url: str) -> bool:
    """A release or commit on a host of repositories."""
    return host(url) in _FORGES and _RELEASE.search(urlsplit(url).path) is not None


def _own_words(html: str) -> int:
    """Words of a body that are not quoted from elsewhere."""
    if has_own(html, 2 * SOME_WORDS):  # far from it: no need to read it all
        return SOME_WORDS + 1
    return sum(count_words(part.text) for part in parts(html) if part.kind not in ("quote", "code"))


@lru_cache(maxsize=1024)  # of each address it is asked several times
def _is_own(url: str, home: str) -> bool:
    """Of one publisher, or of one host of accounts: a video there, somebody's page there."""
    one, other = host(url), host(home)
    return publisher(url) == publisher(home) or (one == other and _bare(one) in ACCOUNTS)


def _bare(name: str) -> str:
    return name.removeprefix("www.")


def _is_counter(url: str) -> bool:
    return any(counter in url for counter in _COUNTERS)
