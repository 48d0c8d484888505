"""Text, blocks and links: each offset is exact, each kind of block is what the page shows."""

from __future__ import annotations

import pytest

from digest.extract.clean import clean_html
from digest.extract.reading import Reading, read


def reading(html: str) -> Reading:
    return read(clean_html(html, "https://ex.example/"))


def blocks(html: str) -> list[tuple[str, str]]:
    made = reading(html)
    return [(block.kind, made.text[block.start : block.end]) for block in made.blocks]


def test_blocks_and_anchors_are_slices_of_the_text() -> None:
    """Blocks cover the text in order, with two line feeds between (one within list or table)."""
    made = reading(
        "<h2>Head</h2><p>See <a href='/x'> the  page </a>, now.</p>"
        "<ul><li>a</li><li><a href='/y'>b</a></li></ul>"
        "<table><tr><th>k</th><th>v</th></tr><tr><td>x</td><td><a href='/z'>1</a></td></tr></table>"
    )
    assert made.text == "Head\n\nSee the page , now.\n\na\nb\n\nk\tv\nx\t1"
    anchors = {made.text[link.start : link.end]: link.url for link in made.links}
    assert anchors == {
        "the page": "https://ex.example/x",
        "b": "https://ex.example/y",
        "1": "https://ex.example/z",
    }
    assert "".join(made.text[block.start : block.end] for block in made.blocks) == (
        "HeadSee the page , now.abk\tvx\t1"
    )


def test_lists_keep_depth_order_and_group() -> None:
    """Nested items belong to the outer list's group; a second list is another one."""
    made = reading("<ol><li>one<ul><li>in</li></ul></li><li>two</li></ol><ul><li>x</li></ul>")
    facts = [(block.level, block.ordered, block.group) for block in made.blocks]
    assert facts == [(1, True, 1), (2, False, 1), (1, True, 1), (1, False, 2)]


def test_paragraphs_of_an_item_are_one_passage() -> None:
    """An item is one block though its markup has paragraphs; code in it is a block of its own."""
    assert blocks("<ul><li><p>a.</p><p>b.</p></li></ul>") == [("item", "a. b.")]
    assert blocks("<ul><li>run<pre>x\n y</pre>then</li></ul>") == [
        ("item", "run"),
        ("code", "x\n y"),
        ("paragraph", "then"),
    ]


@pytest.mark.parametrize(
    ("html", "speaker"),
    [
        ("<blockquote><p>Q</p><p>— Jane Doe, Acme</p></blockquote>", "Jane Doe"),
        ("<blockquote>Q<cite>Jane Doe</cite></blockquote>", ""),
        ("<blockquote><p>Q</p><cite>Jane Doe</cite></blockquote>", "Jane Doe"),
        ("<blockquote><p>Q</p></blockquote><p>— <a href='/x'>Jane Doe</a> (2026)</p>", "Jane Doe"),
        (
            "<figure><blockquote>Q</blockquote><figcaption>Jane Doe</figcaption></figure>",
            "Jane Doe",
        ),
        ("<blockquote><p>Q</p></blockquote><p>Jane Doe was not quoted.</p>", ""),
    ],
)
def test_speakers_are_read_where_the_page_marks_them(html: str, speaker: str) -> None:
    """A dash, `<cite>` or a caption names who is quoted; a following sentence does not."""
    assert next(block.speaker for block in reading(html).blocks if block.kind == "quote") == speaker


def test_tables_are_rows_and_layout_is_not() -> None:
    """Head rows have level 0, spanned columns stay in place; tables that place things are prose."""
    made = reading(
        "<table><caption>C</caption><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead>"
        "<tr><td colspan=2>x</td><td>y</td></tr></table>"
    )
    assert [(one.kind, one.level, one.group) for one in made.blocks] == [
        ("caption", 0, 1),
        ("row", 0, 1),
        ("row", 1, 1),
    ]
    assert made.text == "C\n\na\tb\tc\nx\t\ty"
    assert blocks("<table><tr><td><p>Only one column.</p></td></tr></table>") == [
        ("paragraph", "Only one column.")
    ]
    assert blocks(
        "<table><tr><td><pre>1\n2</pre></td><td><pre>def f():\n    pass</pre></td></tr></table>"
    ) == [("code", "def f():\n    pass")]


def test_signs_that_only_markup_carries() -> None:
    """Powers are no longer numbers, `<q>` has its marks, notes and permalinks are no text."""
    assert reading("<p>10<sup>6</sup> m<sup>2</sup>, 1<sup>st</sup></p>").text == "10^6 m^2, 1st"
    assert reading("<p>She said <q>yes</q>.</p>").text == "She said “yes”."
    assert reading(
        "<p>True.<sup><a href='#n'>[1]</a></sup></p><p>Note. <a href='#r'>↩</a></p>"
    ).text == ("True.\n\nNote.")
    assert reading("<h2>Head <a href='#h'>#</a></h2>").text == "Head"


def test_alternative_text_is_not_text_and_captions_are() -> None:
    """What an image shows is told by its caption alone."""
    html = (
        "<figure><img src='/i.png' alt='Alt words'><figcaption>Caption words.</figcaption></figure>"
    )
    assert blocks(html) == [("caption", "Caption words.")]


def test_two_breaks_end_a_paragraph() -> None:
    """One break is a blank, two are a new paragraph, as old pages write them."""
    assert blocks("a<br>b<br><br>c") == [("paragraph", "a b"), ("paragraph", "c")]


def test_links_around_blocks_belong_to_each() -> None:
    """A card that is one link gives an anchor in each of its blocks."""
    made = reading("<a href='/card'><h3>Title</h3><p>Text</p></a>")
    assert [made.text[link.start : link.end] for link in made.links] == ["Title", "Text"]


def test_nothing_gives_nothing() -> None:
    """Without text there is no block."""
    assert reading("<p> </p><ul><li></li></ul><pre>\n</pre>") == Reading("", (), ())


def test_a_standfirst_in_large_type_is_a_paragraph() -> None:
    """What is marked up as a heading and has several lines can be quoted like any sentence."""
    short, long = "The mill by the river", "The mill by the river was rebuilt. " * 5
    made = read(f"<h2>{short}</h2><h2>{long}</h2>")
    assert [block.kind for block in made.blocks] == ["heading", "paragraph"]
