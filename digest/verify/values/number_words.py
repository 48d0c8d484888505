"""
Numbers in English words.

Pure. "twenty-seven", "two hundred and five", "half a dozen", "a million", "three quarters".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from .units import MAGNITUDES

UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
        "twentieth".split(),
        1,
    )
}
FRACTIONS = {
    "half": Decimal(2),
    "halves": Decimal(2),
    "third": Decimal(3),
    "thirds": Decimal(3),
    "quarter": Decimal(4),
    "quarters": Decimal(4),
    "fourth": Decimal(4),
    "fourths": Decimal(4),
    "fifth": Decimal(5),
    "fifths": Decimal(5),
    "sixth": Decimal(6),
    "sixths": Decimal(6),
    "seventh": Decimal(7),
    "sevenths": Decimal(7),
    "eighth": Decimal(8),
    "eighths": Decimal(8),
    "ninth": Decimal(9),
    "ninths": Decimal(9),
    "tenth": Decimal(10),
    "tenths": Decimal(10),
    "hundredth": Decimal(100),
    "thousandth": Decimal(1000),
}
SIGNS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "1/3", "⅔": "2/3", "⅕": "0.2", "⅛": "0.125"}
MULTIPLES = {
    "twice": 2,
    "thrice": 3,
    "double": 2,
    "doubles": 2,
    "doubled": 2,
    "doubling": 2,
    "triple": 3,
    "triples": 3,
    "tripled": 3,
    "tripling": 3,
    "treble": 3,
    "trebled": 3,
    "quadruple": 4,
    "quadrupled": 4,
    "quadruples": 4,
    "quintupled": 5,
    "twofold": 2,
    "threefold": 3,
    "fourfold": 4,
    "fivefold": 5,
    "sixfold": 6,
    "sevenfold": 7,
    "eightfold": 8,
    "ninefold": 9,
    "tenfold": 10,
    "hundredfold": 100,
    "thousandfold": 1000,
    "halve": 2,
    "halves": 2,
    "halved": 2,
    "halving": 2,
}
"""Words that say how many times; to halve is twice the other way round."""
VAGUE = {"dozens": 1, "scores": 1, "hundreds": 2, "thousands": 3, "millions": 6, "billions": 9} | {
    "trillions": 12
}
PLAIN = frozenset((*UNITS, *TENS, *MAGNITUDES, "dozen")) - {"mn", "bn", "tn", "mln", "bln", "mio"}

_WORD = re.compile(r"[a-z]+")
_HALF = re.compile(r" and a (half|quarter)\b")


class InWords(NamedTuple):
    """A number in words: how far it goes and what it is."""

    end: int
    number: Decimal
    words: int
    digits: int


def in_words(text: str, at: int) -> InWords | None:
    """
    Read a number that begins at `at`, or None.

    Args:
        text: In small letters.
    """
    tokens = _tokens(text, at)
    if not tokens:
        return None
    first = tokens[0][0]
    if first in {"a", "an"}:
        return _with_article(tokens)
    if first == "half":
        if len(tokens) > 2 and tokens[1][0] == "a" and tokens[2][0] in {"dozen", *MAGNITUDES}:
            scale = 12 if tokens[2][0] == "dozen" else 10 ** MAGNITUDES[tokens[2][0]]
            return InWords(tokens[2][1], Decimal(scale) / 2, 3, 1)
        return None
    return _cardinal(tokens, text)


def _tokens(text: str, at: int) -> list[tuple[str, int]]:
    """Up to twelve words that stand side by side, each with its end."""
    found: list[tuple[str, int]] = []
    while len(found) < 12:
        match = _WORD.match(text, at)
        if match is None:
            break
        found.append((match.group(), match.end()))
        if text[match.end() : match.end() + 1] not in {" ", "-"}:
            break
        at = match.end() + 1
    return found


def _with_article(tokens: Sequence[tuple[str, int]]) -> InWords | None:
    if len(tokens) < 2:
        return None
    word, end = tokens[1]
    if word == "dozen":
        return InWords(end, Decimal(12), 2, 2)
    if word in MAGNITUDES and word.isalpha() and len(word) > 3:
        more = _cardinal([("one", end), *tokens[1:]], "")
        return more._replace(words=2) if more else None
    return None


def _cardinal(tokens: Sequence[tuple[str, int]], text: str) -> InWords | None:
    total = current = 0
    end = used = 0
    seen = False
    last = ""
    for place, (word, word_end) in enumerate(tokens):
        if word in UNITS and last not in UNITS:
            current += UNITS[word]
        elif word in TENS and last not in UNITS and last not in TENS:
            current += TENS[word]
        elif word == "hundred" and seen:
            current = (current or 1) * 100
        elif word == "dozen" and seen:
            current *= 12
        elif word in MAGNITUDES and len(word) > 3:
            total += (current or 1) * 10 ** MAGNITUDES[word]
            current = 0
        elif word == "and" and last in {"hundred", "thousand", "million"}:
            following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
            if following not in UNITS and following not in TENS:
                break
            last = word
            continue
        else:
            break
        seen, end, used, last = True, word_end, place + 1, word
    if not seen:
        return None
    half = _HALF.match(text, end) if used == 1 else None
    if half:
        part = Decimal("0.5") if half[1] == "half" else Decimal("0.25")
        return InWords(half.end(), Decimal(total + current) + part, 4, 2)
    number = Decimal(total + current)
    return InWords(end, number, used, len(str(total + current).rstrip("0")) or 1)
