"""N3: a figure that no source states follows from the two values that the claim is about."""

from __future__ import annotations

import pytest

from digest.types import Derived
from digest.verify.judge import judge
from digest.verify.judged import Judged, Rules
from tests.verify.mutations import INVENTED, Claim


def _judged(topic: str, passages: str, text: str, *derived: Derived) -> Judged:
    claim = Claim(topic, text, tuple(passages.split()))
    return judge(INVENTED.statement(claim), INVENTED.basis(claim), Rules(derived=derived))


@pytest.mark.parametrize(
    ("topic", "passages", "text"),
    [
        ("orrin", "S1.5", "Input is 64% cheaper than it was with Orrin 3."),
        ("orrin", "S1.5", "The price of output fell by two thirds from one model to the next."),
        ("orrin", "S1.6", "The cache for a full window takes less than a sixth of what it took."),
        ("orrin", "S1.8", "On Foundry, Orrin 4 trails Marlin 2 by 5.5 points."),
        ("orrin", "S1.14 S1.15", "Output from Orrin 4 Mini is 81% cheaper than from Orrin 4."),
        ("velsund", "S1.4", "That leaves €1.7 million of damage that no insurance covers."),
        ("rill", "S1.1 S1.2", "Unpacking is 60% faster than in version 3.1."),
        ("rill", "S1.1 S1.2", "Version 3.1 was almost 38% slower at unpacking."),
        ("rill", "S1.4", "Hashing took almost two thirds of the time."),
        ("sleep", "S1.1 S1.7", "Sleep was measured for one participant in eight."),
    ],
)
def test_a_true_figure_is_computed(topic: str, passages: str, text: str) -> None:
    """Whatever relation its words name."""
    assert [p for p in _judged(topic, passages, text).problems if p.level == "error"] == []


@pytest.mark.parametrize(
    ("topic", "passages", "text"),
    [
        # $1.10 and $1.60 stand in the same passage, and so do 44.0% and 58.9%, eight and six hours.
        ("orrin", "S1.6", "The cache of a full window takes two thirds of what the old one took."),
        ("orrin", "S1.6", "The cache shrank by 64%."),
        ("orrin", "S1.7", "The score on Lathe rose by 34% over Orrin 3."),
        ("sleep", "S1.2", "They were 1.3 times as likely to develop high blood pressure."),
        ("sleep", "S1.2", "They were 3.4 times as likely to develop high blood pressure."),
        ("sleep", "S1.5", "Adjusting for weight and smoking cut the excess risk by 82%."),
        ("rill", "S1.1 S1.2", "Unpacking is 38% faster than in version 3.1."),
        ("orrin", "S1.5", "Output costs six times as much as input."),
    ],
)
def test_two_values_that_happen_to_give_a_figure_do_not_prove_it(
    topic: str, passages: str, text: str
) -> None:
    """They must be what the sentence is about."""
    assert "N1" in [p.rule for p in _judged(topic, passages, text).problems if p.level == "error"]


def test_a_drafter_may_name_the_values() -> None:
    """Where the claim's words are not the source's; the arithmetic stays ours."""
    text = "The same text now costs little more than a third to put in."
    told = Derived("little more than a third", "0.40 / 1.10")
    assert [p.rule for p in _judged("orrin", "S1.5", text).problems] != []
    assert not _judged("orrin", "S1.5", text, told).has_error
    wrong = Derived("little more than a third", "0.40 / 1.60")
    assert _judged("orrin", "S1.5", text, wrong).has_error
