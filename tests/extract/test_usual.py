"""
Feeds of the usual form: the short way finds what feedparser finds, or leaves the feed to it.

`tests/benchmarks/feedparser_fixtures.py` holds the same against feedparser's own fixtures.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from digest.errors import ParseError
from digest.extract.raw import RawFeed
from digest.extract.usual import Found, usual
from digest.extract.xml_feed import read_xml
from tests.benchmarks.many_feeds import body
from tests.extract.odd_feeds import NAMES, odd_feed

URL = "http://f.example/feed"
DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser's, about its own dates
        yield


def both(text: str) -> tuple[RawFeed | str | None, RawFeed | str]:
    """What the short way finds, None where it steps aside; and what feedparser finds."""
    took = list[bool]()

    def watched(found: str) -> Found | None:
        made = usual(found)
        took.append(made is not None)
        return made

    short = read(text, watched)
    return (short if took == [True] else None), read(text, lambda found: None)


def read(text: str, short: Callable[[str], Found | None]) -> RawFeed | str:
    try:
        return read_xml(text, URL, short=short)
    except ParseError as exc:
        return exc.message


def test_chance_feeds_are_read_alike() -> None:
    """Elements in any order, twice or not at all, with odd texts and attributes."""
    short = 0
    for number in range(2_000):
        quick, full = both(odd_feed(number))
        short += quick is not None
        assert quick is None or quick == full, odd_feed(number)
    assert short > 350


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


@pytest.mark.parametrize(
    "inside",
    [
        "<title>a</title><title>b</title>",
        "<title>a<b>c</b></title>",
        "<title xml:lang='fr'>a</title>",
        "<link>http://x.example/?a=1&amp;amp;b=2</link>",
        "<pubDate>the day before yesterday</pubDate>",
        "<author>ann@x.example (Ann)</author>",
        "<unheard>a</unheard>",
        "<media:title>a</media:title>",
        "<description>quoted &#146;so&#146;</description>",
        "<slash:comments><title>a</title></slash:comments>",
        "<description>cut off",
    ],
)
def test_anything_odd_is_for_feedparser(inside: str) -> None:
    """An element or attribute that is not known, a second one, a text that needs mending."""
    assert (
        usual(f'<rss version="2.0"{NAMES}><channel><item>{inside}</item></channel></rss>') is None
    )


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss version='2.0'><channel/></rss>",
        "<rss version='0.91'><channel><title>a</title></channel></rss>",
        "<rss version='2.0'><channel/><channel/></rss>",
        "<rss version='2.0' xml:base='http://b.example/'><channel/></rss>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>a</title></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>",
        "<html><body/></html>",
        "not even XML",
    ],
)
def test_other_formats_are_for_feedparser(text: str) -> None:
    """Older ones, declarations, and what is no feed at all."""
    assert usual(text) is None
