"""The tree of cleaned HTML is the one that a parser for any HTML makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

from digest.extract.clean import clean_html
from digest.extract.tree import Child, Element, tree
from tests.extract.soup import soup

PAGES = sorted(Path(__file__).parent.parent.joinpath("data").rglob("*.html"))
BASE = "https://ex.example/a/"


def ours(child: Child, *, is_code: bool = False) -> object:
    """bs4 shortens white space that stands alone, but in code; to readers it is one anyway."""
    if isinstance(child, str):
        is_blank = not is_code and not child.strip(" \n\t\r\f\v")
        return ("\n" if "\n" in child else " ") if is_blank else child
    is_code = is_code or child.name == "pre"
    within = [ours(one, is_code=is_code) for one in child.children]
    return (child.name, child.attributes, within)


def theirs(child: PageElement) -> object:
    """bs4 marks what stands in `rt` and `rp` as no text of the page; ours leaves it out."""
    if not isinstance(child, Tag):
        return str(child) if type(child) is NavigableString else None
    within = [found for one in child.children if (found := theirs(one)) is not None]
    # The reader asks for no attribute with several values, which bs4 would split.
    attributes = {
        name: " ".join(value) if isinstance(value, list) else str(value)
        for name, value in child.attrs.items()
    }
    return (child.name, attributes, within)


def assert_alike(html: str) -> None:
    root = BeautifulSoup(f"<div>{html}</div>", "html.parser").div
    assert root is not None
    expected = [found for one in root.children if (found := theirs(one)) is not None]
    assert [ours(one) for one in tree(html).children] == expected, html


def test_chance_markup_has_the_same_tree() -> None:
    """After cleaning, whatever it was before."""
    for number in range(2_000):
        assert_alike(clean_html(soup(number), BASE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages_have_the_same_tree(page: Path) -> None:
    """Whole pages, cleaned."""
    assert_alike(clean_html(page.read_text(encoding="utf-8", errors="replace"), BASE))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a</b>b</p>c", "abc"),
        ("<ul><li>a</ul>b", "ab"),
        ("a &amp; <b>b", "a & b"),
        ("a < b > c", "a < b > c"),
        ("<ruby>漢<rp>(</rp><rt>kan</rt></ruby> x", "漢 x"),
        ("", ""),
    ],
)
def test_no_text_is_lost_in_markup_that_is_not_well_kept(html: str, text: str) -> None:
    """Ends without a beginning, beginnings without an end."""
    assert tree(html).text() == text


def test_elements_know_where_they_stand() -> None:
    """The way up, along and down."""
    root = tree("<ul><li>a<p>b</p>c<br></li></ul>d")
    item = next(root.within({"li"}))
    paragraph = next(item.within({"p"}))
    assert [one.name for one in paragraph.around()] == ["li", "ul"]
    after = paragraph.following()
    assert after[0] == "c"
    assert isinstance(after[1], Element)
    assert [one.name for one in root.elements()] == ["ul"]
