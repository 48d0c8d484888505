"""What surrounds an article: labels, menus and requests go; what is said in it stays."""

from __future__ import annotations

import pytest

from digest.extract.asides import without_asides
from digest.extract.clean import clean_html
from digest.extract.reading import parts

BASE = "https://ex.example/a"
TEXT = "<p>The wheel turned for the first time in nine years, and the miller counted the sacks.</p>"


def left(html: str) -> list[str]:
    read = parts(clean_html(TEXT * 3 + html, BASE))
    return [part.text for part in without_asides(read, BASE)][3:]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Related: <a href='/b'>Another mill, another river</a></p>" + TEXT,
        "<p><strong>READ MORE</strong></p>" + TEXT,
        "<p>See also:</p><ul><li><a href='https://o.example/b'>Bees</a></li></ul>" + TEXT,
        "<ul><li><a href='/b'>Bees</a></li><li><a href='/c'>Cows</a></li></ul>" + TEXT,
        "<h3><a href='/b'>Another story of this site</a></h3>" + TEXT,
    ],
)
def test_what_only_leads_on_goes(html: str) -> None:
    """Labels with their links, menus of the own site and cards of other articles are left out."""
    assert [text for text in left(html) if not text.startswith("The wheel")] == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>Subscribe to our newsletter.</p>",
        "<p>Follow Ann on Mastodon.</p><p><a href='/x'>Mills</a></p><h4>Comments</h4>",
        "<p>© 2026 The Mill</p>",
    ],
)
def test_requests_at_the_end_go(html: str) -> None:
    """What asks for something behind the last sentence is no part of the article."""
    assert left(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>Readers subscribe to our newsletter because of its recipes.</p>" + TEXT,
        "<p>Related work began in 1998, when the wheel of oak was carved.</p>" + TEXT,
        "<p>More than forty people watched.</p>" + TEXT,
        "<p>Watch the <a href='https://v.example/1'>film of the opening</a> for details.</p>"
        + TEXT,
        "<ul><li><a href='https://o.example/1'>One</a></li><li><a href='https://p.example/'>Two</a>"
        "</li></ul>" + TEXT,
        "<h3><a href='https://o.example/wheel'>The wheel, second edition</a></h3>" + TEXT,
        "<pre>subscribe(topic)</pre>",
    ],
)
def test_what_the_article_says_stays(html: str) -> None:
    """The same words within a sentence, links to other sites and code are content."""
    assert len(left(html)) == len(parts(clean_html(html, BASE)))
