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


class _Tables(NamedTuple):
    words: dict[str, Unit]
    """In small letters."""
    symbols: dict[str, Unit]
    """In their own case."""
    names: dict[str, Unit]
    """What the table calls them."""


@cache
def _tables() -> _Tables:
    tables = _Tables({}, {}, {})
    data = resources.files(__package__).joinpath("units.txt").read_text("utf-8")
    for line in data.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        name, measure, forms = (part.strip() for part in line.split(":", 2))
        dimension, factor = measure.split()
        unit = tables.names[name] = Unit(dimension, Decimal(factor))
        for form in forms.split():
            if form.startswith("'"):
                tables.symbols[form.strip("'")] = unit
            else:
                tables.words[form.replace("-", " ")] = unit
    return tables


def unit_of(form: str) -> Unit | None:
    """The unit that a word or symbol names; None where it names none."""
    words, symbols, _ = _tables()
    return symbols.get(form) or words.get(form) or words.get(form.lower())


def unit_named(name: str) -> Unit:
    """
    The unit of another language's table: by its name in ours, or as "dimension factor".

    Raises:
        ValueError: It is neither.
    """
    if found := _tables().names.get(name):
        return found
    dimension, _, factor = name.rpartition(" ")
    if not dimension or not factor.replace(".", "").isdigit():
        raise ValueError(f"{name!r}: expected the name of a unit in units.txt, or its measure")
    return Unit(dimension, Decimal(factor))


CURRENCIES = frozenset(
    "USD AUD CAD HKD SGD NZD TWD EUR GBP JPY CNY KRW INR CHF SEK NOK DKK PLN RUB BRL ZAR "
    "BTC".split()
)
"""Dimensions that are money."""
