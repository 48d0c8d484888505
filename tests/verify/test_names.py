"""E1 and E2: what counts as one name."""

from __future__ import annotations

import pytest

from digest.verify.judge import judge
from digest.verify.judged import Rules
from digest.verify.names import names
from digest.verify.source import Basis, Source
from digest.verify.statements import lone
from tests.verify.material import document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It needs 27% of the FLOPs of DeepSeek-V3.2 there.", ["FLOPs", "DeepSeek-V3.2"]),
        ("He asked the COO of Uber.", ["COO", "Uber"]),
        ("They study at the University of Tarn.", ["University of Tarn"]),
        ("He spoke with Vincent van Gogh.", ["Vincent van Gogh"]),
        ("It moved to the Bank of America Tower.", ["Bank of America Tower"]),
    ],
)
def test_a_thing_and_whose_it_is_are_two_names(text: str, expected: list[str]) -> None:
    """An acronym or a term before "of" is no part of the name behind it; an office may be."""
    found = [n.text for n in names(lone("", text, "sentence")) if not (n.at_start and n.is_plain)]
    assert [name for name in found if name != "COO"] == [n for n in expected if n != "COO"]


PORTS = Source(
    document(
        ("paragraph", "At Vessby 14 of 61 ships used shore power. Kestrel shipped Orrin 4 to all."),
        ("paragraph", "The Port of Sandmoor denied it. Sandmoor's mayor asked why."),
        ("paragraph", "Orvane is in talks to buy the container terminal of the Port of Sandmoor."),
        ("paragraph", "Five models of Orrin 4 and 5 others were shown."),
        author="Ruud Castelein",
    )
)


def _problems(text: str) -> list[str]:
    at = PORTS.text.index("Orvane")
    basis = Basis([PORTS], [(PORTS, at, at + 60)])
    problems = judge(lone("", text, "sentence"), basis, Rules()).problems
    asked = [p for p in problems if p.rule == "E1" and "near what is cited" not in p.expected]
    return [f"{p.level} {p.found}" for p in asked]


@pytest.mark.parametrize(
    "text",
    [
        "At Vessby 14 of 61 ships used power from the shore.",
        "In the harbour of Vessby 14 ships used it.",
        "The Sandmoor Port denied it.",
        "The Mayor of Sandmoor asked why.",
        "Orvane is in talks over buying Sandmoor's container terminal, Ruud Castelein writes.",
    ],
)
def test_what_only_joins_names_is_part_of_none(text: str) -> None:
    """A count behind a name, and an "of" that is told the other way round."""
    assert _problems(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kestrel shipped Orrin 5 to all.", "Orrin 5"),
        ("Orrin 5 models were shipped.", "Orrin 5"),
        ("At Orrin 14 of 61 ships used it.", "Orrin 14"),
        ("The Port of Vessby denied it.", "Port of Vessby"),
        ("The Terminal of Sandmoor denied it.", "Terminal of Sandmoor"),
    ],
)
def test_a_join_that_nobody_made_is_no_name(text: str, found: str) -> None:
    """Another model's number, another town's port: both parts stand, but not together."""
    assert f"error {found}" in _problems(text)
