"""
The demo's feeds: one writer for each format that a reader meets in the wild.

Pure. Dates, identifiers and habits differ on purpose: whole texts in `<summary>`,
addresses with tracking parameters, entries without an identifier, an old encoding.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from .publishers import Post, Site

Writer = Callable[[Site, Sequence[Post]], str]


def write(site: Site, posts: Sequence[Post]) -> tuple[str, bytes]:
    """
    The feed of one publisher.

    Args:
        site: Its `format` chooses the writer.
        posts: In the order of the feed.

    Returns:
        Content type and body.
    """
    content_type, writer = WRITERS[site.format]
    return content_type, writer(site, posts).encode(site.encoding, "xmlcharrefreplace")


def _content(post: Post) -> str:
    return post.html + post.site.furniture.format(url=post.url, title=escape(post.title))


def _address(post: Post) -> str:
    return post.url + post.site.tracking


def _atom(site: Site, posts: Sequence[Post]) -> str:
    """Atom: RFC 4287. The element with the text is `<summary>` in one of the two habits."""
    element = "summary" if site.format == "atom-summary" else "content"
    newest = max(post.updated for post in posts)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{escape(site.name)}</title><subtitle>{escape(site.tagline)}</subtitle>",
        f'<link href="{site.url}"/><link rel="self" href="{site.url[:-1]}{site.feed}"/>',
        f"<id>{site.url}</id><updated>{newest.isoformat()}</updated>",
        f"<author><name>{escape(posts[-1].author or site.name)}</name></author>",
    ]
    for post in posts:
        address = quoteattr(_address(post))
        lines += [
            f"<entry><title>{escape(post.title)}</title><link href={address}/>",
            f"<id>{escape(_address(post))}</id>",
            f"<published>{post.published.isoformat()}</published>",
            f"<updated>{post.updated.isoformat()}</updated>",
        ]
        if post.target:
            lines.append(f'<link rel="related" href={quoteattr(post.target)}/>')
        if post.author:
            lines.append(f"<author><name>{escape(post.author)}</name></author>")
        lines += [f"<category term={quoteattr(tag)}/>" for tag in post.tags]
        lines.append(f'<{element} type="html">{escape(_content(post))}</{element}></entry>')
    return "\n".join([*lines, "</feed>", ""])


def _rss(site: Site, posts: Sequence[Post]) -> str:
    """RSS 2.0, with the whole text in `<content:encoded>` or with teasers alone."""
    is_full = site.format == "rss-full"
    lines = [
        f'<?xml version="1.0" encoding="{site.encoding}"?>',
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>',
        f"<title>{escape(site.name)}</title><link>{site.url}</link>",
        f"<description>{escape(site.tagline)}</description><language>en-gb</language>",
        "<ttl>60</ttl>",
    ]
    for post in posts:
        lines += [
            f"<item><title>{escape(post.title)}</title><link>{escape(_address(post))}</link>",
            f"<pubDate>{format_datetime(post.published)}</pubDate>",
            f"<dc:creator>{escape(post.author)}</dc:creator>",
        ]
        lines += [f"<category>{escape(tag)}</category>" for tag in post.tags]
        if is_full:
            lines += [
                f'<guid isPermaLink="false">{site.host}-{post.name}</guid>',
                f"<description>{escape(post.title)}</description>",
                f"<content:encoded><![CDATA[{_content(post)}]]></content:encoded></item>",
            ]
        else:
            lines.append(f"<description>{escape(post.teaser)}</description></item>")
    return "\n".join([*lines, "</channel></rss>", ""])


def _rdf(site: Site, posts: Sequence[Post]) -> str:
    """RSS 1.0: items stand beside the channel, dates in Dublin Core."""
    members = "".join(f"<rdf:li rdf:resource={quoteattr(_address(post))}/>" for post in posts)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"',
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">',
        f'<channel rdf:about="{site.url}"><title>{escape(site.name)}</title>',
        f"<link>{site.url}</link><description>{escape(site.tagline)}</description>",
        "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>",
        f"<items><rdf:Seq>{members}</rdf:Seq></items></channel>",
    ]
    for post in posts:
        address = quoteattr(_address(post))
        lines += [
            f"<item rdf:about={address}><title>{escape(post.title)}</title>",
            f"<link>{escape(_address(post))}</link><dc:date>{post.published.isoformat()}</dc:date>",
            f"<dc:creator>{escape(post.author)}</dc:creator>",
            f"<description>{escape(post.teaser)}</description></item>",
        ]
    return "\n".join([*lines, "</rdf:RDF>", ""])


def _json(site: Site, posts: Sequence[Post]) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": post.url,
            "url": _address(post),
            "title": post.title,
            "content_html": _content(post),
            "date_published": post.published.isoformat(),
            "authors": [{"name": post.author}],
            "tags": list(post.tags),
        }
        for post in posts
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.name,
        "description": site.tagline,
        "home_page_url": site.url,
        "feed_url": site.url[:-1] + site.feed,
        "language": "en",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


WRITERS: Mapping[str, tuple[str, Writer]] = {
    "atom": ("application/atom+xml; charset=utf-8", _atom),
    "atom-summary": ("application/atom+xml; charset=utf-8", _atom),
    "rss-full": ("application/rss+xml; charset=utf-8", _rss),
    "rss-teaser": ("text/xml", _rss),
    "rdf": ("application/rdf+xml; charset=utf-8", _rdf),
    "json": ("application/feed+json; charset=utf-8", _json),
}
