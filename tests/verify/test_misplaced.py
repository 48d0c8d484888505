"""True names in the wrong place, and sentences that say what their note does not."""

from __future__ import annotations

import pytest

from digest.types import Problem
from digest.verify.judge import judge
from digest.verify.judged import Rules
from tests.verify.mutations import INVENTED, Claim


def _warnings(topic: str, passages: str, text: str) -> list[Problem]:
    claim = Claim(topic, text, tuple(passages.split()))
    problems = judge(INVENTED.statement(claim), INVENTED.basis(claim), Rules()).problems
    return [problem for problem in problems if problem.level == "warning"]


@pytest.mark.parametrize(
    ("topic", "passages", "text", "found", "expected"),
    [
        (
            "sleep",
            "S1.8",
            "The work cost $3.1 million and was paid for by the Tarn Medical Review.",
            "Tarn Medical Review",
            "the name that the source has here, Brandt Foundation",
        ),
        (
            "rill",
            "S1.3",
            "The library is written in Lindqvist and has no dependencies.",
            "Lindqvist",
            "the name that the source has here, Rust",
        ),
        (
            "orrin",
            "S2.5",
            "Engineers at Foundry confirmed the fault on 1 May and plan a fix for version 4.0.2.",
            "Foundry",
            "a name near what is cited; it stands in: On the longer Foundry test",
        ),
    ],
)
def test_a_name_is_asked_where_it_stands(
    topic: str, passages: str, text: str, found: str, expected: str
) -> None:
    """Beside the same words, or near what is cited; and what stands there is told."""
    told = [p for p in _warnings(topic, passages, text) if p.rule == "E1"]
    assert [(p.found, p.expected[: len(expected)]) for p in told] == [(found, expected)]


@pytest.mark.parametrize(
    ("topic", "passages", "text"),
    [
        ("orrin", "S1.8", "On Foundry, Orrin 4 from Kestrel Labs reached 44.0%."),
        ("orrin", "S2.5", "Kestrel confirmed the fault that Tomas Reyl found on 1 May."),
        ("velsund", "S2.1", "In Velsund, dockers voted 612 to 88 to refuse such work."),
    ],
)
def test_what_a_page_is_about_may_be_named_anywhere(topic: str, passages: str, text: str) -> None:
    """Its title, author and publisher, and what three of its passages name."""
    assert [p.found for p in _warnings(topic, passages, text) if p.rule == "E1"] == []


def test_a_name_has_its_own_number() -> None:
    """Another of the same unit, to which the source binds it, is told."""
    told = _warnings("orrin", "S1.7", "On Foundry, Orrin 4 scored 71.3% and nothing else.")
    assert [p.found for p in told if p.rule == "N2"] == ["Foundry … 71.3%"]
    assert "44.0%" in next(p.expected for p in told if p.rule == "N2")
    both = "Orrin 4 scored 71.3% on Lathe and 44.0% on Foundry."
    assert _warnings("orrin", "S1.7 S1.8", both) == []


def test_a_sentence_cites_each_passage_that_it_rests_on() -> None:
    """The half that another passage says is told; with both cited, nothing is wrong."""
    text = "Nobody was hurt when the crane struck a line, and each shift gets safety wardens."
    told = [p for p in _warnings("velsund", "S1.1 S1.2 S2.1", text) if p.rule == "C3"]
    assert [p.expected for p in told] == ["a note for each passage that it rests on"]
    assert told[0].hint.startswith("nearest: Nordkai has promised talks before 20 May 2026")
    assert [p for p in _warnings("velsund", "S1.1 S1.2 S2.1 S2.3", text) if p.rule == "C3"] == []
