"""How good the proof is: planted errors are caught, honest text is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.verify import mutations
from tests.verify.mutations import ABOVE, AS_WRITTEN, PLANTED, RETYPED, VARIED, planted, scores

README = Path(__file__).parent.parent.parent / "README.md"
EXACT = 1.0

# The least share that is an error, and that is at least a warning; the rates may rise, not fall.
LEAST = {
    "quotation: a word changed": (EXACT, EXACT),
    "quotation: a word dropped": (EXACT, EXACT),
    "quotation: two words exchanged": (EXACT, EXACT),
    "quotation: “not” added": (EXACT, EXACT),
    "quotation: “not” swallowed": (EXACT, EXACT),
    "quotation of another document": (EXACT, EXACT),
    "speaker who did not say it": (EXACT, EXACT),
    "digits changed": (EXACT, EXACT),
    "unit changed": (EXACT, EXACT),
    "magnitude changed": (EXACT, EXACT),
    "currency changed": (EXACT, EXACT),
    "date changed": (EXACT, EXACT),
    "weekday changed": (EXACT, EXACT),
    "per cent and points exchanged": (EXACT, EXACT),
    "version changed": (EXACT, EXACT),
    "rank changed": (EXACT, EXACT),
    "qualifier lost": (0.8, 0.8),
    "rounded beyond honesty": (0.95, 0.95),
    "ratio or share wrong": (0.95, 0.95),
    "two numbers of a sentence exchanged": (0.8, 0.8),
    "true number in the wrong place": (0.45, 0.8),
    "person in no source": (EXACT, EXACT),
    "organisation or product in no source": (EXACT, EXACT),
    "name in no source added": (EXACT, EXACT),
    "true name in the wrong place": (0.1, 0.85),
    "two facts merged": (0.15, 0.6),
    "sentence invented, without number or name": (0.0, 0.85),
    "qualifier of another number only": (0.9, 0.9),
    "plan told as done": (0.0, 0.75),
    "numbers of two sentences exchanged": (0.8, 0.9),
    "clause invented, without number or name": (0.0, 0.85),
    "first, most, never or a cause added": (0.0, 0.8),
    "condition dropped above": (0.0, 0.85),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_planted_errors_are_caught(kind: str) -> None:
    """As often as is asked of their kind; foreign quotations, numbers and names always."""
    found = scores()[kind]
    errors, reported = LEAST[kind]
    assert found.errors >= errors * found.claims, (kind, found)
    assert found.reported >= reported * found.claims, (kind, found)


def test_there_are_enough_of_them() -> None:
    """Twenty kinds and more, two thousand claims; a thousand honest variations."""
    assert len(PLANTED) >= 20
    assert sum(len(planted(kind)) for kind in PLANTED) >= 2000
    found = scores()
    assert found[VARIED].claims + found[RETYPED].claims >= 1000


@pytest.mark.parametrize("kind", [AS_WRITTEN, VARIED, ABOVE])
def test_honest_text_is_left_alone(kind: str) -> None:
    """Errors on under 3 sentences in a hundred, warnings on under 12."""
    found = scores()[kind]
    assert found.errors < 0.03 * found.claims, found
    assert found.reported - found.errors < 0.12 * found.claims, found


def test_quotations_in_other_typography_stand() -> None:
    """None is refused."""
    assert scores()[RETYPED].errors == 0


def test_the_readme_says_what_is_measured() -> None:
    """Its tables are those that `python -m tests.verify.mutations` prints."""
    assert mutations.table() in README.read_text("utf-8")
