"""OPML as readers really write it, and ours as they really read it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from digest.errors import ParseError
from digest.opml import read, write
from digest.settings import Feed

NESTED = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>Mine</title></head><body>
 <outline text="Machine Learning" title="Machine Learning">
  <outline type="rss" text="One &amp; only" title="One &amp; only" xmlUrl="https://one.example/feed"/>
  <outline text="Deep"><outline text="Two" xmlurl="feed://two.example/rss"/></outline>
 </outline>
 <outline text="News"><outline text="One again" xmlUrl="https://one.example/feed"/></outline>
 <outline text="Loose" xmlUrl="https://three.example/atom" category="/a/b,c d"/>
 <outline text="Odd" xmlUrl="javascript:alert(1)"/>
 <outline text="A note"/>
</body></opml>"""


def test_folders_are_tags() -> None:
    """Nested, doubled, loose, with categories; what no feed can be is named."""
    feeds, refused = read(NESTED, "x.opml")
    assert [(feed.url, feed.title, feed.tags) for feed in feeds] == [
        ("https://one.example/feed", "One & only", ("machine-learning", "news")),
        ("https://two.example/rss", "Two", ("machine-learning", "deep")),
        ("https://three.example/atom", "Loose", ("a", "b", "c-d")),
    ]
    assert refused == ("javascript:alert(1)",)


@pytest.mark.parametrize(
    "body",
    [
        b'<opml><body><outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"></body></opml>',
        b'<opml><body><outline text="A" xmlUrl="https://a.example/?x=1&amp;y=2"/>',
        '<opml><body><outline text="Ä" xmlUrl="https://a.example/?x=1&amp;y=2"/></body></opml>'.encode(
            "utf-8-sig"
        ),
    ],
)
def test_what_is_not_quite_xml(body: bytes) -> None:
    """A bare ampersand, a missing end, a byte order mark: the feed is read."""
    ((feed,), _) = read(body, "x.opml")
    assert feed.url.startswith("https://a.example/")


@pytest.mark.parametrize("body", [b"", b"not xml", b"<html><body/></html>", b"\x00\xff"])
def test_what_is_no_opml_is_refused(body: bytes) -> None:
    """With the file's name and what was expected."""
    with pytest.raises(ParseError, match=r"x\.opml: not OPML"):
        read(body, "x.opml")


def test_no_entity_is_opened() -> None:
    """A file that names files, or grows without end, gets nothing of it."""
    bomb = '<!ENTITY a0 "xxxxxxxxxx">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    body = (
        f'<!DOCTYPE opml [{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]><opml><body>'
        '<outline text="&f;" xmlUrl="https://a.example/"/><outline text="&a11;"/></body></opml>'
    )
    try:
        feeds, _ = read(body.encode(), "x.opml")
    except ParseError:
        return
    assert all(len(feed.title) < 10 for feed in feeds)


def test_there_and_back() -> None:
    """What we write is XML that we and others read: addresses, titles, tags, hostile or not."""
    feeds = (
        Feed(url="https://a.example/?x=1&y='2'", slug="a", title='<"A"> & \x07', tags=("x", "y")),
        Feed(url="https://b.example/", slug="b"),
        Feed(url="https://c.example/", slug="c", title="C", tags=("x",)),
    )
    text = write('My "feeds" <&>', feeds)
    root = ET.fromstring(text)
    assert root.findtext("head/title") == 'My "feeds" <&>'
    read_back, refused = read(text.encode(), "x.opml")
    assert not refused
    assert {(feed.url, feed.title, feed.tags) for feed in read_back} == {
        ("https://a.example/?x=1&y='2'", '<"A"> &', ("x", "y")),
        ("https://b.example/", "b", ()),
        ("https://c.example/", "C", ("x",)),
    }
