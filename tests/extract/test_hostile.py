"""Bytes of strangers: nothing crashes, and what comes out lies within its text."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import ParseError
from digest.extract.article import article
from digest.extract.clean import clean_html
from digest.extract.reading import read
from digest.types import Entry
from tests.benchmarks.extract_traps import TRAPS

NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
URL = "https://ex.example/page"
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td colspan='9'>", "</table>", "<ul>",
        "<li>", "</ul>", "<pre>", "</pre>", "<blockquote>", "</blockquote>", "<a href='/x'>",
        "</a>",
        "<h2>", "</h2>", "<br>", "<!--", "-->", "<![CDATA[", "]]>", "<svg>", "<math>", "<style>",
        "</style>", "<template>", "<p hidden>", "<p style='opacity:0'>", "&amp;", "&#0;",
        "&#x202e;",
        "\x00", "\ud83d", "\u200b", "<script type='application/ld+json'>", "</script>", "<article>",
        '{"@type": "Article", "articleBody": ["x"], "author": {"name": 7}}', "<base href='//['>",
        "<link rel=canonical href='http://[bad'>", "<meta charset=utf-7>", "Words of a mill. " * 9,
        "名前は水車。", "שלום עולם", "<q>", "<sup>6</sup>", "<cite>Ann</cite>",
        "<figure><figcaption>",
    ]
)  # fmt: skip
MARKUP = st.lists(PIECES | st.text(max_size=20), max_size=40).map("".join)


def body(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MARKUP, st.sampled_from(["text/html", "", "text/plain", "text/markdown", "x;charset=?"]))
def test_any_page_is_read_or_refused(markup: str, content_type: str) -> None:
    """A page gives a document whose blocks and links lie within its text, or a ParseError."""
    hint = Entry("f", "1", URL, URL, "A mill", html=clean_html(markup, URL))
    try:
        made = article(
            body(markup),
            url=URL,
            content_type=content_type,
            fetched_at=NOW,
            families={},
            hint=hint,
        )
    except ParseError:
        return
    assert "\x00" not in made.text
    spans = [(one.start, one.end) for one in made.blocks]
    spans += [(one.start, one.end) for one in made.links]
    assert all(0 <= start < end <= len(made.text) for start, end in spans)
    assert made.text.encode("utf-8")


@settings(max_examples=150, deadline=None)
@given(MARKUP)
def test_cleaning_twice_changes_nothing(markup: str) -> None:
    """What passed the cleaner passes it again with the same text, whatever it was made of."""
    once = clean_html(markup, URL)
    assert read(clean_html(once, URL)).text == read(once).text


@pytest.mark.parametrize("trap", TRAPS, ids=lambda name: name.replace(" ", "-"))
def test_traps_are_read_or_refused(trap: str) -> None:
    """Markup that parsers run away with is a page like any other."""
    page = f"<html><body><article>{TRAPS[trap](300)}</article></body></html>".encode()
    with contextlib.suppress(ParseError):
        article(page, url=URL, content_type="text/html", fetched_at=NOW, families={})
