"""HTML in order is cleaned without a parser as with one, to the letter, or left to it."""

from __future__ import annotations

import pytest

from digest.extract.clean import cleaned_twice, shaped
from digest.extract.orderly import orderly
from digest.extract.xml_feed import read_xml
from tests.benchmarks.many_feeds import body
from tests.extract.neat import neat
from tests.extract.soup import soup

BASE = "https://ex.example/a/"


def alike(html: str, base: str = BASE) -> bool:
    """Whether the short way took it; what it made must be what the long way makes."""
    quick = orderly(html, base)
    assert quick is None or quick == cleaned_twice(shaped(html), base), html
    return quick is not None


def test_markup_of_programs_is_cleaned_alike() -> None:
    """Closed tags and quoted attributes, by chance, with oddities among them."""
    assert sum(alike(neat(number)) for number in range(6_000)) > 2_000


def test_chance_markup_is_cleaned_alike() -> None:
    """Tags in any order, hardly ever in order."""
    assert sum(alike(soup(number)) for number in range(4_000)) < 400


@pytest.mark.parametrize("number", range(6))
def test_whole_feeds_take_the_short_way(number: int) -> None:
    """Summaries and whole texts, as blogs publish them."""
    for post in read_xml(body(number, 0), "http://f.example/feed").posts:
        assert all(alike(one.html, one.base) for one in post.bodies)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<p>b</p></p>",
        "<p>a",
        "</p>",
        "<b><i>x</b></i>",
        "<a href='/x'><b><a href='/y'>z</a></b></a>",
        "<ul><li><div><li>x</li></div></li></ul>",
        "<table><tr><td>x</td></tr></table>",
        "<p>a < b</p>",
        "<p>a > b</p>",
        "<p/>x</p>",
        "<P>x</P>",
        "<p hidden>x</p>",
        "<p style='display:none'>x</p>",
        "<p lang='a' lang='b'>x</p>",
        "<p>soft\u00adhyphen</p>",
        "<p>soft&shy;hyphen</p>",
        "<p>&#8203;</p>",
        "<p>&copy 2026</p>",
        "<pre>\nx</pre>",
        "<pre><img src='/i.png' alt=''>\nx</pre>",
        "<div>" * 60 + "x" + "</div>" * 60,
        "<a href='mailto:a@b.example'>x</a>",
        "<a href='http://1.2.3.999/'>x</a>",
        "<a href='http://xn--a.example/'>x</a>",
        "<script>x</script>",
        "<p>x</p>\r\n",
    ],
)
def test_doubt_is_for_the_parser(html: str) -> None:
    """What a parser would move, close, decode or drop."""
    assert orderly(html, BASE) is None


def test_what_is_kept_and_dropped() -> None:
    """Addresses whole, images as links, signs spelled out, unknown attributes gone."""
    html = (
        "<section class='x'><p id=\"a\" lang='de'>A&#8217;s <a class=\"b\" "
        'href="/x?utm_source=rss&amp;a=1" target="_blank">link</a>\u00a0&quot;so&quot;</p>'
        '<!-- more --><figure><img src="/i.png" alt="of &quot;it&quot;" /></figure></section>'
    )
    assert orderly(html, BASE) == (
        '<p lang="de">A\u2019s <a href="https://ex.example/x?a=1" '
        'rel="noopener noreferrer nofollow">link</a>&nbsp;"so"</p>'
        '<figure><a data-image="1" href="https://ex.example/i.png" '
        'rel="noopener noreferrer nofollow">of "it"</a></figure>'
    )
