"""Words, stems, counts; text for one line and for addresses; passages."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import (
    content_words,
    count_words,
    one_line,
    passages,
    slugify,
    stem,
    words,
)
from digest.types import Block, Document

FORMS = [
    "announce announces announced announcing announcement announcements",
    "model models",
    "price prices priced pricing",
    "company companies",
    "run running runs ran",
    "compress compressed compression",
    "generate generates generation generated",
    "fall falls falling fell",
    "cheap cheaper cheaply",
    "box boxes",
    "class classes",
    "try tries tried trying",
    "build builds building built",
    "person people",
]
APART = [("universe", "university"), ("price", "prize"), ("cat", "car"), ("test", "text")]


@pytest.mark.parametrize("forms", FORMS)
def test_forms_of_a_word_share_a_stem(forms: str) -> None:
    """Inflection makes no difference."""
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    """Words that only look alike stay apart."""
    assert stem(one) != stem(other)


def test_words_are_tokens_in_lower_case() -> None:
    """Numbers, contractions, file names and versions are one token each, compounds are not."""
    text = "It’s 3.5x, 1,000 users — don't use Node.js or C++ state-of-the-art at 10:30!"
    assert words(text) == (
        "it's", "3.5x", "1,000", "users", "don't", "use", "node.js", "or", "c++",
        "state", "of", "the", "art", "at", "10:30",
    )  # fmt: skip


def test_words_of_scripts_without_blanks_are_characters() -> None:
    """Each character counts, and latin words within stay whole."""
    assert words("GPTは速い") == ("gpt", "は", "速", "い")
    assert count_words("GPTは速い") == 4


def test_content_words_leave_out_what_carries_no_meaning() -> None:
    """Stop words, numbers and single letters are none; stems are given."""
    assert content_words("The 3 models were not announced by I or A in 2026") == (
        "model",
        "announc",
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("one", 1),
        ("state-of-the-art design", 2),
        ("fast — and cheap", 3),
        ("fast—and cheap", 3),
        ("it's $3.50!", 2),
        ("- * …", 0),
        ("a\tb\nc", 3),
    ],
)
def test_words_are_counted_as_people_do(text: str, count: int) -> None:
    """Signs are no words, a hyphenated word is one."""
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("How the Cache Works!", "how-the-cache-works"),
        ("Don’t panic: it’s C++", "dont-panic-its-c"),
        ("Größe & Ærø café", "grosse-aero-cafe"),
        ("日本語", "untitled"),
        ("", "untitled"),
        ("a" * 100, "a" * 60),
        ("word " * 30, "-".join(["word"] * 12)),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    """Small letters, digits and hyphens, cut at a word, never empty."""
    assert slugify(text) == slug


@given(st.text())
def test_slugs_are_always_safe(text: str) -> None:
    """No title makes an address or file name that leads elsewhere."""
    slug = slugify(text)
    assert 0 < len(slug) <= 60
    assert slug.strip("-") == slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \n\t b\u2028c ", "a b c"),
        ("a\u202eb\u2066c", "abc"),
        ("a\u200b\u00adb\ufeff", "ab"),
        ("x\x00y\x1bz", "xyz"),
        ("flag\U000e0067\U000e007f", "flag"),
        ("half\ud800", "half"),
        ("❤\ufe0f", "❤\ufe0f"),
    ],
)
def test_one_line(text: str, line: str) -> None:
    """Nothing hidden stays, white space is one blank."""
    assert one_line(text) == line


@given(st.text())
def test_one_line_twice_changes_nothing(text: str) -> None:
    """And the result can be written to a file."""
    line = one_line(text)
    assert one_line(line) == line
    line.encode()


def _document(text: str, *blocks: Block) -> Document:
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Document("u", "u", "p", "s", "t", "a", None, text, "0" * 64, now, blocks=blocks)


def test_passages_are_sentences_of_prose_and_whole_other_blocks() -> None:
    """A list item of two sentences is one passage, a paragraph of two is two."""
    text = "A. title\n\nOne is here. Two is there.\n\nFirst item. More of it.\nrow\tcell. B\n\n  "
    kinds = (("heading", 0, 8), ("paragraph", 10, 36), ("item", 38, 61), ("row", 62, 73))
    blocks = [Block(kind, start, end) for kind, start, end in kinds]  # type: ignore[arg-type]
    found = passages(_document(text, *blocks, Block("caption", 75, 77)))
    assert [(p.number, text[p.start : p.end], p.block) for p in found] == [
        (1, "A. title", 0),
        (2, "One is here.", 1),
        (3, "Two is there.", 1),
        (4, "First item. More of it.", 2),
        (5, "row\tcell. B", 3),
    ]


def test_a_document_without_blocks_is_cut_at_blank_lines() -> None:
    """Plain text, as `check` reads it, has passages too."""
    found = passages(_document("A title\n\nOne. Two."))
    assert [(p.start, p.end, p.block) for p in found] == [(0, 7, -1), (9, 13, -1), (14, 18, -1)]
