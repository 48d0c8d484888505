"""
Languages of documents, one data file each: their numbers, calendar, units, qualifiers, negations.

Pure. What is written here is English; documents may be in any language. A language is added
by its file and a test: nothing else names it.

    table.py       a data file as sections of forms and meanings
    detecting.py   which language a text is in
    meanings.py    what its words are in English, as far as a glossary tells
"""

from __future__ import annotations

from .detecting import spoken
from .table import Language, language, shipped

__all__ = ["Language", "language", "shipped", "spoken"]
