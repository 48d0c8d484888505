"""Posts: their documents, what their feeds repeat, and when the page must be read."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Literal

import pytest

from digest.extract.clean import clean_html
from digest.extract.post import furniture, needs_page, post, seems_to_need_page
from digest.settings import Feed
from digest.types import Document, Entry

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
FEED = Feed(url="https://ex.example/feed", slug="ex")


def entry(
    html: str, title: str = "A post with a title", url: str = "https://ex.example/1"
) -> Entry:
    return Entry(
        "ex", url, url, url, title, author="Ann", html=clean_html(html, url), language="en"
    )


def document(one: Entry, known: frozenset[str] = frozenset()) -> Document | None:
    return post(one, site="Site", families={}, fetched_at=NOW, furniture=known)


def test_a_document_carries_what_the_feed_says() -> None:
    """Site, author and language come from the feed; the hash is that of the text."""
    made = document(entry("<p>Words.</p>"))
    assert made is not None
    assert (made.text, made.site, made.author, made.language) == ("Words.", "Site", "Ann", "en")
    assert made.sha256 == hashlib.sha256(b"Words.").hexdigest()
    assert (made.publisher, made.fetched_at) == ("ex.example", NOW)


def test_a_post_without_text_has_no_document() -> None:
    """An image, a rule or nothing is no text."""
    assert document(entry("")) is None
    assert document(entry("<p><img src='/i.png' alt='words'></p><p>—</p>")) is None


def repeated(number: int) -> list[Entry]:
    return [
        entry(
            f"<p>Post {n} says something of its own, {n * n}.</p><h3>Subscribe</h3>"
            f"<p>The post <a href='/{n}'>Number {n} of the series</a> appeared first on Site.</p>"
            "<p>You read the short form. <a href='/all'>Subscribe to all of it</a> here today.</p>",
            title=f"Number {n} of the series",
        )
        for n in range(number)
    ]


def test_what_a_feed_repeats_is_learned_and_removed() -> None:
    """Footers go, with titles in them and headings above them; the entry keeps its HTML."""
    posts = repeated(4)
    known = furniture(posts)
    for number, one in enumerate(posts):
        made = document(one, known)
        assert made is not None
        assert made.text == f"Post {number} says something of its own, {number * number}."
        assert "appeared first on" in one.html


def test_a_repeated_sentence_goes_from_within_its_block() -> None:
    """A sentence glued to the last paragraph is cut off; links before it keep their anchors."""
    footer = "You are reading the free edition of this letter."
    posts = [
        entry(f"<p>Fact {n} is <a href='/{n}'>here</a>. {footer}</p>", f"Title number {n}")
        for n in "abc"
    ]
    made = document(posts[0], furniture(posts))
    assert made is not None
    assert made.text == "Fact a is here."
    assert [made.text[link.start : link.end] for link in made.links] == ["here"]


def test_two_entries_or_a_minority_teach_nothing() -> None:
    """Repetition needs three entries and most of the feed."""
    assert furniture(repeated(2)) == frozenset()
    others = [entry(f"<p>Something else, {n}.</p>", f"Other title {n}") for n in range(7)]
    assert furniture([*repeated(3), *others]) == frozenset()


def test_code_rows_and_headings_are_no_furniture() -> None:
    """Release notes share an install line and a heading; both stay."""
    notes = [
        entry(
            f"<h2>Install it now, please</h2><pre>pip install tool now please</pre><p>Fix {n}.</p>"
        )
        for n in range(5)
    ]
    made = document(notes[0], furniture(notes))
    assert made is not None
    assert made.text == "Install it now, please\n\npip install tool now please\n\nFix 0."


LONG = "".join(
    f"<p>Paragraph {n} has a fair number of words that belong to it alone.</p>" for n in range(12)
)


@pytest.mark.parametrize(
    ("html", "needed"),
    [
        (LONG, False),
        (LONG + "<p>And then […]</p>", True),
        (LONG + "<p><a href='/1'>Continue reading →</a></p>", True),
        ("<p>A teaser.</p>", True),
        ("<p>" + "word " * 150 + "</p>", True),
        ("", True),
    ],
)
def test_teasers_need_their_page(html: str, needed: bool) -> None:
    """A whole post is read from the feed alone; a cut, short or missing one from its page."""
    one = entry(html)
    assert needs_page(one, FEED, document(one)) is needed


def test_settings_and_kinds_decide_first() -> None:
    """`full_text` overrules; link posts, videos and posts without address have no page to read."""
    short, long = entry("<p>A teaser.</p>"), entry(LONG)
    assert not needs_page(short, replace(FEED, full_text="feed"), document(short))
    assert needs_page(long, replace(FEED, full_text="page"), document(long))
    pointing = replace(short, points_to="https://o.example/x")
    assert not needs_page(pointing, FEED, document(pointing))
    video = replace(short, url="https://www.youtube.com/watch?v=1")
    assert not needs_page(video, FEED, document(video))
    assert not needs_page(replace(short, url=""), FEED, None)


def sized(words: int, tail: str = "", cut: str = "") -> str:
    return f"<p>{' '.join(f'word{n}' for n in range(words))}{cut}</p><p>{tail}</p>"


@pytest.mark.parametrize("url", ["https://ex.example/1", "https://www.youtube.com/watch?v=1", ""])
@pytest.mark.parametrize("points_to", ["", "https://other.example/"])
@pytest.mark.parametrize("full_text", ["auto", "page", "feed"])
@pytest.mark.parametrize("words", [0, 20, 150, 450, 900])
def test_a_look_says_what_the_document_would(
    url: str, points_to: str, full_text: Literal["auto", "page", "feed"], words: int
) -> None:
    """Wherever it says anything at all: with furniture, cut off, as a link post, as a video."""
    feed = replace(FEED, full_text=full_text)
    footer = "You read the letters of the mill, which come each week and cost nothing at all."
    known = frozenset({footer.lower().rstrip(".") + "."})
    for cut in ("", " …", " Read more"):
        for tail in ("", footer):
            one = replace(entry(sized(words, tail, cut), url=url), points_to=points_to)
            seen = seems_to_need_page(one, feed)
            for furniture_of_feed in (frozenset[str](), known):
                assert seen in (None, needs_page(one, feed, document(one, furniture_of_feed)))


def test_a_look_is_enough_for_most() -> None:
    """For teasers, and for whole texts that do not break off."""
    assert seems_to_need_page(entry(sized(40)), FEED) is True
    assert seems_to_need_page(entry(sized(900)), FEED) is False
    assert seems_to_need_page(entry(sized(900, cut=" …")), FEED) is None
