"""The short way of cleaning gives what the long way gives, to the letter, or steps aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.extract.clean import clean_html, cleaned_twice, shaped
from digest.extract.visible import rewritten
from tests.extract.soup import soup

BASE = "https://ex.example/a/"
PAGES = sorted(Path(__file__).parent.parent.joinpath("data").rglob("*.html"))


def test_chance_markup_is_cleaned_alike() -> None:
    """Whatever tags stand in whatever order; and most of it takes the short way."""
    short = 0
    for number in range(4_000):
        once = shaped(soup(number))
        quick = rewritten(once, BASE)
        if quick is not None:
            short += 1
            assert quick == cleaned_twice(once, BASE), soup(number)
    assert short > 2_500


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_are_cleaned_alike(page: Path) -> None:
    """Real ones too, whole."""
    once = shaped(page.read_text(encoding="utf-8", errors="replace"))
    quick = rewritten(once, BASE)
    assert quick is None or quick == cleaned_twice(once, BASE)


@pytest.mark.parametrize(
    "html",
    [
        "<p><marquee><p>x</p></marquee></p>",
        "<h2><form><h2>x</h2></form></h2>",
        "<li><table><li>x</table>",
        "<pre><img>\n\nx</pre>",
        "<p style='display:none'>x</p>",
        "<p>soft\u00adhyphen</p>",
        "<div>" * 120 + "x",
        "<a href='http://xn--80ak6aa92e.example.xn--p1ai/'>x</a>",
        "<ruby><rp><section><rp>x",
    ],
)
def test_doubt_takes_the_long_way(html: str) -> None:
    """What is hidden, invisible, too deep, or would read differently a second time."""
    assert rewritten(shaped(html), BASE) is None
    assert clean_html(html, BASE) == cleaned_twice(shaped(html), BASE)


def test_links_and_images_are_rewritten_alike() -> None:
    """The usual body of a post: addresses, tracking, an image in and out of a link."""
    html = (
        "<p>A <a href='/x?utm_source=rss&amp;a=1'>link</a>, <a name=b>none</a>, "
        "<a href='https://y.example/'><img src='/i.png' alt='of &lt;it&gt; &amp; \"all\"'></a></p>"
        "<figure><img src=/j.png data-src=/k.png alt='J'><figcaption lang=de>Bild</figcaption>"
        "</figure><ol start=2><li>x</ol><table><tr><td colspan=2 style='color:red'>y</table>"
    )
    quick = rewritten(shaped(html), BASE)
    assert quick == cleaned_twice(shaped(html), BASE)
    assert 'href="https://ex.example/x?a=1"' in str(quick)
    assert 'data-image="1" href="https://ex.example/k.png"' in str(quick)
