"""Feeds put together by chance: usual elements, now and then with something odd in or on them."""

from __future__ import annotations

import random

TEXTS = (
    "", "A title", "  spaced \n text ", "<b>x</b>", "&lt;p&gt;Hi &amp;amp; all&lt;/p&gt;",
    "<![CDATA[<p>x &amp; y</p>]]>", "Ann", "a@b.example (Ann)", "é ü", "Ã©", "/rel/path",
    "http://x.example/a?b=1&amp;c=2", "http://x.example/a?b=1&amp;amp;c=2", "tag:x,2020:1",
    "2026-04-20T06:00:00Z", "Mon, 20 Apr 2026 06:00:00 GMT", "yesterday", "2026-13-45", "&#8217;",
    "&#146;", "<!-- c -->x", "x<![CDATA[y]]>z", "http:///x", "60", "daily", "en", "de_AT",
    "<p>inline</p>tail", " ", "\u200bx",
)  # fmt: skip
ATTRIBUTES = (
    "", "", ' type="html"', ' type="text"', ' type="xhtml"', ' xml:lang="fr"',
    ' xml:base="http://b.example/"', ' isPermaLink="false"', ' domain="d"', ' term="t"',
    ' term="t" scheme="s" label="L"', ' rel="related" href="http://r.example/"', ' href="/h"',
    ' rel="self" href="http://s.example/"', ' href="http://a.example/x"', ' href=""',
    ' rel="alternate" type="application/pdf" href="http://a.example/p"', ' src="http://x/"',
    ' url="http://u.example/"', ' mode="base64"',
    ' rel="enclosure" type="audio/mpeg" href="/7.mp3"', ' url="7.mp4" type="video/mp4" length="7"',
)  # fmt: skip
ITEM = (
    "title link description content:encoded guid pubDate dc:date atom:updated author dc:creator "
    "category comments enclosure source atom:link slash:comments wfw:commentRss media:thumbnail "
    "media:content media:title itunes:author unheard link"
).split()
CHANNEL = (
    "title link atom:link language managingEditor dc:creator ttl sy:updatePeriod "
    "sy:updateFrequency image skipHours description copyright webMaster pubDate lastBuildDate "
    "category generator docs item item item textInput"
).split()
ENTRY = (
    "title link link link id published updated author category category summary content rights "
    "media:thumbnail thr:total modified source contributor"
).split()
FEED = (
    "title link link id author subtitle updated category generator icon logo rights entry entry "
    "entry"
).split()
NAMES = (
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0"'
)


def odd_feed(number: int) -> str:
    """The same for the same number: RSS or Atom, from nearly plain to hardly readable."""
    chance = random.Random(number)
    odd = chance.choice((0.02, 0.1, 0.4))
    is_rss = chance.random() < 0.5
    outer, inner = (CHANNEL, ITEM) if is_rss else (FEED, ENTRY)

    def element(name: str) -> str:
        if name in ("item", "entry"):
            children = chance.sample(inner, chance.randint(1, 9))
            return f"<{name}>{''.join(map(element, children))}</{name}>"
        attributes = chance.choice(ATTRIBUTES) if chance.random() < odd else ""
        within = chance.choice(TEXTS)
        if name == "link" and not is_rss and not attributes:
            attributes, within = ' href="http://a.example/y"', ""
        elif name == "enclosure" and not attributes:
            attributes, within = ' url="http://a.example/7.mp3" length="7" type="audio/mpeg"', ""
        elif name == "author" and not is_rss:
            parts = chance.sample(["name", "email", "uri"], chance.randint(1, 3))
            within = "".join(f"<{part}>{chance.choice(TEXTS)}</{part}>" for part in parts)
        elif name == "image":
            within = "<title>t</title><url>u</url><link>l</link>"
        return f"<{name}{attributes}>{within}</{name}>"

    body = "".join(map(element, chance.sample(outer, chance.randint(1, 9))))
    language = chance.choice(("", "", ' xml:lang="de_DE"'))
    if is_rss:
        return f'<rss version="2.0"{NAMES}{language}><channel>{body}</channel></rss>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{NAMES}{language}>{body}</feed>'
