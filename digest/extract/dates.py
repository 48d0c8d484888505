"""
Dates as feeds and pages write them -> UTC.

Pure, without a clock: a date in the future stays for whoever knows what time it is.

Source: RFC 3339; RFC 5322, section 3.3; ISO 8601
"""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""Older dates are counters at zero and errors: there was no page to publish."""
LATEST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def moment(text: str) -> dt.datetime | None:
    """
    A point in time in UTC, to the second.

    Args:
        text: ISO 8601 or the form of mails; a day alone is its midnight, a time without a zone
            is in UTC.

    Returns:
        None for what is no date, or lies before 1990 or after 2100.
    """
    text = re.sub(r"\s+UTC$", "", " ".join(text.split()))
    if not re.match(r"\d{4}-\d\d|[A-Za-z]{3}|\d{1,2} [A-Za-z]{3}", text):
        return None
    try:
        found = dt.datetime.fromisoformat(re.sub(r" (?=[+-]\d\d:?\d\d$)", "", text))
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
