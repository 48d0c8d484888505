"""Feeds of all formats, as they should be and as they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import ParseError
from digest.extract.feed import entries, usual_entries
from digest.settings import Feed
from digest.types import FeedContent

from .corpus import FEEDS, feed_lines

FEED = Feed(url="https://ex.example/feed", slug="ex")


def rss(items: str, head: str = "<title>T</title><link>https://ex.example/</link>") -> FeedContent:
    body = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'
    return entries(body.encode(), FEED, url=FEED.url, content_type="application/rss+xml")


def item(title: str, link: str = "", guid: str = "", body: str = "words") -> str:
    guid = f"<guid>{guid}</guid>" if guid else ""
    return (
        f"<item><title>{title}</title><link>{link}</link>{guid}"
        f"<description><![CDATA[{body}]]></description></item>"
    )


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_corpus(path: Path) -> None:
    """Each file gives what the text beside it says."""
    assert feed_lines(path) == path.with_name(f"{path.name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
def test_usual_feeds_are_read_alike(path: Path) -> None:
    """Where feedparser is not needed there is one result; else there is none."""
    try:
        full = entries(path.read_bytes(), FEED, url=FEED.url)
    except ParseError:
        full = None
    quick = usual_entries(path.read_bytes(), FEED, url=FEED.url)
    assert quick is None or quick == full


def test_odd_feeds_are_left() -> None:
    """To feedparser; what is no feed too."""
    assert usual_entries(b"<rss><channel><title>T</title><item>", FEED, url=FEED.url) is None
    assert usual_entries(b"<html><body>x</body></html>", FEED, url=FEED.url) is None
    assert usual_entries(b"<rss version='2.0'><channel/></rss>", FEED, url=FEED.url) is not None


def test_ids_do_not_change_with_the_feeds_address() -> None:
    """A feed that moves keeps its entries: an id is taken as it is, never resolved."""
    body = (
        f"<rss version='2.0'><channel><title>T</title>{item('A', '/a', 'post-1')}</channel></rss>"
    )
    found = [
        entries(body.encode(), FEED, url=url).entries[0].id
        for url in ("https://old.example/feed", "https://new.example/rss")
    ]
    assert found == ["post-1", "post-1"]


def test_one_entry_per_id() -> None:
    """A post that stands twice in a document is one; the newer version counts."""
    content = rss(item("A", "https://ex.example/a", "1") + item("B", "https://ex.example/b", "1"))
    assert [entry.title for entry in content.entries] == ["A"]


def test_an_id_that_all_share_is_none() -> None:
    """Generators that give every post the same guid lose no posts."""
    items = "".join(item(f"T{n}", f"https://ex.example/{n}", "0") for n in range(4))
    assert len({entry.id for entry in rss(items).entries}) == 4


def test_the_longest_honest_body_wins() -> None:
    """Full content comes first, a much longer summary before it; hidden words do not count."""
    head = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    hidden = "<p>Short.</p><p style='display:none'>" + "secret " * 50 + "</p>"
    long = "<p>" + "honest words " * 10 + "</p>"
    body = (
        f'<rss version="2.0" {head}><channel><title>T</title><item><title>A</title><guid>1</guid>'
        f"<description><![CDATA[{long}]]></description>"
        f"<content:encoded><![CDATA[{hidden}]]></content:encoded></item></channel></rss>"
    )
    assert "honest" in entries(body.encode(), FEED, url=FEED.url).entries[0].html


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty document"),
        (b"<html><body>hi</body></html>", "an HTML page that names none"),
        (b"just words", "found none"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "expected a feed"),
        (b'{"items": 5}', 'without a list "items"'),
        (b'{"items": [', "broken JSON"),
        (b"[" * 100_000, "expected a feed"),
        (b'{"a":' * 100_000, "broken JSON"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "expected a feed"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body: bytes, words: str) -> None:
    """The error names the address, what was expected and what was found."""
    with pytest.raises(ParseError) as caught:
        entries(body, FEED, url=FEED.url)
    assert caught.value.subject == FEED.url
    assert words in caught.value.message


def test_a_feed_without_entries_is_a_feed() -> None:
    """An empty channel is no error."""
    assert rss("").entries == ()
    assert rss("").title == "T"


def test_neither_files_nor_addresses_are_opened(tmp_path: Path) -> None:
    """A body that is a file name, an address or an external entity stays a body."""
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss version='2.0'><channel><title>SECRET</title></channel></rss>")
    for body in (str(secret), "http://127.0.0.1:9/feed"):
        with pytest.raises(ParseError):
            entries(body.encode(), FEED, url=FEED.url)
    entity = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        "<rss version='2.0'><channel><title>T</title><item><guid>1</guid><title>a &x; b</title>"
        "</item></channel></rss>"
    )
    assert "SECRET" not in repr(entries(entity.encode(), FEED, url=FEED.url))


def test_an_entity_bomb_does_not_go_off() -> None:
    """Entities that multiply are refused or ignored, not expanded."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{entities}]><rss version="2.0">'
        "<channel><title>T</title><item><guid>1</guid><title>x &e9;</title></item></channel></rss>"
    )
    try:
        found = len(repr(entries(bomb.encode(), FEED, url=FEED.url)))
    except ParseError:
        found = 0
    assert found < 10_000


@pytest.mark.parametrize(
    ("encoding", "content_type"),
    [
        ("utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-16", "text/xml"),
        ("windows-1251", "text/xml; charset=windows-1251"),
        ("shift_jis", "text/xml; charset=Shift_JIS"),
        ("utf-8-sig", "text/xml; charset=nonsense"),
    ],
)
def test_encodings(encoding: str, content_type: str) -> None:
    """What the bytes are counts before what the header says; the header helps where it must."""
    title = "Привет, мир"
    body = f"<rss version='2.0'><channel><title>{title}</title></channel></rss>".encode(encoding)
    assert entries(body, FEED, url=FEED.url, content_type=content_type).title == title


@pytest.mark.parametrize(
    ("name", "format_"),
    [
        ("atom.xml", "Atom"),
        ("rss20.xml", "RSS 2.0"),
        ("rss091.xml", "RSS 0.91"),
        ("rdf.xml", "RDF"),
        ("json11.json", "JSON Feed"),
    ],
)
def test_a_format_has_the_name_that_people_know(name: str, format_: str) -> None:
    """Whoever read it, feedparser or we."""
    (path,) = (path for path in FEEDS if path.name == name)
    assert entries(path.read_bytes(), FEED, url=FEED.url).format == format_


def test_periods_are_seconds_and_have_an_end() -> None:
    """`<ttl>` counts minutes; an absurd one is a week at most."""
    head = "<title>T</title><ttl>{}</ttl>"
    assert rss("", head.format(30)).ttl_s == 1800
    assert rss("", head.format(999999)).ttl_s == 7 * 86400
    assert rss("", head.format("soon")).ttl_s == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 02 Mar 2026 08:15:00 -0500", "2026-03-02T13:15:00+00:00"),
        ("2026-03-02T08:15:00Z", "2026-03-02T08:15:00+00:00"),
        ("2031-01-01T00:00:00Z", "2031-01-01T00:00:00+00:00"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "None"),
        ("0000-00-00T00:00:00Z", "None"),
        ("-0001-11-30T00:00:00Z", "None"),
        ("99999-01-01", "None"),
        ("Tue, 31 Dec 9999 23:59:59 -1200", "None"),
        ("soon", "None"),
    ],
)
def test_dates(text: str, expected: str) -> None:
    """Dates are in UTC; absurd ones cost neither the entry nor the feed."""
    found = rss(f"<item><guid>1</guid><title>A</title><pubDate>{text}</pubDate></item>").entries
    assert str(found[0].published and found[0].published.isoformat()) == expected


@pytest.mark.parametrize(
    ("body", "link", "target"),
    [
        ("<a href='https://o.example/x'>The title of it</a> is good.", "https://ex.example/1",
         "https://o.example/x"),
        ("Good. Via: <a href='https://o.example/x'>somebody</a>, <a href='https://p.example/'>p</a>",
         "https://ex.example/1", "https://o.example/x"),
        ("Article URL: <a href='https://o.example/x'>here</a> <a href='https://ex.example/c'>c</a>",
         "https://o.example/x", "https://o.example/x"),
        ("<p>" + "own words stand here " * 60 + "<a href='https://o.example/x'>x</a></p>",
         "https://ex.example/1", ""),
        ("<a href='https://ex.example/2'>An older post</a>", "https://ex.example/1", ""),
        ("<p>" + "own words stand here " * 60 + "</p>", "https://elsewhere.example/1", ""),
        ("Two words.", "https://elsewhere.example/1", "https://elsewhere.example/1"),
    ],
)  # fmt: skip
def test_link_posts_point_to_their_page(body: str, link: str, target: str) -> None:
    """Few own words and one main target make a link post; an essay with links is none."""
    assert rss(item("The title of it", link, "1", body)).entries[0].points_to == target
