"""N2: true numbers that changed places, in a sentence, across two of the source or of the text."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from digest.verify import check
from tests.verify.material import document


def _told(source: str, text: str) -> list[str]:
    report = check(text, [document(("paragraph", source))], named=False)
    return [problem.found for problem in report.problems if problem.rule == "N2"]


NIGHTS = "With 4.0 the nightly job took 48 minutes. In the first night on 4.1 it took 51 minutes."
COSTS = "Input costs $0.40 per million tokens. Output costs $1.60 per million tokens."
COUNTS = "The operator counts nine outages in the year. The authority counts 14 outages."
MENDS = "Version 4.0 gets mends until 31 March 2027, 4.1 until 30 November 2026."
ROOFS = "Of 214 roofs that were opened between 2012 and 2018 one in three had rot in the feet."
EBOOKS = "In 2025 318 licences ran out before anybody had borrowed them. In 2024 it had been 402."


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        (NIGHTS, "With 4.0 the nightly job took 51 minutes, in the first night on 4.1 it took 48 minutes.", "51 minutes … 48 minutes"),
        (COSTS, "Input costs $1.60 per million tokens, and output costs $0.40.", "$1.60 … $0.40"),
        (COUNTS, "The operator counts 14 outages, the authority nine.", "14 … nine"),
        ("A trial with 600 volunteers is planned for 2027.", "A trial with 2027 volunteers is planned for 600.", "2027 … 600"),
    ],
)  # fmt: skip
def test_two_sentences_of_the_source_are_told_apart(source: str, text: str, found: str) -> None:
    """A number belongs to its own sentence's words."""
    assert found in _told(source, text)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("On the Lathe test Orrin 4 scored 71.3%, and Orrin 3 scored 58.9%.", "On Lathe, Orrin 4 scored 58.9%. Orrin 3 scored 71.3% there.", "58.9% … 71.3%"),
        (NIGHTS, "With 4.0 the nightly job took 51 minutes. In the first night on 4.1 it took 48 minutes.", "51 minutes … 48 minutes"),
        (COSTS, "A million tokens of input cost $1.60. A million tokens of output cost $0.40.", "$1.60 … $0.40"),
        (COUNTS, "- The operator counts 14 outages.\n- The authority counts nine outages.", "14 … nine"),
    ],
)  # fmt: skip
def test_two_sentences_of_the_text_are_compared(source: str, text: str, found: str) -> None:
    """Each number is true of the other sentence: both are errors."""
    assert _told(source, text).count(found) == 2


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (NIGHTS, "The nightly job took 48 minutes with 4.0 and 51 in the first night on 4.1."),
        (NIGHTS, "In the first night on 4.1 the job took 51 minutes. With 4.0 it took 48 minutes."),
        (COSTS, "Output costs $1.60 per million tokens. A million tokens of input cost $0.40."),
        (COUNTS, "The authority counts 14 outages. The operator counts nine."),
        (MENDS, "Mends for 4.1 end on 30 November 2026, for 4.0 on 31 March 2027."),
        (ROOFS, "One in three of 214 roofs opened between 2012 and 2018 had rot in the feet."),
        (EBOOKS, "In 2025 318 licences ran out before anybody had borrowed them, after 402 in 2024."),
        ("In 310 of 2,950 schools there are lead pipes. In 42 of them the water exceeded the limit.", "In 42 of the 310 schools the water exceeded the limit."),
        ("We set the statistics target of two columns by hand to 10,000.", "A statistics target of 10,000 was set by hand on two columns."),
        ("Two of our 14 services had begun to use the new MERGE of 4.1.", "Two of 14 services used MERGE, new in 4.1."),
    ],
)  # fmt: skip
def test_like_is_compared_with_like(source: str, text: str) -> None:
    """A year or version and a count do not change places, nor does what counts its own thing."""
    assert _told(source, text) == []
