"""E1 and E2: what counts as one name."""

from __future__ import annotations

import pytest

from digest.verify.names import names
from digest.verify.statements import lone


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
