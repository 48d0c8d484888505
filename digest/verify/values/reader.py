"""
The reader of values: every number, amount, date, time and rank of a text, with its place.

Pure. One pass over the words of a text: a digit or a word that may begin a value is looked
at more closely, everything else costs nothing.
"""

from __future__ import annotations

import datetime as dt
import re

from .dates import DateReader
from .digits import DigitReader
from .foreign import foreign_values
from .pairs import lend_units, share_units
from .reading import Reading
from .value import Value
from .worded import WORDS, WordReader


def _trie(words: frozenset[str]) -> str:
    """A pattern for any of the words that looks at each letter once."""
    heads: dict[str, set[str]] = {}
    for word in words:
        heads.setdefault(word[:1], set()).add(word[1:])
    if set(heads) == {""}:
        return ""
    parts = [re.escape(head) + _trie(frozenset(heads[head])) for head in sorted(heads) if head]
    return f"(?:{'|'.join(parts)}){'?' if '' in heads else ''}"


_TRIGGER = re.compile(rf"\d|(?<![^\W\d_]){_trie(WORDS)}(?![^\W\d_])|[½¼¾⅓⅔⅕⅛]")


def values(text: str, *, anchor: dt.date | None = None, language: str = "") -> tuple[Value, ...]:
    """
    Read all values of a text.

    Args:
        text: Plain text of any length; time is linear in it.
        anchor: The day to which "yesterday" and a missing year refer.
        language: BCP 47 tag: of a language that has a table, its words are read; of another,
            numerals have its separators and words are read as English.

    Returns:
        Values in the order of the text. Second readings of one place follow the first and
        are marked as guesses.
    """
    if language and (found := foreign_values(text, language, anchor)) is not None:
        return found
    reading = Reading(text, language)
    dates = DateReader(reading.lower, reading.text, anchor)
    digits, words = DigitReader(reading, dates), WordReader(reading, dates)
    done = 0
    for match in _TRIGGER.finditer(reading.lower):
        at = match.start()
        if at < done:
            continue
        word = match.group()
        done = digits.at(at) if word.isdigit() else max(done, words.at(at, word))
    share_units(reading)
    lend_units(reading)
    return tuple(reading.found)
