"""How good the proof of English claims is where the documents are in another language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify.mutations import ABROAD, KINDS, scores_abroad, table_abroad

README = Path(__file__).parent.parent.parent / "README.md"
EXACT = 1.0
LANGUAGES = ("German", "French", "Spanish", "Italian")

# The least share that is an error, and that is at least a warning; the rates may rise, not fall.
LEAST = dict.fromkeys(KINDS, (EXACT, EXACT)) | {
    "digits changed": (0.99, 0.99),
    "qualifier lost": (0.95, 0.95),
    "rounded beyond honesty": (0.97, 0.97),
    "sentence invented, without number or name": (0.0, 0.9),
}


@pytest.mark.parametrize("kind", KINDS)
def test_planted_errors_are_caught_across_languages(kind: str) -> None:
    """As in English: foreign numbers and names always, invented sentences mostly."""
    found = scores_abroad()[kind]
    errors, reported = LEAST[kind]
    assert found.claims
    assert found.errors >= errors * found.claims, (kind, found)
    assert found.reported >= reported * found.claims, (kind, found)


def test_there_are_enough_of_them() -> None:
    """Three hundred honest sentences, and as many planted ones of numbers alone."""
    found = scores_abroad()
    assert len(ABROAD.honest) >= 300
    assert sum(found[kind].claims for kind in KINDS[:9]) >= 300


@pytest.mark.parametrize("name", LANGUAGES)
def test_honest_sentences_are_left_alone(name: str) -> None:
    """Errors on under 3 in a hundred, errors and warnings on under 8."""
    found = scores_abroad()[name]
    assert found.claims >= 80
    assert found.errors < 0.03 * found.claims, found
    assert found.reported < 0.08 * found.claims, found


def test_the_readme_says_what_is_measured_abroad() -> None:
    """Its table is that which `python -m tests.verify.mutations` prints."""
    assert table_abroad() in README.read_text("utf-8")
