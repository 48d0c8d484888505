"""
What a number, amount, date, time or rank in a text means: a value that compares.

Pure.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["number", "date", "time", "rank", "version", "vague"]
Hedge = Literal["", "about", "over", "under", "almost", "least", "most"]


class Date(NamedTuple):
    """A day, month, quarter, year or week, as far as the text says."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    weekday: int | None = None
    """0 for Monday."""
    half: int | None = None
    decade: int | None = None
    years: tuple[int, ...] = ()
    """Where the text gives no year: those that the document's own date makes likely."""
    span: tuple[dt.date, dt.date] | None = None
    """First and last day of "last week" and its like."""
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """One value, and where it stands."""

    start: int
    end: int
    text: str
    kind: Kind
    number: Decimal = Decimal(0)
    """In the base of its unit: "1.5 GB" is 1500000000. Of a time: minutes after midnight."""
    unit: str = ""
    """Dimension ("USD", "byte", "s", "%", "x" for times); empty for a bare number."""
    digits: int = 1
    """Significant digits written; trailing zeros of a round number are none."""
    hedge: Hedge = ""
    per: str = ""
    """"month" of "$20 a month", "1000000" of "$5 per 1M tokens"."""
    also: tuple[Decimal, ...] = ()
    """Other ways to read it: "1.234" of a text that may group by full stops."""
    written: str = ""
    """The numeral as it stands, for versions: 3.1 is not 3.10."""
    date: Date | None = None
    is_word: bool = False
    """Written in words: "six"."""
    is_loose: bool = False
    """The unit was taken from a neighbour ("5 to 7 GB"), so it may be missing."""
    is_guess: bool = False
    """A second reading of a place: counts as evidence, never as a claim."""
    is_fraction: bool = False
    """"a third", "half": may be derived."""
    measure: Decimal = Decimal(1)
    """What one of the unit that is written comes to in the base: 1000 for a kilowatt hour."""
    power: int = 0
    """The power of ten that a figure is written with: 6 for "9.1 million"."""
    has_sign: bool = False
    """A currency sign stands before it."""
