"""Markdown becomes HTML that is safe under a strict policy and fits its page."""

from __future__ import annotations

import re

import pytest

from digest.render.excerpts import Excerpts
from digest.render.markdown import article_to_html, is_safe_link, line_to_html, to_html
from digest.types import Claim, Span


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/",
        "HTTP://a.example",
        "mailto:a@b.example",
        "../about/",
        "#x",
        "a?b:c",
        "/a:b",
    ],
)
def test_links_that_may_stand(url: str) -> None:
    assert is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " \tjavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/",
        "\\\\evil.example/",
        "blob:x",
    ],
)
def test_links_that_may_not(url: str) -> None:
    """Nothing that acts, reads a disk or changes the host in disguise."""
    assert not is_safe_link(url)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert%281%29)",
        "[x](<java&#10;script:alert(1)>)",
        "<javascript:alert(1)>",
        "![x](data:image/svg+xml,a)",
        "a <b onclick=x> c",
    ],
)
def test_hostile_text_stays_text(text: str) -> None:
    """No tag, handler or active link of a source comes through, in blocks or in lines."""
    for html in (to_html(text), article_to_html(text), line_to_html(text)):
        assert not re.search(r"<(script|img|b)\b", html)
        assert not re.search(r"(href|src)=\"(?!https?:|mailto:|[./#])", html)


def test_headings_begin_at_the_level_of_the_page_and_skip_none() -> None:
    html = to_html("# A\n\n#### B\n\n## C\n\n# D", top=3)
    assert re.findall(r"<h(\d)>(\w)", html) == [("3", "A"), ("4", "B"), ("4", "C"), ("3", "D")]


def test_levels_end_at_six() -> None:
    html = to_html("# A\n\n## B\n\n### C\n\n#### D\n\n##### E", top=3)
    assert re.findall(r"<h(\d)>", html) == ["3", "4", "5", "6", "6"]


def test_cells_carry_classes_and_no_style() -> None:
    """The policy of the pages refuses style attributes; numbers stand right on their own."""
    html = to_html("| a | b | c |\n| --- | :-: | --- |\n| 1 | x | $3.48 |\n| 20 | y | ~4% |")
    assert "style=" not in html
    assert html.count('class="number"') == 6
    assert html.count('class="align-center') == 3
    assert html.count('scope="col"') == 3


def test_a_short_cell_is_not_broken() -> None:
    """A column of dates or names stays on one line each; a column of sentences may not."""
    html = to_html("| a | b |\n| --- | --- |\n| 2026-05-02 | It was seen in May |")
    assert html.count('<td class="short">2026-05-02</td>\n<td>It was') == 1


def test_a_quotation_names_its_speaker() -> None:
    html = to_html("> We look.\n> — Ada <b>")
    assert "<figcaption>— Ada &lt;b&gt;</figcaption>" in html
    assert "<p>We look.</p>" in html


@pytest.mark.parametrize("text", ["> — dashed words alone", "> Nobody is named — here", "> a\n> b"])
def test_a_quotation_without_speaker(text: str) -> None:
    assert "figcaption" not in to_html(text)


def test_a_speaker_may_stand_apart() -> None:
    html = to_html("> We look.\n>\n> — Ada")
    assert "<figcaption>— Ada</figcaption>" in html
    assert html.count("<p>") == 1


def test_images_are_links() -> None:
    """Nothing foreign loads; the words of the picture are there."""
    html = to_html("![A clock](https://a.example/c.png)")
    assert html == '<p><a class="image" href="https://a.example/c.png">Image: A clock</a></p>\n'


def test_relative_links_become_whole_for_feeds() -> None:
    html = article_to_html("[a](../b/)", base="https://a.example/x/y/")
    assert 'href="https://a.example/x/b/"' in html


def test_footnotes_of_articles_are_in_the_text() -> None:
    html = article_to_html("Yes.[^n] Yes.[^n]\n\n[^n]: Because.")
    assert html.count('href="#fn1"') == 2
    assert ">1</a>" in html
    assert "<hr" not in html
    assert ":1<" not in html


def test_bare_addresses_are_no_links() -> None:
    assert "<a" not in to_html("https://a.example/ and www.a.example")


# -------------------------------------------------------------------------- excerpts


def excerpts_in(html: str) -> list[str]:
    return re.findall(r'<span class="excerpt">(.*?)</span>', html)


def test_text_that_was_computed_is_not_quoted() -> None:
    html = to_html(
        "Two feeds tell of it.\n\nIt is over.",
        excerpts=Excerpts((Claim("Two feeds tell of it.", "computed"),), unmarked=True),
    )
    assert excerpts_in(html) == ["“It is over.”"]


def test_sentences_without_a_mark_are_not_quoted_in_features() -> None:
    assert excerpts_in(to_html("It is over.", excerpts=Excerpts())) == []


def test_each_extracted_sentence_is_a_quotation() -> None:
    """Sentences from two places never share one pair of quotation marks."""
    claims = (Claim("It is over.", "extracted"), Claim("It is *over*. Really.", "extracted"))
    html = to_html("It is over. It is over.", excerpts=Excerpts(claims, unmarked=True))
    assert excerpts_in(html) == ["“It is over.”", "“It is over.”"]


def test_sentences_that_follow_each_other_are_one_quotation() -> None:
    first = Claim("It is over.", "extracted", (Span("d", 10, 21),))
    second = Claim("We are glad.", "extracted", (Span("d", 22, 34),))
    far = Claim("We left.", "extracted", (Span("d", 90, 98),))
    elsewhere = Claim("So did we.", "extracted", (Span("e", 99, 109),))
    html = to_html(
        "It is over. We are glad. We left. So did we.",
        excerpts=Excerpts((first, second, far, elsewhere), unmarked=True),
    )
    assert excerpts_in(html) == ["“It is over. We are glad.”", "“We left.”", "“So did we.”"]


def test_quotation_marks_are_not_doubled() -> None:
    html = to_html("“All of it.”\n\n“A,” she said.", excerpts=Excerpts(unmarked=True))
    assert excerpts_in(html) == ["“All of it.”", "“\u200a“A,” she said.”"]


def test_markup_inside_an_excerpt_is_kept() -> None:
    html = to_html("The `clock` ran.", excerpts=Excerpts(unmarked=True))
    assert excerpts_in(html) == ["“The <code>clock</code> ran.”"]


def test_quotations_and_headings_are_no_excerpts() -> None:
    html = to_html("# A\n\n> B.\n\n| C |\n| --- |\n| D |", excerpts=Excerpts(unmarked=True))
    assert excerpts_in(html) == []


@pytest.mark.parametrize("text", [">", "- >", "> > x\n>", "> ---", "> # A"])
def test_a_quotation_may_be_empty_or_end_in_another_block(text: str) -> None:
    assert "<blockquote>" in to_html(text)
