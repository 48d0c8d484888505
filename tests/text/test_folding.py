"""Folding: what is only typography is one, everything else stays, offsets lead back."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import fold, is_bounded, words

SAME = [
    ("“Pro”", '"pro"'),
    ("‘Pro’", "'Pro'"),
    ("«Pro»", "“Pro”"),
    ("„Pro“", '"Pro"'),
    ("don’t", "don't"),
    ("donʼt", "don‘t"),
    ("rock ’n’ roll", "rock 'n' roll"),
    ("3–6 months", "3-6 months"),
    ("well\u2011known", "well-known"),
    ("well‐known", "well-known"),
    ("−5 °C", "-5 °C"),
    ("fast — and cheap", "fast - and cheap"),
    ("fast—and cheap", "fast — and cheap"),
    ("fast – and cheap", "fast—and cheap"),
    ("fast--and cheap", "fast — and cheap"),
    ("fast -- and cheap", "fast—and cheap"),
    ("wait…", "wait..."),
    ("wait . . .", "wait . . ."),
    ("wait. . . now", "wait... now"),
    ("[…]", "[...]"),
    ("a\u00a0b", "a b"),
    ("a\u2009b", "a b"),
    ("a \n\t b", "a b"),
    ("a\u2028b", "a b"),
    ("pro\u00adduct", "product"),
    ("zero\u200bwidth", "zerowidth"),
    ("\ufeffstart", "start"),
    ("❤\ufe0f", "❤"),
    ("ﬁne ﬂow", "fine flow"),
    ("Straße", "STRASSE"),
    ("cafe\u0301", "café"),
    ("CAFÉ", "cafe\u0301"),
    ("Å", "A\u030a"),
    ("①", "1"),
    ("ｆｕｌｌ", "full"),
    ("H₂O", "h2o"),
    ("x²", "x2"),
    ("ΣΑΣ", "σασ"),
    ("각", "\u1100\u1161\u11a8"),
    ("ｶﾞ", "ガ"),
    ("10 km", "10\u202fkm"),
]
DIFFERENT = [
    ("3.48", "348"),
    ("3.48", "3,48"),
    ("1,000", "1000"),
    ("can", "can't"),
    ("well-known", "well known"),
    ("re-sign", "resign"),
    ("$5", "5"),
    ("27%", "27"),
    ("a.b", "a b"),
    ("naïve", "naive"),
    ("-force", "--force"),
    ("up to", "upto"),
    ("5 -3", "5-3"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_typography_is_one(one: str, other: str) -> None:
    """Marks, dashes, ellipses, blanks, case and Unicode form fold to the same text."""
    assert fold(one).text == fold(other).text


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_digits_and_punctuation_stay(one: str, other: str) -> None:
    """What changes a word, a number or its sign is no typography."""
    assert fold(one).text != fold(other).text


@pytest.mark.parametrize(
    ("text", "part", "own"),
    [
        ("A “Pro” ﬁle … was — found", "'pro' file", "“Pro” ﬁle"),
        ("A “Pro” ﬁle … was — found", "... was", "… was"),
        ("A “Pro” ﬁle … was — found", "was-found", "was — found"),
        ("the  cafe\u0301\n\nis open", "café is", "cafe\u0301\n\nis"),
        ("x pro\u00addu\u200bct y", "product", "pro\u00addu\u200bct"),
        ("\ufeffone two", "one", "one"),
        ("ein Straßenfest", "strassenfest", "Straßenfest"),
        ("İzmir is big", "is big", "is big"),
    ],
)
def test_span_leads_to_the_original_characters(text: str, part: str, own: str) -> None:
    """The offsets of a folded part name exactly the characters that it was made of."""
    folded = fold(text)
    at = folded.text.index(part)
    start, end = folded.span(at, at + len(part))
    assert text[start:end] == own


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """Folding is idempotent."""
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(alphabet=st.sampled_from("aé.…—- –'“”\n\u00ad\u0301ﬁßİ x"), max_size=30))
def test_span_of_each_place_is_inside_and_in_order(text: str) -> None:
    """Every folded span lies within the original, and folds to what holds that span."""
    folded = fold(text)
    for start in range(len(folded.text)):
        left, right = folded.span(start, start + 1)
        assert 0 <= left <= right <= len(text)
        assert folded.text[start] in fold(text[left:right]).text or folded.text[start] in " -.'"


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_neighbouring_spans_do_not_cross(text: str, one: int, two: int) -> None:
    """A later folded offset never leads to an earlier original one."""
    folded = fold(text)
    first, second = sorted((min(one, len(folded.text)), min(two, len(folded.text))))
    assert folded.span(first, first)[0] <= folded.span(second, second)[0]


@given(st.text())
def test_unicode_form_makes_no_difference(text: str) -> None:
    """Composed and decomposed text fold to the same words."""
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "part", "bounded"),
    [
        ("the cache works", "cache", True),
        ("the caches work", "cache", False),
        ("costs 3.48 dollars", "48", False),
        ("costs 3.48 dollars", "3.48", True),
        ("costs 3.48 dollars", "3", False),
        ("1,000 users", "000 users", False),
        ("costs $5 each", "5 each", False),
        ("costs $5 each", "$5 each", True),
        ("rose by 27% then", "by 27", False),
        ("rose by 27% then", "by 27%", True),
        ("it fell to -5 there", "5 there", False),
        ("they can't go", "they can", False),
        ("they can’t go", "they can", False),
        ("a non-profit firm", "profit firm", False),
        ("a non-profit firm", "non-profit firm", True),
        ("fast — and cheap", "and cheap", True),
        ("fast—and cheap", "and cheap", True),
        ("3–6 months", "6 months", False),
        ("“We won,” he said", "We won", True),
        ("pro\u00adfit grows", "fit grows", False),
        ("モデルは速い", "速い", True),
        ("see (the cache).", "the cache", True),
        ("end of 2026.", "of 2026", True),
        ("the Smiths' house", "Smiths", True),
    ],
)
def test_boundaries_of_words_and_numbers(text: str, part: str, bounded: bool) -> None:
    """No part begins or ends within a word, number, contraction or compound."""
    at = text.index(part)
    assert is_bounded(text, at, at + len(part)) is bounded


def test_a_long_text_folds_from_end_to_end() -> None:
    """Offsets hold over 720 kB as over a line."""
    text = ("The quick brown fox — it is “lazy” — jumps over 3.5 dogs a day. " * 12_000)[:720_000]
    folded = fold(text)
    assert folded.span(0, len(folded.text)) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10**6,
        " " * 10**6,
        "—" * 10**6,
        " -" * 500_000,
        "'" * 10**6,
        ". " * 500_000,
        "e" + "\u0301" * 10**5,
        "\u200b" * 10**6,
        "\n \n" * 300_000,
    ],
    ids=["word", "blanks", "dashes", "hyphens", "marks", "stops", "accents", "hidden", "lines"],
)
def test_folding_hostile_text_ends(text: str) -> None:
    """A megabyte of one sign costs no more than a megabyte of words."""
    start = time.process_time()
    fold(text)
    assert time.process_time() - start < 3
