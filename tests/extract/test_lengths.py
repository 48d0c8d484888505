"""The short ways of measuring a body never say more, or less, than the whole count."""

from __future__ import annotations

import random

from digest.extract.clean import clean_html
from digest.extract.feed import _body
from digest.extract.lengths import at_most, count_all, has, has_own
from digest.extract.raw import Body, RawPost
from tests.extract.soup import soup

BASE = "https://ex.example/a/"
EXTRA = (
    "&#20013;&#25991; a&mdash;b",
    "a--b - c",
    "<img src=/i.png width=90>",
    "中文 text",
    "word " * 40,
)


def body(number: int) -> str:
    chance = random.Random(number)
    return " ".join(
        [soup(number), *chance.choices(EXTRA, k=chance.randint(0, 3)), soup(number + 1)]
    )


def test_there_are_never_more_words_than_at_most() -> None:
    """Whatever cleaning parts or brings."""
    for number in range(3_000):
        html = body(number)
        assert count_all(clean_html(html, BASE)) <= at_most(html), html


def test_what_surely_has_so_many_words_has_them() -> None:
    """In all, and outside of quotations and code."""
    found = 0
    for number in range(3_000):
        html = clean_html(body(number), BASE)
        words = count_all(html)
        found += has(html, words // 2)
        assert not has(html, words + 1)
        assert not has_own(html, words + 1)
    assert found > 1_500
    assert has("<p>one two</p>" * 900, 1_800)
    assert has_own("<p>one two</p><blockquote><p>three</p></blockquote>" * 900, 1_800)
    assert not has_own("<p>one two</p><blockquote><p>three</p></blockquote>" * 900, 1_801)
    assert not has_own("<blockquote>" + "<p>one two</p>" * 900 + "</blockquote>", 1)


def test_the_body_is_the_one_that_whole_counts_choose() -> None:
    """The first, unless a later one has half as many words again."""
    chance = random.Random(7)
    for number in range(2_000):
        htmls = [body(number + n) if chance.random() < 0.9 else "" for n in range(3)]
        chosen, most = "", 0
        cleaned = [clean_html(html, BASE).strip() for html in htmls]
        for html in cleaned:
            if (words := count_all(html)) > most * 1.5:
                chosen, most = html, words
        chosen = chosen or next((html for html in cleaned if html), "")
        assert _body(RawPost("", "", "", tuple(Body(html, BASE) for html in htmls))) == chosen
