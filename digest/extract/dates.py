"""
Dates as feeds and pages write them -> UTC.

Pure, without a clock: a date in the future stays for whoever knows what time it is.

Source: RFC 3339; RFC 5322, section 3.3; ISO 8601
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""Older dates are counters at zero and errors: there was no page to publish."""
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
_DATE = re.compile(r"\d{4}-\d\d|[A-Za-z]{3}|\d{1,2} [A-Za-z]{3}")
_BEFORE_ZONE = re.compile(r" (?=[+-]\d\d:?\d\d$)")
_SHORT = 100
"""Characters of a text that is remembered."""
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_OF_MAILS = re.compile(
    r"(?:[A-Z][a-z][a-z], )?(\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3})"
    r" (\d\d):(\d\d)(?::(\d\d))? (?:GMT|UTC|Z|([+-])(\d\d)([0-5]\d))",
    re.ASCII,
)
"""The form of most feeds, which the standard library reads in five times the time."""


def moment(text: str) -> dt.datetime | None:
    """
    A point in time in UTC, to the second.

    Args:
        text: ISO 8601 or the form of mails; a day alone is its midnight, a time without a zone
            is in UTC.

    Returns:
        None for what is no date, or lies before 1990 or after 2100.
    """
    return _known(text) if len(text) <= _SHORT else _read(text)


@lru_cache(maxsize=1024)  # a feed is asked for each of its dates several times
def _known(text: str) -> dt.datetime | None:
    return _read_mail(match) if (match := _OF_MAILS.fullmatch(text)) else _read(text)


def _read_mail(match: re.Match[str]) -> dt.datetime | None:
    day, month, year, hour, minute, second, sign, hours, minutes = match.groups()
    try:
        away = dt.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        zone = dt.timezone(-away if sign == "-" else away)
        number = _MONTHS.index(month) // 3 + 1
        found = dt.datetime(
            int(year), number, int(day), int(hour), int(minute), int(second or 0), tzinfo=zone
        )
    except ValueError:
        return None
    return in_range(found)


def _read(text: str) -> dt.datetime | None:
    text = " ".join(text.split()).removesuffix(" UTC")
    if not _DATE.match(text):
        return None
    try:
        found = dt.datetime.fromisoformat(_BEFORE_ZONE.sub("", text))
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return in_range(found)


def in_range(found: dt.datetime) -> dt.datetime | None:
    """`found` in UTC; None where no post can have that date."""
    try:
        found = found.replace(tzinfo=found.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (OverflowError, ValueError):  # year 0 or 10,000 in its own zone
        return None
    return found.replace(microsecond=0) if EARLIEST <= found < LATEST else None
