"""Q1 and Q2: a quote is in its document, or it is none."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import fold
from digest.verify.negations import negates
from digest.verify.quotes import Found, Missing, find
from tests.verify.material import ARTICLE, document, passage_texts

TEXT = document(
    (
        "paragraph",
        (
            "“Altman said the board was not told,” Ms. Toner wrote in the Times on May 4 — two "
            "weeks later. He can't say why it costs $3.48 per million tokens, up to 27% more than "
            "before; the landlord is not permitted to enter the flat without a week's notice in "
            "writing. "
            "The team of 1,000 people built a non-profit version [sic] in 3–6 months. It is small."
        ),
    ),
    (
        "paragraph",
        "Prices fell. " * 3 + "The rest of it stands far away. " + "x y z " * 90 + "End of it.",
    ),
)


FOLDED = fold(TEXT.text)


def _find(quote: str) -> Found | Missing:
    return find(quote, TEXT, FOLDED)


PROVED = [
    ("the board was not told", "the board was not told"),
    ("THE BOARD WAS NOT TOLD", "the board was not told"),
    ('"Altman said the board was not told," Ms. Toner wrote', None),
    ("'Altman said the board was not told,' Ms. Toner wrote", None),
    ("in the Times on May 4 - two weeks later.", "in the Times on May 4 — two weeks later."),
    ("in the Times on May 4—two weeks later", "in the Times on May 4 — two weeks later"),
    ("He can’t say why it costs", "He can't say why it costs"),
    ("the board was not told,", "the board was not told,"),
    ("the board was not told.", "the board was not told"),
    ("costs $3.48 per million tokens...", "costs $3.48 per million tokens"),
    ("built a non‑profit version [sic] in 3-6 months", None),
    ("a week’s\nnotice   in writing", "a week's notice in writing"),
    ("tokens, up to 27% more", "tokens, up to 27% more"),
    (
        "Altman said the board was not told … wrote in the Times on May 4",
        "Altman said the board was not told […] wrote in the Times on May 4",
    ),
    (
        "it costs $3.48 per million [...] up to 27% more",
        "it costs $3.48 per million […] up to 27% more",
    ),
    ("[Altman] can't say why it costs $3.48", "[Altman] can't say why it costs $3.48"),
    ("[Ms. Toner] wrote in the Times on May 4", "[Ms. Toner] wrote in the Times on May 4"),
    ("[…] the board was not told", "the board was not told"),
    ("[...] the board was not told […]", "the board was not told"),
    ("later. [Altman] can't say why it costs", "later. [Altman] can't say why it costs"),
    ("two weeks later. [h]e can't say", "two weeks later. He can't say"),
    ("The team of 1,000 [Times] people built a", "The team of 1,000 [Times] people built a"),
]


@pytest.mark.parametrize(("quote", "own"), PROVED)
def test_typography_omissions_and_insertions_are_proved(quote: str, own: str | None) -> None:
    """What differs only in typography, or is marked as left out, comes back in own characters."""
    found = _find(quote)
    assert isinstance(found, Found), found
    if own is not None:
        assert found.text == own


REFUSED = [
    "the board was told",
    "the board was never told",
    "Altman said the board was not informed",
    "the board not was told",
    "costs $348 per million tokens",
    "costs $3,48 per million tokens",
    "costs €3.48 per million tokens",
    "3.48 per million tokens",
    "48 per million tokens",
    "up to 27",
    "up to 28% more than before",
    "He can",
    "The team of 1000 people",
    "profit version [sic] in 3-6 months",
    "6 months. It is small",
    "the landlord is ... permitted to enter the flat",
    "the landlord is permitted to enter the flat",
    "permitted to enter the flat … notice in writing. The team of",
    "wrote in the Times on May 4 … said the board was not told",
    "Altman said the board … End of it at last",
    "Prices fell. Prices fell … y z End of it.",
    "the board … two weeks later",
    "The team of 1,000 [Google] people built a",
    "The team of 1,000 [or 2,000] people built a",
    "the board was [not] not told",
    "the landlord is [never] not permitted to enter",
    "the landlord is [not yet fully and] not permitted",
    "The team of 1,000 [very clever people from there] people built",
    "[Altman] wrote in the Times on May 4",
    "[the board] is not permitted to enter the flat",
    "[Google] can't say why it costs $3.48",
    "[the bank] can't say why it costs $3.48",
    "[not] told,” Ms. Toner wrote",
    "[…] the board was told",
    "[the board] is small",
    "[…]",
    "",
    "…",
    "“”",
]


@pytest.mark.parametrize("quote", REFUSED)
def test_altered_quotes_are_refused(quote: str) -> None:
    """A word, digit, sign, order or negation that differs is no typography."""
    assert isinstance(_find(quote), Missing)


def test_a_gap_of_over_400_characters_is_refused() -> None:
    """Two sentences from both ends of a page are no quotation."""
    assert isinstance(_find("The rest of it stands … y z End of it"), Missing)


def test_the_whole_quote_is_tried_before_its_parts() -> None:
    """A document's own ellipsis and brackets are words like others."""
    source = document(("paragraph", "He paused… and then [laughing] he left, for good, it seems."))
    found = find("He paused... and then [laughing] he left", source, fold(source.text))
    assert isinstance(found, Found)
    assert found.text == "He paused… and then [laughing] he left"


def test_a_quote_must_stand_within_the_part_that_is_named() -> None:
    """The same words elsewhere do not prove a note."""
    at = TEXT.text.index("Prices fell")
    assert isinstance(find("Prices fell", TEXT, fold(TEXT.text), within=(0, at)), Missing)
    found = find("prices fell", TEXT, fold(TEXT.text), within=(at + 5, len(TEXT.text)))
    assert isinstance(found, Found)
    assert found.start == at + 13


SENTENCES = [s for s in passage_texts(ARTICLE) + passage_texts(TEXT) if len(s.split()) >= 8]
TYPOGRAPHY = [
    lambda s: s.replace("“", '"').replace("”", '"'),
    lambda s: s.replace("'", "’"),
    lambda s: s.replace("—", "-").replace("–", "-"),
    lambda s: s.replace(" — ", "—"),
    lambda s: s.replace(" ", "\u00a0"),
    lambda s: s.replace(" ", "  \n"),
    lambda s: s.upper(),
    lambda s: s.rstrip("."),
    lambda s: s.rstrip(".") + "…",
    lambda s: s.replace("fi", "ﬁ"),
    lambda s: "\u200b".join(s.split(" ", 1)).replace("\u200b", "\u200b ", 1),
    lambda s: s.replace("e", "e\u00ad", 1),
]


@pytest.mark.parametrize("change", TYPOGRAPHY)
def test_no_quote_is_refused_for_its_typography(change) -> None:
    """Of sentences altered in marks, dashes, blanks and case alone, all are proved."""
    for source in (ARTICLE, TEXT):
        for sentence in passage_texts(source):
            found = find(change(sentence), source, fold(source.text))
            assert isinstance(found, Found), (sentence, found)


def _mutations(sentence: str, rng: random.Random) -> list[str]:
    """One word changed, dropped, doubled, reordered; "not" added or swallowed; a digit changed."""
    parts = sentence.split()
    at = rng.randrange(1, len(parts) - 1)
    other = rng.choice("green table seven quickly Berlin".split())
    swapped = [*parts[: at - 1], parts[at], parts[at - 1], *parts[at + 1 :]]
    made = [
        [*parts[:at], other, *parts[at + 1 :]],
        [*parts[:at], *parts[at + 1 :]],
        [*parts[:at], parts[at], other, *parts[at + 1 :]],
        [*parts[:at], "not", *parts[at:]],
        swapped,
        [re.sub(r"\d", lambda d: str((int(d[0]) + 1) % 10), part, count=1) for part in parts],
        [part for part in parts if not negates(part)],
        [*parts[:at], "…", *parts[at + 1 :]] if negates(parts[at]) else parts[:0],
    ]
    return [" ".join(m) for m in made if m and fold(" ".join(m)).text != fold(sentence).text]


def test_no_mutated_quote_passes() -> None:
    """Of quotes with a word changed, dropped, added or moved, or a swallowed "not": none."""
    rng = random.Random(7)
    tried = 0
    for source in (ARTICLE, TEXT):
        folded = fold(source.text)
        for sentence in passage_texts(source):
            if len(sentence.split()) < 8 or "Prices" in sentence or "x y z" in sentence:
                continue
            for _ in range(20):
                for quote in _mutations(sentence, rng):
                    if fold(quote).text in folded.text:
                        continue  # a shorter part of the same sentence is a quote
                    assert isinstance(find(quote, source, folded), Missing), quote
                    tried += 1
    assert tried > 1000


@given(st.text(max_size=200))
def test_whatever_is_looked_for_the_answer_is_true(quote: str) -> None:
    """Never a crash; what is proved is in the document, character for character."""
    found = _find(quote)
    if isinstance(found, Found):
        assert all(TEXT.text[a:b].strip() for a, b in found.parts)
        assert fold(TEXT.text[found.start : found.end]).text in fold(TEXT.text).text


@given(st.integers(0, len(TEXT.text)), st.integers(1, 120))
def test_any_part_between_blanks_is_found(start: int, length: int) -> None:
    """Words cut out of the document are proved, unless a compound or number is cut."""
    left = TEXT.text.find(" ", start) + 1
    right = TEXT.text.find(" ", min(len(TEXT.text), left + length))
    part = TEXT.text[left : right if right > 0 else None]
    if re.search(r"[^\W_]", part):
        found = _find(part)
        assert isinstance(found, Found)
        assert fold(found.text).text.strip(" .,") == fold(part).text.strip(" .,")


@pytest.mark.parametrize(
    "quote",
    [
        "a" * 10**6,
        "“" * 10**4,
        "[" * 10**4 + "a b c d" + "]" * 10**4,
        "x y z x … " * 3000,
        "x y z x … " * 20,
        "x y z [x] " * 20,
        ". " * 10**5,
    ],
    ids=["word", "marks", "brackets", "parts", "few parts", "insertions", "stops"],
)
def test_hostile_quotes_end(quote: str) -> None:
    """Nested brackets, thousands of marks and repeated parts are answered in time."""
    source = document(("paragraph", "x y z x " * 3000 + "“" * 10**4 + "b" * 10**6))
    folded = fold(source.text)
    start = time.process_time()
    find(quote, source, folded)
    assert time.process_time() - start < 3
