"""
Units of measure and currencies, from a table: dimension and factor, so that values compare.

Pure. "48 hours" and "two days" are one value; "GB" and "GiB" are two, as are "$" and "€".
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import resources
from typing import NamedTuple


class Unit(NamedTuple):
    """A dimension, and how many of its base one unit is."""

    dimension: str
    factor: Decimal


MAGNITUDES = {
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "quadrillion": 15,
    "lakh": 5,
    "crore": 7,
    "lakhs": 5,
    "crores": 7,
    "mn": 6,
    "mln": 6,
    "mio": 6,
    "bn": 9,
    "bln": 9,
    "tn": 12,
    "trn": 12,
}
"""Words behind a number, as powers of ten."""

LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9, "T": 12, "bn": 9, "mn": 6, "tn": 12, "mm": 6, "MM": 6}
"""Letters that touch a number. A small "m" is million behind a currency alone."""


@cache
def _tables() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """Words (in small letters) and symbols (in their own case) to units."""
    words: dict[str, Unit] = {}
    symbols: dict[str, Unit] = {}
    data = resources.files(__package__).joinpath("units.txt").read_text("utf-8")
    for line in data.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        _, measure, forms = (part.strip() for part in line.split(":", 2))
        dimension, factor = measure.split()
        unit = Unit(dimension, Decimal(factor))
        for form in forms.split():
            if form.startswith("'"):
                symbols[form.strip("'")] = unit
            else:
                words[form.replace("-", " ")] = unit
    return words, symbols


def unit_of(form: str) -> Unit | None:
    """The unit that a word or symbol names; None where it names none."""
    words, symbols = _tables()
    return symbols.get(form) or words.get(form) or words.get(form.lower())


CURRENCIES = frozenset(
    "USD AUD CAD HKD SGD NZD TWD EUR GBP JPY CNY KRW INR CHF SEK NOK DKK PLN RUB BRL ZAR "
    "BTC".split()
)
"""Dimensions that are money."""
