"""Which sentences are fit to stand above a text, where nothing says who speaks, or of what."""

from __future__ import annotations

import pytest

from digest.draft.prominence import is_background, is_impersonal, prominence

TITLE = "Brava Edge outage of 30 June"
GOOD = "Brava Edge answered with errors in nine locations for three hours."


@pytest.mark.parametrize(
    "text",
    [
        "Three faults came together, and each of them was ours.",
        "We regret the error, and this is how it came about.",
        "I have never seen Brava Edge fail for so long a time.",
        "Before the outage Brava Edge had no switch for a location.",
        "Under load every machine is slow once in a while.",
    ],
)
def test_what_needs_its_page_stands_behind(text: str) -> None:
    """Who "we" are, when "before" was, and of what it is said, the page knows and nobody else."""
    assert prominence(GOOD, TITLE, "") == 1
    assert prominence(text, TITLE, "") < 0.7


def test_ours_is_no_harm_where_the_matter_is_named() -> None:
    """An announcement says "our", and is the news all the same."""
    ours = "On 30 June Brava Edge answered with errors in 9 of our 31 locations."
    unnamed = "Our reporter heard the last four words and not the six before them."
    assert prominence(ours, TITLE, "") > 1.5 * prominence(unnamed, TITLE, "")


def test_what_points_back_stands_behind() -> None:
    """Also at a sentence's end, where it may still follow what gave it its sense."""
    assert (
        prominence("The software behind Brava Edge did not change in that time.", TITLE, "") < 0.85
    )


@pytest.mark.parametrize(
    ("tag", "former", "personal", "good"),
    [
        ("de", "Bisher kam die Wärme vom Gas.", "Mein Haus ist kalt.", "Die Pumpe läuft."),
        ("fr", "Auparavant, la chaleur venait du gaz.", "J’ai vu la pompe.", "La pompe tourne."),
        ("es", "Antes el calor venía del gas.", "Yo vi la bomba.", "La bomba funciona."),
        ("it", "Finora il calore veniva dal gas.", "La mia casa è fredda.", "La pompa funziona."),
    ],
)  # fmt: skip
def test_abroad(tag: str, former: str, personal: str, good: str) -> None:
    """What was, and who speaks, by the tables of languages."""
    assert is_background(former, tag)
    assert not is_impersonal(personal, tag)
    assert is_impersonal(good, tag)
    assert not is_background(good, tag)
    assert prominence(former, good, tag) < prominence(good, good, tag)
