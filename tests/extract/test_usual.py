"""
Feeds of the usual form: the short way finds what feedparser finds, or leaves the feed to it.

`tests/benchmarks/feedparser_fixtures.py` holds the same against feedparser's own fixtures.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import feedparser
import pytest

from digest.errors import ParseError
from digest.extract.elements import PREFIXES
from digest.extract.handlers import HANDLED, READ
from digest.extract.raw import RawFeed
from digest.extract.usual import Found, usual
from digest.extract.xml_feed import read_xml
from tests.benchmarks.many_feeds import body
from tests.extract.odd_feeds import NAMES, odd_feed

URL = "http://f.example/feed"
HANDLER = re.compile("_(start|end)_")
DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser's, about its own dates
        yield


def both(text: str) -> tuple[RawFeed | str | None, RawFeed | str]:
    """What the short way finds, None where it steps aside; and what feedparser finds."""
    took = list[bool]()

    def watched(found: bytes) -> Found | None:
        made = usual(found)
        took.append(made is not None)
        return made

    short = read(text, watched)
    return (short if True in took else None), read(text, lambda found: None)


def read(text: str, short: Callable[[bytes], Found | None]) -> RawFeed | str:
    try:
        return read_xml(text.encode(), URL, short=short)
    except ParseError as exc:
        return exc.message


def test_chance_feeds_are_read_alike() -> None:
    """Elements in any order, twice or not at all, with odd texts and attributes."""
    short = 0
    for number in range(2_000):
        quick, full = both(odd_feed(number))
        short += quick is not None
        assert quick is None or quick == full, odd_feed(number)
    assert short > 600


@pytest.mark.parametrize("number", range(6))
def test_whole_feeds_take_the_short_way(number: int) -> None:
    """RSS and Atom, with summaries and with whole texts."""
    quick, full = both(body(number, 0).decode())
    assert quick == full
    assert isinstance(full, RawFeed)
    assert len(full.posts) == 20


@pytest.mark.parametrize(
    "path",
    [path for name in ("*.xml", "*.atom", "*.rss") for path in sorted(DATA.rglob(name))],
    ids=lambda path: path.name,
)
def test_feeds_of_the_corpus_are_read_alike(path: Path) -> None:
    """Those that lie beside the tests."""
    quick, full = both(path.read_text(encoding="utf-8", errors="replace"))
    assert quick is None or quick == full


def test_names_are_those_of_feedparser() -> None:
    """Namespaces, and the names that have a handler, are as the library has them."""
    parser = feedparser.api.StrictFeedParser
    names = {str(name).split("_", 2)[2].lower() for name in dir(parser) if HANDLER.match(name)}
    assert names == HANDLED
    assert {
        space.lower(): prefix.lower() for space, prefix in parser.namespaces.items()
    } == PREFIXES
    others = feedparser.util.FeedParserDict.keymap
    assert READ.issuperset(others)


ENTRY = "<title>a</title><link>http://a.example/1</link><pubDate>2026-04-20T06:00:00Z</pubDate>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"{names}><title>f</title><entry><title>a</title>'
    '<link href="/1"/>{inside}</entry><entry><link href="2"/></entry></feed>'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/'
    '1.0/"{names}><channel rdf:about="http://a.example/"><title>f</title><items><rdf:Seq><rdf:li '
    'rdf:resource="http://a.example/1"/></rdf:Seq></items></channel>'
    "<image><url>http://a.example/i.png</url></image>"
    '<item rdf:about="http://a.example/1">{inside}</item></rdf:RDF>'
)
RSS = (
    '<rss version="{version}"{names}><channel><title>f</title><item>{inside}</item></channel></rss>'
)


@pytest.mark.parametrize(
    "text",
    [
        RSS.format(version="2.0", names=NAMES, inside=ENTRY + inside)
        for inside in (
            "<title>b</title><media:title>c</media:title>",
            "<author>ann@x.example (Ann)</author><dc:creator>Bea</dc:creator>",
            "<itunes:author>Ann</itunes:author><itunes:summary>s</itunes:summary>",
            "<itunes:image href='i.png'/><itunes:duration>7</itunes:duration>",
            "<itunes:keywords>a, b</itunes:keywords><media:keywords>b,c</media:keywords>",
            (
                "<media:group><media:content url='u'><media:credit>c</media:credit></media:content>"
                "<media:description>d</media:description></media:group>"
            ),
            (
                "<description>s</description><content:encoded>c</content:encoded>"
                "<media:description>m</media:description>"
            ),
            "<description>s</description><itunes:summary>i</itunes:summary>",
            "<atom:link rel='related' href='http://b.example/'/>",
            "<podcast:transcript url='/t.vtt' type='text/vtt'/><podcast:person>p</podcast:person>",
            "<podcast:transcript>none</podcast:transcript>",
            "<x:one><x:two a='b'>c</x:two></x:one><unheard>d</unheard>",
            "<site xmlns='com-wordpress:feed-additions:1'>7</site>",
            "<description xml:base='http://b.example/c/d'>e</description><comments>f</comments>",
            "<description xml:lang='de_AT'>s</description>",
        )
    ]
    + [
        ATOM.format(names=NAMES, inside=inside)
        for inside in (
            (
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b> '
                "&amp; "
                '<img src="i.png"/></p></div></content>'
            ),
            '<summary type="xhtml"> <p xmlns="http://www.w3.org/1999/xhtml">a</p> b </summary>',
            '<content type="html" xml:base="http://b.example/c/d">x</content><id>e</id>',
            "<author><name/></author>",
            "<author><email>a@b.example</email><x:image src='i'/></author>",
            "<author><name>A</name><uri>u</uri></author><author><name>B</name></author>",
            "<source><title>t</title><id>i</id><updated>u</updated><link href='l'/></source>",
            "<media:group><media:title>m</media:title></media:group>",
        )
    ]
    + [
        RDF.format(names=NAMES, inside=ENTRY + "<dc:date>2026-04-20</dc:date>"),
        RSS.format(version="0.91", names="", inside=ENTRY),
        RSS.format(version="0.92", names="", inside=ENTRY),
    ],
)
def test_what_feeds_carry_is_read_alike(text: str) -> None:
    """Podcasts, media, XHTML, bases, older formats: all of it takes the short way, but one."""
    quick, full = both(text)
    assert quick == full or (quick is None and "<podcast:transcript>" in text)
    assert isinstance(full, RawFeed)


@pytest.mark.parametrize(
    "inside",
    [
        "<title>a<b>c</b></title>",
        "<title base='http://b.example/'>a</title>",
        "<title xml:base='/relative'>a</title>",
        "<source url='s'>s</source><title>a</title><title>b</title>",
        "<link>http://x.example/?a=1&amp;amp;b=2</link>",
        "<pubDate>the day before yesterday</pubDate>",
        "<author><name>Ann</name></author>",
        "<media:title>a</media:title>",
        "<image><url>u</url></image>",
        "<unheard><title>a</title></unheard>",
        "<description type='xhtml'><p>a</p></description>",
        "<date>2026-04-20</date>",
        "<description>quoted &#146;so&#146;</description>",
        "<slash:comments><title>a</title></slash:comments>",
        "<description>cut off",
    ],
)
def test_anything_odd_is_for_feedparser(inside: str) -> None:
    """An element or attribute that is not known, a second one, a text that needs mending."""
    assert (
        usual(f'<rss version="2.0"{NAMES}><channel><item>{inside}</item></channel></rss>'.encode())
        is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'><channel/></rss>",
        "<rss version='2.0' xmlns:dc='http://search.yahoo.com/mrss/'><channel/></rss>",
        "<rss version='2.0' xmlns:a='a a'><channel/></rss>",
        "<rss version='2.0'><channel/><channel/></rss>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>a</title></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:r='http://purl.org/rss/1.0/' base='b'/>",
        "<html><body/></html>",
        "not even XML",
    ],
)
def test_other_formats_are_for_feedparser(text: str) -> None:
    """Older ones, declarations, and what is no feed at all."""
    assert usual(text.encode()) is None
