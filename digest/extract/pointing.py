"""
Link posts: which page an entry is about, where that is not its own.

Pure. Four signs, the surest first: the feed says so (`rel="related"`, an external link beside
a permalink, JSON Feed's `external_url`); the entry's link leaves the feed's site; an aggregator
marks the target (`[link]`, "Article URL"); the text is short and has one main target.

Source: RFC 4287, section 4.2.7.2 (related, via); daringfireball.net and jsonfeed.org on links
"""

from __future__ import annotations

import re

from ..text import content_words, count_words, fold
from ..types import Link
from ..urls import canonical, clean, publisher
from .raw import RawPost
from .reading import Part, parts

FEW_WORDS = 80
"""Own words of a post that mostly points elsewhere by its only link."""
OWN_PAGE_WORDS = 12
"""Words of a body, quoted ones too, that make an item of a linkblog a post of its own."""
SOME_WORDS = 150
"""The same where the first link bears the title."""
_WHOLE_TEXT = re.compile(
    r"\W*(link|article url|via|source|read (it|the .*)|original( article)?)\W*", re.IGNORECASE
)
_LABELLED = re.compile(r"(article url|via|source|link|original( article)?)\s*:?\s*$", re.IGNORECASE)
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
    names = ["related"] if _all_words(html) < OWN_PAGE_WORDS else ["related", "permalink"]
    own = (clean(post.links.get(name, "")) for name in names)
    return next((address for address in own if address and _is_own(address, site)), link)


def target(post: RawPost, html: str, site: str) -> str:
    """
    The page that a link post is about.

    Args:
        post: As the feed has it.
        html: Its cleaned body.
        site: Address of the feed's site; empty where the feed does not say.

    Returns:
        Absolute address; empty for a post that stands for itself.
    """
    own = own_address(post, html, site)
    home = site or own
    said = clean(post.links.get("related", ""))
    if said and not _is_own(said, home) and canonical(said) != canonical(own):
        return said
    words = _own_words(html)
    link = clean(post.link)
    if site and link and not _is_own(link, site) and not _is_counter(link) and words <= SOME_WORDS:
        return link
    if words > SOME_WORDS:
        return ""
    found = _main_link(post, html, home, own, words)
    via = clean(post.links.get("via", ""))
    return found or (via if via and not _is_own(via, home) and words <= FEW_WORDS else "")


def _main_link(post: RawPost, html: str, home: str, own: str, words: int) -> str:
    read = parts(html)
    outbound = [
        (part, link)
        for part in read
        for link in part.links
        if not _is_own(link.url, home) and canonical(link.url) != canonical(own)
    ]
    for part, link in outbound:
        if _WHOLE_TEXT.fullmatch(_anchor(part, link)) or _LABELLED.search(part.text[: link.start]):
            return link.url
    if outbound and outbound[0][0] is read[0] and _is_title(_anchor(*outbound[0]), post.title):
        return outbound[0][1].url
    targets = dict.fromkeys(canonical(link.url) for _, link in outbound)
    return outbound[0][1].url if len(targets) == 1 and words <= FEW_WORDS else ""


def _anchor(part: Part, link: Link) -> str:
    return part.text[link.start : link.end]


def _is_title(anchor: str, title: str) -> bool:
    """Whether most words of a title stand in a link's text, or the other way round."""
    if title and fold(anchor).text == fold(title).text:
        return True
    one, other = set(content_words(anchor)), set(content_words(title))
    return len(one & other) >= 0.6 * min(len(one), len(other)) and len(one) >= 2


def _all_words(html: str) -> int:
    return count_words(re.sub(r"<[^>]*>", " ", html))


def _own_words(html: str) -> int:
    """Words of a body that are not quoted from elsewhere."""
    unquoted = re.sub(r"(?s)<(blockquote|pre)\b.*?</\1>|<[^>]*>", " ", html)
    if len(re.findall(r"\w+", unquoted)) > 3 * SOME_WORDS:  # far from it: no need to read it all
        return SOME_WORDS + 1
    return sum(count_words(part.text) for part in parts(html) if part.kind not in ("quote", "code"))


def _is_own(url: str, home: str) -> bool:
    return publisher(url) == publisher(home)


def _is_counter(url: str) -> bool:
    return any(counter in url for counter in _COUNTERS)
