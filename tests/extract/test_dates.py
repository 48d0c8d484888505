"""Dates: the form of most feeds is read as the standard library reads it, in less time."""

from __future__ import annotations

import random

import pytest

from digest.extract.dates import _read, moment

DAYS = ("", "Mon, ", "mon, ", "Mon ", "Montag, ")
YEARS = ("2026", "1989", "1990", "2099", "2100", "9999", "0001", "0000", "26", "1")
TIMES = ("06:00:00", "24:00:00", "06:00", "23:59:60", "6:00:00", "00:00:00", "12:61:00")
ZONES = (
    "",
    " GMT",
    " UTC",
    " Z",
    " +0200",
    " -0000",
    " -2359",
    " +2400",
    " +0260",
    " EST",
    "  GMT",
)


def test_dates_of_mails_are_read_alike() -> None:
    """Also those that no calendar and no clock has."""
    chance = random.Random(2)
    found = 0
    for _ in range(20_000):
        day = str(chance.randint(0, 33)).zfill(chance.choice((1, 2)))
        month = chance.choice(("Jan", "Feb", "Apr", "Dec", "Foo", "jan"))
        text = f"{chance.choice(DAYS)}{day} {month} {chance.choice(YEARS)} "
        text += chance.choice(TIMES) + chance.choice(ZONES)
        assert moment(text) == _read(text), text
        found += moment(text) is not None
    assert found > 1_000


@pytest.mark.parametrize("text", ["2026-04-20" + " " * 200, "x" * 10**6, "Mon, " * 10**5])
def test_long_texts_are_no_trouble(text: str) -> None:
    """They are read as others are, and not remembered."""
    assert moment(text) == _read(text)
