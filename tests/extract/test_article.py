"""Pages: the text of the article, what the page says about itself, and what is no article."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from digest.errors import ParseError
from digest.extract.article import article
from digest.types import Document, Entry

from .corpus import PAGES, page_lines

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
URL = "https://ex.example/page"
TEXT = (
    "The mill by the river was rebuilt after the flood of 1998, with a wheel of oak and a roof of "
    "slate. It grinds on Saturdays, and whoever brings a sack of grain may wait for the flour. "
)


def read(body: str | bytes, content_type: str = "text/html", hint: Entry | None = None) -> Document:
    data = body.encode() if isinstance(body, str) else body
    return article(data, url=URL, content_type=content_type, fetched_at=NOW, families={}, hint=hint)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_corpus(path: Path) -> None:
    """Each file gives what the text beside it says."""
    assert page_lines(path) == path.with_name(f"{path.name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_offsets(path: Path) -> None:
    """Blocks lie in order within the text, anchors within blocks, and all are words of the page."""
    made = article(
        path.read_bytes(), url=URL, content_type="text/html", fetched_at=NOW, families={}
    )
    at = 0
    for block in made.blocks:
        assert block.start >= at
        assert made.text[block.start : block.end].strip()
        at = block.end
    assert at == len(made.text)
    for link in made.links:
        assert any(block.start <= link.start < link.end <= block.end for block in made.blocks)
        assert link.url.startswith("http")


def test_nothing_secret_is_read() -> None:
    """What a page hides from its readers is in no field of the document."""
    made = article(
        next(path for path in PAGES if path.name == "hostile.html").read_bytes(),
        url=URL,
        content_type="text/html",
        fetched_at=NOW,
        families={},
    )
    assert "ecret" not in repr(made)
    assert "Ignore" not in repr(made)


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"%PDF-1.7\n", "application/pdf", "the PDF cannot be read"),
        (b"%PDF-1.7\n", "text/html", "the PDF cannot be read"),
        (b"\x89PNG\r\n", "image/png", "image/png"),
        (b'{"a": 1}', "application/json", "application/json"),
        (b"", "text/html", "an empty document"),
        (b"<rss version='2.0'><channel><p/></channel></rss>", "text/xml", "a feed"),
        (b"<html><body></body></html>", "text/html", "without readable text"),
        (b"\0\1\2\3\0\0\0\0\0\0\0\0\0\0\0\0", "text/html", "binary data"),
        (
            b"<html><title>Just a moment...</title><p>Verify you are human</p>",
            "text/html",
            "browser",
        ),
    ],
)
def test_what_is_no_page_is_refused_in_words(body: bytes, content_type: str, words: str) -> None:
    """The error names the address, what was expected and what was found."""
    with pytest.raises(ParseError) as caught:
        read(body, content_type)
    assert caught.value.subject == URL
    assert words in caught.value.message


def test_plain_text_and_markdown() -> None:
    """Bodies without HTML are read too: paragraphs of text, the structure of Markdown."""
    plain = read("First line\nof a paragraph.\n\nSecond, 1 < 2.", "text/plain; charset=utf-8")
    assert plain.text == "First line of a paragraph.\n\nSecond, 1 < 2."
    markdown = read("# Title\n\nSee [it](https://o.example/).\n\n- a\n- b\n", "text/markdown")
    assert (markdown.title, markdown.text) == ("Title", "See it.\n\na\nb")
    assert [link.url for link in markdown.links] == ["https://o.example/"]


def test_the_feed_fills_what_the_page_leaves_out() -> None:
    """Title, author, date and language come from the hint where the page has none."""
    day = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    hint = Entry("f", "1", URL, URL, "Hinted", author="Ann", published=day, language="en")
    made = read(f"<html><body><article><p>{TEXT * 3}</p></article></body></html>", hint=hint)
    assert (made.title, made.author, made.published, made.language) == ("Hinted", "Ann", day, "en")


def test_the_teaser_tells_the_right_text() -> None:
    """Where the first choice lacks the teaser's words, a candidate that has them is taken."""
    story = (
        "Harbour pilots went on strike on Monday over night shifts, and eleven freighters wait "
        "outside the breakwater until the talks resume on Thursday morning at the town hall. "
    )
    page = (
        '<html><head><script type="application/ld+json">{"@type": "NewsArticle", "articleBody": "'
        + story * 6
        + '"}</script></head><body><article>'
        + f"<p>{TEXT * 4}</p><p>{TEXT * 2}</p></article></body></html>"
    )
    hint = Entry("f", "1", URL, URL, "Strike", html=f"<p>{story}</p>")
    assert "Harbour pilots" in read(page, hint=hint).text
    assert "The mill" in read(page).text


def test_canonical_addresses_of_other_hosts_are_not_believed() -> None:
    """A page cannot name another site's page as its own address, and so its publisher."""
    page = "<html><head><link rel=canonical href='https://{}/a?utm_source=x'></head><p>" + TEXT * 3
    assert read(page.format("ex.example")).url == "https://ex.example/a"
    assert read(page.format("bank.example")).url == URL
    assert read(page.format("bank.example")).publisher == "ex.example"


def test_mentions_of_subscriptions_are_no_wall() -> None:
    """A long article about paywalls is read whole."""
    said = f"<p>Papers say: subscribe to continue reading. {TEXT * 4}</p>"
    made = read(f"<html><body><article><p>{TEXT * 4}</p>{said}</article></body></html>")
    assert made.wall == ""
    assert "subscribe to continue" in made.text


@pytest.mark.parametrize(
    ("headline", "title"),
    [("kind of mill", "Water mill"), ("Water mill", "Water mill"), ("Water Mill: a guide", "W")],
)
def test_a_headline_that_only_describes_is_no_title(headline: str, title: str) -> None:
    """Encyclopedias put a description there; the name that the page shows is its title."""
    data = json.dumps({"@type": "Article", "name": title, "headline": headline})
    page = (
        f'<html><head><title>Water mill - Pedia</title><script type="application/ld+json">{data}'
        f"</script></head><body><h1>Water mill</h1><p>{'A mill is driven by it. ' * 9}</p></body>"
    )
    made = article(
        page.encode(), url="https://p.example/", content_type="", fetched_at=NOW, families={}
    )
    assert made.title == ("Water mill" if "guide" not in headline else headline)


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Water mill - THE PAPER", "Water mill"),
        ("Water mill | Town | Paper", "Water mill"),
        ("Water mill-wright", "Water mill-wright"),
        ("Our water mill - rebuilt", "Our water mill - rebuilt"),
    ],
)
def test_a_title_lacks_the_sites_name(given: str, title: str) -> None:
    """What comes behind the page's own heading is not of the title."""
    page = (
        f'<html><head><meta property="og:title" content="{given}"></head><body>'
        f"<h1>Water mill</h1><p>{'A mill is driven by it. ' * 9}</p></body>"
    )
    made = article(
        page.encode(), url="https://p.example/", content_type="", fetched_at=NOW, families={}
    )
    assert made.title == title
