"""
Values in text: numbers, amounts, percentages, dates, times, ranks and versions.

Pure. Read from text with their places, and compared as what they mean: 1,000 is 1000, six
is 6, 24 April 2026 is 2026-04-24, and $3.48 is neither 3.48 € nor 3.48 %.

    value.py         what a value is
    reader.py        text → values, in one pass over reading.py's forms of the text
    digits.py, worded.py   what begins with a digit, and with a word
    numerals.py      digits and the signs that group them
    number_words.py  numbers in words
    parts.py         "one in eight"
    dates.py         dates and times of day
    measures.py      what stands beside a number: power of ten, unit, currency, per what
    hedges.py        "about", "up to", "or more"
    pairs.py         units that neighbours share
    columns.py       units of a table's head
    units.py, units.txt   units of measure and currencies
    compare.py       whether two values are one, or one is the other rounded
"""

from __future__ import annotations

from .compare import rounds_to, same
from .reader import values
from .reading import plain
from .value import Date, Value

__all__ = ["Date", "Value", "plain", "rounds_to", "same", "values"]
