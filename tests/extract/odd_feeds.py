"""Feeds put together by chance: usual elements, now and then with something odd in or on them."""

from __future__ import annotations

import random

TEXTS = (
    "", "A title", "  spaced \n text ", "<b>x</b>", "&lt;p&gt;Hi &amp;amp; all&lt;/p&gt;",
    "<![CDATA[<p>x &amp; y</p>]]>", "Ann", "a@b.example (Ann)", "é ü", "Ã©", "/rel/path",
    "http://x.example/a?b=1&amp;c=2", "http://x.example/a?b=1&amp;amp;c=2", "tag:x,2020:1",
    "2026-04-20T06:00:00Z", "Mon, 20 Apr 2026 06:00:00 GMT", "yesterday", "2026-13-45", "&#8217;",
    "&#146;", "<!-- c -->x", "x<![CDATA[y]]>z", "http:///x", "60", "daily", "en", "de_AT",
    "<p>inline</p>tail", " ", "\u200bx", "ann@x.example", "Ann &lt;ann@x.example&gt;",
    "x <![CDATA[&nbsp;&rsquo;]]>", "&nbsp;", "x, y,, z", "<x:a b='c'>d</x:a>", "yes",
    "a <![CDATA[&#11;]]>", "(ann@x.example) Ann", "\x00x", "&#8203;", "\u00adx",
)  # fmt: skip
ATTRIBUTES = (
    "", "", ' type="html"', ' type="text"', ' type="xhtml"', ' xml:lang="fr"',
    ' xml:base="http://b.example/"', ' isPermaLink="false"', ' domain="d"', ' term="t"',
    ' term="t" scheme="s" label="L"', ' rel="related" href="http://r.example/"', ' href="/h"',
    ' rel="self" href="http://s.example/"', ' href="http://a.example/x"', ' href=""',
    ' rel="alternate" type="application/pdf" href="http://a.example/p"', ' src="http://x/"',
    ' url="http://u.example/"', ' mode="base64"',
    ' rel="enclosure" type="audio/mpeg" href="/7.mp3"', ' url="7.mp4" type="video/mp4" length="7"',
    ' type="plain"', ' type="TEXT/HTML"', ' x:y="z"', ' xml:base="/relative/"', ' lang="fr"',
    ' xml:lang=""', ' REL="Alternate" href="/up"', ' x:href="/other"', ' text="Arts"',
    ' rel="alternate" href="rel.html" title="t" x:count="3"', ' xml:base="https://c.example/d/e?f=1"',
    ' type="text/markdown"', ' scheme="s"', ' label="L"', ' type=""',
)  # fmt: skip
ITEM = (
    "title link description content:encoded guid pubDate dc:date atom:updated author dc:creator "
    "category comments enclosure source atom:link slash:comments wfw:commentRss media:thumbnail "
    "media:content media:title itunes:author unheard link itunes:title itunes:summary "
    "itunes:subtitle itunes:duration itunes:image itunes:keywords itunes:explicit media:group "
    "media:description media:credit media:keywords media:category podcast:transcript "
    "podcast:person dc:subject dc:title dc:description dcterms:modified dcterms:issued dc:rights "
    "description content:encoded title pubDate x:other creativeCommons:license contributor"
).split()
CHANNEL = (
    "title link atom:link language managingEditor dc:creator ttl sy:updatePeriod "
    "sy:updateFrequency image skipHours description copyright webMaster pubDate lastBuildDate "
    "category generator docs item item item textInput itunes:author itunes:owner itunes:summary "
    "itunes:category itunes:image itunes:explicit dc:date dc:language dc:rights x:other unheard "
    "itunes:type podcast:locked atom:link description author sy:updateBase cloud media:thumbnail"
).split()
ENTRY = (
    "title link link link id published updated author category category summary content rights "
    "media:thumbnail thr:total modified source contributor media:group media:title title "
    "yt:videoId x:other dc:creator dc:date source content itunes:summary author"
).split()
FEED = (
    "title link link id author subtitle updated category generator icon logo rights entry entry "
    "entry contributor x:other openSearch:totalResults author entry"
).split()
XHTML = (
    "<p>Some <b>words</b> &amp; more</p>", "<div>nested <br/></div><div/>", "text", "", " ",
    '<a href="/x" rel="NoFollow" title="&quot;t&quot;">link</a>', '<p xml:lang="de">x</p>',
    "<svg/>", "<!-- c --><p>x</p>", '<p xml:base="/b/">x</p>', "<ul>\n <li>x</li>\n</ul>",
    "&lt;p&gt;",
)  # fmt: skip
RDF = ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
HOLDERS = {
    "media:group": ["media:title", "media:content", "media:description", "media:thumbnail"],
    "media:content": ["media:title", "media:credit", "media:description", "media:keywords"],
    "itunes:owner": ["itunes:name", "itunes:email", "x:other"],
    "itunes:category": ["itunes:category"],
    "source": ["title", "link", "id", "updated", "author", "x:other"],
    "podcast:person": ["unheard"],
    "x:other": ["x:one", "unheard", "x:title", "title"],
    "contributor": ["name", "email"],
}
NAMES = (
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    ' xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:thr="http://purl.org/syndication/thread/1.0"'
    ' xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:x="http://x.example/ns"'
    ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:yt="http://www.youtube.com/xml/schemas/2015"'
    ' xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"'
    ' xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"'
)


def odd_feed(number: int) -> str:
    """The same for the same number: RSS or Atom, from nearly plain to hardly readable."""
    chance = random.Random(number)
    odd = chance.choice((0.02, 0.1, 0.4))
    is_rss = chance.random() < 0.5
    is_rdf = is_rss and chance.random() < 0.2
    outer, inner = (CHANNEL, ITEM) if is_rss else (FEED, ENTRY)

    def element(name: str) -> str:
        if name in ("item", "entry"):
            children = chance.sample(inner, chance.randint(1, 9))
            about = f' rdf:about="{chance.choice(TEXTS[10:12])}"' if is_rdf else ""
            language = ' xml:lang="fr"' if chance.random() < odd / 3 else ""
            return f"<{name}{about}{language}>{''.join(map(element, children))}</{name}>"
        attributes = chance.choice(ATTRIBUTES) if chance.random() < odd else ""
        within = chance.choice(TEXTS)
        if name == "link" and not is_rss and not attributes:
            attributes, within = ' href="http://a.example/y"', ""
        elif name == "enclosure" and not attributes:
            attributes, within = ' url="http://a.example/7.mp3" length="7" type="audio/mpeg"', ""
        elif name == "author" and not is_rss:
            parts = chance.sample(["name", "email", "uri", "x:image"], chance.randint(1, 3))
            within = "".join(f"<{part}>{chance.choice(TEXTS)}</{part}>" for part in parts)
        elif name in HOLDERS and chance.random() < 0.8:
            parts = chance.sample(HOLDERS[name], chance.randint(0, len(HOLDERS[name])))
            within = "".join(map(element, parts))
        elif name in ("content", "summary", "title", "rights") and not is_rss:
            if chance.random() < 0.2:
                space = "" if chance.random() < 0.1 else ' xmlns="http://www.w3.org/1999/xhtml"'
                markup = "".join(chance.choices(XHTML, k=chance.randint(1, 3)))
                attributes, within = ' type="xhtml"', f" <div{space}>{markup}</div>\n"
        elif name in ("image", "textInput"):
            within = "<title>t</title><link>l</link><description>d</description>"
        elif name == "items":
            within = '<rdf:Seq><rdf:li rdf:resource="http://r.example/"/></rdf:Seq>'
        return f"<{name}{attributes}>{within}</{name}>"

    body = "".join(map(element, chance.sample(outer, chance.randint(1, 9))))
    language = chance.choice(("", "", ' xml:lang="de_DE"'))
    if is_rdf:
        items = "".join(element("item") for _ in range(chance.randint(0, 3)))
        beside = "".join(element(name) for name in chance.sample(["image", "textInput"], 1))
        return (
            f'<rdf:RDF xmlns="http://purl.org/rss/1.0/"{RDF}{NAMES}{language}><channel>{body}'
            f"{element('items')}</channel>{beside}{items}</rdf:RDF>"
        )
    if is_rss:
        version = "2.0" if chance.random() < 0.8 else chance.choice(("0.91", "0.92", "2", ""))
        return f'<rss version="{version}"{NAMES}{language}><channel>{body}</channel></rss>'
    return f'<feed xmlns="http://www.w3.org/2005/Atom"{NAMES}{language}>{body}</feed>'
