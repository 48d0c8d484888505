"""
Values in languages that have a table in `digest/text/languages`.

Pure. English has readers of its own; these read any other language by its data file.

    forms.py     the forms of a table, looked for at a place
    numerals.py  numbers in words
    calendar.py  dates and times of day
    reader.py    text → values
"""

from __future__ import annotations

from .reader import foreign_values

__all__ = ["foreign_values"]
