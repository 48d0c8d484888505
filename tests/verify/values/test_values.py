"""Values: what a number, amount, date or rank means, whichever way it is written."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.verify.values import rounds_to, same, values
from digest.verify.values.units import unit_of

DAY = dt.date(2026, 5, 4)


def _read(text: str, language: str = ""):
    return [value for value in values(text, anchor=DAY, language=language) if not value.is_guess]


SAME = [
    ("1,000 users", "1000 users"),
    ("1’000", "1 000"),
    ("1.000.000", "one million"),
    ("12,34,567", "1234567"),
    ("3M tokens", "three million tokens"),
    ("1.6T", "1,600 billion"),
    ("six", "6"),
    ("half a dozen", "six"),
    ("twenty-seven", "27"),
    ("two hundred and five", "205"),
    ("27 per cent", "27%"),
    ("a half", "50%"),
    ("three quarters", "75%"),
    ("third-best", "No. 3"),
    ("3rd", "the third largest"),
    ("24 April 2026", "2026-04-24"),
    ("April 24, 2026", "24/04/2026"),
    ("24th of April 2026", "24 April"),
    ("April 2026", "24 April 2026"),
    ("last December", "December 2025"),
    ("yesterday", "3 May 2026"),
    ("Q1 2026", "the first quarter of 2026"),
    ("1Q of fiscal 2026", "fiscal 2026"),
    ("2:30 pm", "14:30"),
    ("noon", "12:00"),
    ("48 hours", "two days"),
    ("90 minutes", "1.5 hours"),
    ("$5 billion", "5 billion dollars"),
    ("US$5bn", "USD 5,000 million"),
    ("50 cents", "$0.50"),
    ("9.67c", "9.67 cents"),
    ("9.67¢", "$0.0967"),
    ("€3.5m", "3.5 million euros"),
    ("160GB", "160 gigabytes"),
    ("10×", "tenfold"),
    ("doubled", "2x"),
    ("3 percentage points", "300 basis points"),
    ("$20 a month", "$20/month"),
    ("thousands of users", "4,200 users"),
    ("v3.11", "version 3.11"),
    ("2026", "24 April 2026"),
    ("one hour", "60 minutes"),
    ("one in eight", "12.5%"),
    ("nine out of ten", "90%"),
    ("one participant in eight", "1 in 8"),
    ("a one-in-five chance", "a fifth"),
    ("six to eight hours", "8 hours"),
    ("31, not 34 tonnes", "a load of 31 tonnes"),
    ("they pay 96 euros, we pay 58.", "58 euros"),
    ("between 3 and 5 kilometres", "3 kilometres"),
]
DIFFERENT = [
    ("3.48", "348"),
    ("27%", "27"),
    ("27%", "27 percentage points"),
    ("$5", "€5"),
    ("A$5", "$5"),
    ("5 GB", "5 MB"),
    ("5 GB", "5 GiB"),
    ("5 million", "5 billion"),
    ("24 April 2026", "24 May 2026"),
    ("24 April 2026", "24 April 2025"),
    ("25 April", "24 April"),
    ("24 April", "April"),
    ("Q1 2026", "Q2 2026"),
    ("3.1.2", "3.1.3"),
    ("version 3.1", "version 3.10"),
    ("No. 3", "No. 4"),
    ("$20 a month", "$20 a year"),
    ("$5 per million tokens", "$5 per thousand tokens"),
    ("2:30 pm", "2:30 am"),
    ("48 hours", "48 days"),
    ("thousands", "400"),
    ("one in eight", "one in nine"),
    ("one fix in three months", "a third"),
    ("58 euros", "for 96 euros 58 people came"),
    ("58 euros", "It cost 96 euros. They counted 58."),
    ("2025 tonnes", "31 tonnes in 2025"),
    ("9 tonnes", "31 million tonnes, of which 9."),
]


@pytest.mark.parametrize(("claim", "source"), SAME)
def test_one_value_in_two_forms(claim: str, source: str) -> None:
    """What means the same is the same."""
    assert any(same(a, b) for a in _read(claim) for b in _read(source)), (
        _read(claim),
        _read(source),
    )


@pytest.mark.parametrize(("claim", "source"), DIFFERENT)
def test_two_values_in_like_forms(claim: str, source: str) -> None:
    """Unit, currency, magnitude and calendar are part of a value."""
    assert _read(claim)
    assert _read(source)
    assert not same(_read(claim)[0], _read(source)[0])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1.6T/49B", ["1600000000000", "49000000000"]),
        ("$5/$30 per 1M tokens", ["5", "30", "1000000"]),
        ("3–6 months", ["3", "6"]),
        ("between 5 and 7 GB", ["5000000000", "7000000000"]),
        ("$5-10 million", ["5000000", "10000000"]),
        ("27, 28 and 29%", ["27", "28", "29"]),
    ],
)
def test_ranges_and_pairs_are_values_each(text: str, wanted: list[str]) -> None:
    """Each end counts, in the unit that both share."""
    assert [f"{value.number.normalize():f}" for value in _read(text)] == wanted


@pytest.mark.parametrize(
    "name",
    ["GPT-5.5", "H100", "Ascend 910C", "M5 Max", "V4-Pro", "8x7B", "COVID-19", "r2d2", "Web3"],
)
def test_digits_of_a_name_are_no_value(name: str) -> None:
    """Names are the business of another rule."""
    assert _read(f"They use {name} here.") == []


@pytest.mark.parametrize(
    "text",
    [
        "It may rise.",
        "one of them",
        "First, we ask.",
        "a second later",
        "half-hearted",
        "third-party",
    ],
)
def test_words_that_only_look_like_values(text: str) -> None:
    """Pronouns, modal verbs and enumerations are none."""
    assert _read(text) == []


@pytest.mark.parametrize(
    ("claim", "source", "is_honest"),
    [
        ("about 40%", "38.7%", True),
        ("40%", "38.7%", False),
        ("over 9,000", "9,322", True),
        ("over 9,400", "9,322", False),
        ("nearly 10 GB", "9.6 GB", True),
        ("nearly 9 GB", "9.6 GB", False),
        ("about $3.5", "$3.48", True),
        ("about $3.4", "$3.48", False),
        ("under 300", "297", True),
        ("roughly 1.2 million", "1,234,567", True),
        ("roughly 1.3 million", "1,234,567", False),
        ("about 40 GB", "39.9%", False),
    ],
)
def test_rounding(claim: str, source: str, is_honest: bool) -> None:
    """A rounded value says so, at the digits written, on the side that it names."""
    assert rounds_to(_read(claim)[0], _read(source)[0]) is is_honest


def test_separators_follow_the_language() -> None:
    """What a German source writes 1.234,5 and 3,5 is read so."""
    assert [float(v.number) for v in _read("1.234,5 und 3,5 und 1.000", "de")] == [
        1234.5,
        3.5,
        1000,
    ]
    assert [float(v.number) for v in _read("1,234.5 and 1.000", "en")] == [1234.5, 1.0]


def test_every_unit_of_the_table_is_found() -> None:
    """Words in any case; short symbols in their own."""
    assert unit_of("Gigabytes") == unit_of("GB")
    assert unit_of("MB") != unit_of("Mb")
    assert unit_of("€").dimension == "EUR"  # type: ignore[union-attr]
    assert unit_of("nonsense") is None


@given(st.text(alphabet="0123456789.,'$%€ -/:KMBTapril24xth½ndozenm", max_size=60))
def test_whatever_is_read_stands_where_it_says(text: str) -> None:
    """Never a crash, places are in order, and reading again gives the same."""
    found = values(text, anchor=DAY)
    assert found == values(text, anchor=DAY)
    assert all(text[v.start : v.end] == v.text and v.start < v.end for v in found)
    assert all(same(v, v) for v in found)


@pytest.mark.parametrize("trap", ["1", "1,", "1.", "1 ", "$", "1-", "a ", "half a ", "9'", "Q1 "])
def test_a_hundred_thousand_of_one_sign_end_in_time(trap: str) -> None:
    """Time is linear, whatever repeats."""
    begin = time.process_time()
    values(trap * (100_000 // len(trap)))
    assert time.process_time() - begin < 8
