"""
What stands beside a number: its power of ten, its unit, its currency, what it is per.

Pure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from .numerals import numeral
from .reading import Reading
from .units import CURRENCIES, LETTERS, MAGNITUDES, Unit, unit_of

SEPARATE = re.compile(r"[ -]?([A-Za-zµ°%‰×€£¥¢$²³]+(?:/[A-Za-z]+)?)(?![^\W\d_])")
"""A word or sign behind a number, which may touch it."""
CURRENCY_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:US|C|A|HK|NZ|S|R|CA|AU|NT))?[$€£¥₹₩₽] ?$|(?<![A-Za-z])[A-Z]{3} ?$"
)
_SIGNS = frozenset("$€£¥₹₩₽")
_PERCENT = re.compile(r" ?(?:%|percent\b|per cent\b|pct\b)")
_PHRASES = re.compile(
    r"[ -](percentage points?|basis points?|us dollars?|square (?:met(?:re|er)s?|miles?|feet|"
    r"kilomet(?:re|er)s?)|(?:australian|canadian) dollars?|nautical miles?|"
    r"(?:kilomet(?:re|er)s?|miles?) (?:per|an) hour|"
    r"(?:kilo|mega|giga|tera)?watt[ -]hours?|degrees? (?:celsius|fahrenheit))\b"
)
_PER = re.compile(
    r"(?: ?/ ?| (?:per|an?|each|every) )"
    r"(?:(?P<amount>\d[\d,.]*)? ?(?P<scale>[kmb](?![a-z])|thousand|million|billion)?[ -]?)?"
    r"(?P<word>[a-z]+)?"
)
_TIMES = re.compile(
    r"(?P<what>second|sec|s|minute|min|hour|hr|h|day|week|month|mo|quarter|year|yr)s?$"
)
_SCALES = {"k": 3, "m": 6, "b": 9, "thousand": 3, "million": 6, "billion": 9}


def magnitude(reading: Reading, end: int) -> tuple[int, int]:
    """The power of ten behind a number, and where it ends."""
    match = SEPARATE.match(reading.text, end)
    if match and (power := MAGNITUDES.get(match[1].lower())) is not None:
        scale, stop = power, match.end()
        again = SEPARATE.match(reading.text, stop)
        if again and again[1].lower() in {"million", "billion", "trillion"}:
            return scale + MAGNITUDES[again[1].lower()], again.end()
        return scale, stop
    if match and match[1] in {"K", "M", "B", "T"} and reading.text[end : end + 1] == " ":
        after = reading.text[match.end() : match.end() + 1]
        if not after.isalnum():
            return LETTERS[match[1]], match.end()
    return 0, end


def unit_behind(reading: Reading, end: int, money: Unit | None) -> tuple[Unit | None, int]:
    """The unit behind a number and where it ends."""
    if match := _PERCENT.match(reading.lower, end):
        return unit_of("%"), match.end()
    if match := _PHRASES.match(reading.lower, end):
        return unit_of(re.sub(r"[ -]", " ", match[1])), match.end()
    match = SEPARATE.match(reading.text, end)
    if match is None or not match[1]:
        return None, end
    form = match[1]
    lone = len(form) == 1 and form.isascii() and form.isalpha()
    gap = reading.text[end : end + 1] in {" ", "-"}
    if (lone and gap and form not in {"x", "m", "s", "g", "h"}) or form.lower() in {
        "us",
        "mi",
        "ha",
        "amp",
    }:
        return None, end
    found = unit_of(form)
    if found is None and "/" in form:
        form = form.partition("/")[0]
        found = unit_of(form)
        if found:
            return found, match.start(1) + len(form)
    if found is None:
        return None, end
    if money and found.dimension == money.dimension:
        return None, match.end()
    return (None, end) if money else (found, match.end())


def currency_before(reading: Reading, at: int) -> Unit | None:
    """The currency whose sign or code stands before a number."""
    near = reading.text[max(0, at - 2) : at].rstrip()[-1:]
    if not (near.isupper() or near in _SIGNS):
        return None
    match = CURRENCY_BEFORE.search(reading.text, max(0, at - 6), at)
    if match is None:
        return None
    found = unit_of(match.group().strip())
    return found if found and found.dimension in CURRENCIES else None


def per_behind(reading: Reading, end: int, *, is_money: bool = False) -> str:
    """What an amount is per: "m" of "a month", "1E+6" of "per 1M tokens"."""
    match = _PER.match(reading.lower, end)
    if not match:
        return ""
    if match["amount"] or match["scale"]:
        if not is_money:
            return ""
        amount = numeral(match["amount"].rstrip(".,")).number if match["amount"] else Decimal(1)
        scale = _SCALES.get(match["scale"] or "", 0)
        return str((amount or Decimal(1)).scaleb(scale).normalize())
    time = _TIMES.match(match["word"] or "")
    return time["what"][:1] + time["what"][1:3] if time else ""
