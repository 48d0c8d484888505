"""Footnotes: one numbering over the issue, by first use, with every way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from digest.types import Feature, Footnote, Quote
from tests.render.small_site import ISSUE

PATH = "systems/2026-05-02-fast-clocks/index.html"


def a_note(label: str, start: int, text: str = "words of the source here") -> Footnote:
    return Footnote(label, Quote("d" * 12, start, start + 9, text), "https://a.example/", "A")


def test_numbers_follow_first_use_over_the_issue(site: Mapping[str, str]) -> None:
    """A mark in a later feature goes on counting; the same passage keeps its number."""
    marks = re.findall(r'href="#fn-(\d+)" role="doc-noteref"', site[PATH])
    assert marks == ["1", "2", "2", "1", "2", "1"]


def test_every_mark_has_its_way_back(site: Mapping[str, str]) -> None:
    """Each mark has an id of its own, and its note leads back to exactly these."""
    ids = re.findall(r'<sup class="mark" id="(ref-[\d-]+)">', site[PATH])
    backs = re.findall(r'href="#(ref-[\d-]+)" role="doc-backlink"', site[PATH])
    assert len(set(ids)) == len(ids) == 6
    assert sorted(backs) == sorted(ids)


def test_two_marks_are_not_one_number(
    issue_page: Callable[..., str], feature: Callable[..., Feature]
) -> None:
    """Mail and feed readers have no style of ours that would set them apart."""
    notes = (a_note("a-1", 0, "one"), a_note("a-2", 50, "another"))
    page = issue_page(features=(feature(body="Both say so.[^a-1][^a-2]", notes=notes),))
    assert ">1</a></sup>\u202f<sup" in page
    assert ".<sup" in page


def test_numbers_ignore_the_order_of_definitions(
    issue_page: Callable[..., str], feature: Callable[..., Feature]
) -> None:
    """The first mark that is read is 1, wherever its note is defined; unused notes vanish."""
    notes = (
        a_note("a-1", 0, "unused words"),
        a_note("a-2", 50, "second"),
        a_note("a-3", 90, "first"),
    )
    page = issue_page(features=(feature(body="X.[^a-3] Y.[^a-2]", notes=notes),))
    items = re.findall(r'<li id="fn-(\d+)">.*?dir="auto">([^<]*)<', page, re.S)
    assert items == [("1", "first"), ("2", "second")]


def test_labels_are_of_one_file(
    issue_page: Callable[..., str], feature: Callable[..., Feature]
) -> None:
    """The same label in two features means two notes."""
    one = feature(slug="one", body="X.[^a-1]", notes=(a_note("a-1", 0, "of the first"),))
    two = feature(slug="two", body="Y.[^a-1]", notes=(a_note("a-1", 70, "of the second"),))
    page = issue_page(features=(one, two))
    assert re.findall(r'dir="auto">([^<]*)<', page) == ["of the first", "of the second"]


def test_a_mark_without_a_note_stays_text(
    issue_page: Callable[..., str], feature: Callable[..., Feature]
) -> None:
    """What a person mistyped is shown as typed, and is no link."""
    page = issue_page(features=(feature(body="X.[^nobody-1]"),))
    assert "X.[^nobody-1]" in page
    assert "doc-noteref" not in page


def test_a_note_says_where_and_when(site: Mapping[str, str]) -> None:
    """Name, topic, quote, day of fetching, and the link that opens the passage."""
    item = re.search(r'<li id="fn-1">.*?</li>', site[PATH], re.S)
    assert item
    for part in ("Owl", "(drift)", "four seconds fast", "2026-05-02", "#:~:text=the"):
        assert part in item.group()


def test_feeds_lead_to_the_page(site: Mapping[str, str]) -> None:
    """In a feed a mark leads to the note on the site, for readers tear entries apart."""
    url = "https://small.example/paper/systems/2026-05-02-fast-clocks/#fn-1"
    assert f"href=&#34;{url}&#34;" in site["atom.xml"]
    assert 'href=\\"#fn' not in site["feed.json"]
    assert len(ISSUE.features) == 2
