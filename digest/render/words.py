"""
Dates, numbers and lengths in words.

Pure. Months are written out by hand: `strftime` depends on the machine's locale.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

MONTHS = (
    "January February March April May June July August September October November December"
).split()
WORDS_PER_MINUTE = 230
"""Silent reading of English non-fiction: 238 on average (Brysbaert 2019), a little less here."""


def day(value: dt.date) -> str:
    """`24 April 2026`"""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def local_day(value: dt.datetime, timezone: str) -> dt.date:
    """The day on which a moment falls in a time zone."""
    return value.astimezone(ZoneInfo(timezone)).date()


def minutes(words: int) -> int:
    """Reading time in minutes, one at least."""
    return max(1, round(words / WORDS_PER_MINUTE))


def plural(count: int, one: str, many: str = "") -> str:
    """`1 feed`, `1,204 feeds`"""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
