"""
Values in words: "six", "half a dozen", "twice", "two thirds", "third-largest", "April".

Pure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from . import number_words as numbers
from .dates import MONTHS, WEEKDAYS, DateReader
from .hedges import hedged
from .measures import per_behind, unit_behind
from .parts import part_of
from .reading import Reading
from .units import MAGNITUDES, unit_of

_LETTERS_AT = re.compile(r"[^\W\d_]+")
_ORDINAL_TAIL = re.compile(
    r"-(?:[a-z]+est|best|most|worst|place|ranked)|"
    r" (?:place\b|rank\b|most\b|best\b|worst\b|[a-z]+est\b)"
)
_NOT_RANK = re.compile(r"[ -](?:part(?:y|ies)|class|rate|hand|generation|degree|world)\b")
_FRACTION_TAIL = re.compile(r"[ -](?:of\b|as\b|the\b|less\b|more\b|fewer\b|off\b|its\b|that\b)")
_FRACTION_BEFORE = re.compile(
    r"(?:\ba |\bone[ -]|\bby |\bunder |\bnearly |\babout |\broughly |\balmost )$"
)
_HEDGED_FRACTION = re.compile(
    r"\b(?:more than|less than|over|under|nearly|almost|about|roughly|around|barely|just) "
    r"(?:an? |one[ -])$"
)
_NOT_FRACTION = re.compile(
    r"(?: a | an )?[ -]?(?:day|time|way|hearted|life|baked|year|finals?|back)\b"
)
WORDS = frozenset(
    {*numbers.PLAIN, *numbers.MULTIPLES, *numbers.VAGUE, *numbers.FRACTIONS, *numbers.ORDINALS}
    | {*MONTHS, *WEEKDAYS, "yesterday", "tomorrow", "noon", "midnight"}
    | {"q", "h", "fy", "fiscal", "last", "this", "next", "previous", "earlier", "later", "late"}
    | {"early", "a", "an"}
)
_DATE_WORDS = WORDS - numbers.PLAIN - set(numbers.MULTIPLES) - set(numbers.VAGUE) - {"a", "an"}
_SCALED = re.compile(r"an? (?:dozen|hundred|thousand|million|billion|trillion)\b")
_LONE_SCALE_BEFORE = re.compile(r"(?:\bper|/|\bevery|\beach) ?$")
_UNIT_ARTICLE = re.compile(r"an? (second|minute|hour|day|week|month|year|decade|century)\b")


class WordReader:
    """
    Args:
        reading: The text; what is found is added to it.
        dates: Asked of the words that may begin a date.
    """

    def __init__(self, reading: Reading, dates: DateReader) -> None:
        self._reading = reading
        self._dates = dates
        self._lower = reading.lower
        self._add, self._make = reading.add, reading.make

    def at(self, at: int, word: str) -> int:
        if word in numbers.SIGNS:
            return self._sign(at, word)
        if word in _DATE_WORDS:
            dates = self._dates.at_word(at, word)
            if dates:
                return self._add(*(hedged(value, self._lower) for value in dates))
        if word in numbers.MULTIPLES and word != "halves":
            number = Decimal(numbers.MULTIPLES[word])
            return self._add(self._make(at, at + len(word), number=number, unit="x", is_word=True))
        if word in numbers.VAGUE:
            number = Decimal(10) ** numbers.VAGUE[word]
            return self._add(self._make(at, at + len(word), kind="vague", number=number))
        is_cardinal = word in numbers.PLAIN or word in {"a", "an", "half"}
        if is_cardinal and (end := self._cardinal(at, word)):
            return end
        if word in numbers.FRACTIONS and (end := self._fraction(at, word, Decimal(1))):
            return end
        if word in numbers.ORDINALS:
            return self._ordinal(at, word)
        return 0

    def _sign(self, at: int, sign: str) -> int:
        top, _, bottom = numbers.SIGNS[sign].partition("/")
        number = Decimal(top) / Decimal(bottom or 1)
        return self._add(self._make(at, at + 1, number=number, is_fraction=True))

    def _cardinal(self, at: int, word: str) -> int:
        if word in {"a", "an"} and not _SCALED.match(self._lower, at):
            return self._single(at)
        if word in MAGNITUDES and not _LONE_SCALE_BEFORE.search(self._lower, max(0, at - 6), at):
            return 0
        if word == "dozen":
            return 0
        found = numbers.in_words(self._lower, at)
        if found is None:
            return 0
        if found.words == 1 and found.number < 20 and (end := self._parts(at, found)):
            return end
        if of := part_of(self._reading, at, found.end):
            return self._add(of)
        unit, stop = unit_behind(self._reading, found.end, None)
        if word == "one" and found.words == 1 and (unit is None or unit.dimension == "x"):
            return 0
        factor = unit.factor if unit else Decimal(1)
        return self._add(
            self._make(
                at,
                stop,
                number=found.number * factor,
                unit=unit.dimension if unit else "",
                digits=found.digits,
                per=per_behind(self._reading, stop),
                measure=factor,
                is_word=True,
            )
        )

    def _parts(self, at: int, found: numbers.InWords) -> int:
        """A fraction whose numerator was just read: "two thirds", "three quarters"."""
        match = _LETTERS_AT.match(self._lower, found.end + 1)
        joint = self._lower[found.end : found.end + 1]
        word = match.group() if match and joint in {" ", "-"} else ""
        if word in numbers.FRACTIONS and (word.endswith("s") or found.number == 1):
            number = found.number / numbers.FRACTIONS[word]
            end = found.end + 1 + len(word)
            return self._add(self._make(at, end, number=number, is_word=True, is_fraction=True))
        return 0

    def _single(self, at: int) -> int:
        """Evidence for "one hour", and no claim of its own: "an hour"."""
        match = _UNIT_ARTICLE.match(self._lower, at)
        unit = unit_of(match[1]) if match else None
        if match is None or unit is None:
            return 0
        self._add(
            self._make(
                at,
                match.end(),
                number=unit.factor,
                unit=unit.dimension,
                is_guess=True,
                is_word=True,
            )
        )
        return 0

    def _fraction(self, at: int, word: str, over: Decimal) -> int:
        end = at + len(word)
        before = self._lower[max(0, at - 16) : at]
        if _NOT_FRACTION.match(self._lower, end) and word == "half":
            return end
        asked = word == "half" or _FRACTION_BEFORE.search(before)
        if not asked or (word != "half" and _ORDINAL_TAIL.match(self._lower, end)):
            return 0
        is_hedged = _HEDGED_FRACTION.search(before) and not _NOT_RANK.match(self._lower, end)
        if word != "half" and not is_hedged and not _FRACTION_TAIL.match(self._lower, end):
            tail = self._lower[end : end + 1]
            if tail not in {"", ".", ",", ";", ")", "'"}:
                return 0
        number = over / numbers.FRACTIONS[word]
        return self._add(self._make(at, end, number=number, is_word=True, is_fraction=True))

    def _ordinal(self, at: int, word: str) -> int:
        """A rank; "first" and "second" are one only before a superlative or a place."""
        end = at + len(word)
        if _NOT_RANK.match(self._lower, end):
            return end
        tail = _ORDINAL_TAIL.match(self._lower, end)
        before = self._lower[max(0, at - 12) : at]
        if (
            word in {"first", "second"}
            and not tail
            and not re.search(r"\branked $|\bcame $", before)
        ):
            return end
        return self._add(
            self._make(at, end, kind="rank", number=Decimal(numbers.ORDINALS[word]), is_word=True)
        )
