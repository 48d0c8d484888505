"""
How long a server asks to be left alone: Cache-Control, Expires, Retry-After.

Pure. Values are whatever a server sends: what cannot be read asks for nothing, and no
server silences a feed for longer than `LONGEST`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

LONGEST = dt.timedelta(days=7)
NOTHING = dt.timedelta(0)
MAX_AGE = re.compile(r'\bmax-age\s*=\s*"?([0-9]+)')


def hold(headers: Mapping[str, str], now: dt.datetime) -> dt.timedelta:
    """
    How long after `now` the server wants no further request for this address.

    Args:
        headers: Of any answer, good or bad; names in lower case.
        now: When it came.

    Returns:
        From 0 to `LONGEST`.

    Source: RFC 9111, sections 5.2.2.1 (max-age) and 5.3 (Expires); RFC 9110, section
    10.2.3 (Retry-After)
    """
    return max(_fresh(headers, now), _retry_after(headers, now))


def seconds(digits: str) -> dt.timedelta:
    """So many seconds, at most `LONGEST`; more digits than a number should have are many."""
    return LONGEST if len(digits) > 9 else min(dt.timedelta(seconds=int(digits)), LONGEST)


def _fresh(headers: Mapping[str, str], now: dt.datetime) -> dt.timedelta:
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return NOTHING
    if match := MAX_AGE.search(control):
        return seconds(match[1])
    return _until(headers.get("expires", ""), headers, now)


def _retry_after(headers: Mapping[str, str], now: dt.datetime) -> dt.timedelta:
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]+", value):
        return seconds(value)
    return _until(value, headers, now)


def _until(date: str, headers: Mapping[str, str], now: dt.datetime) -> dt.timedelta:
    """From the server's own clock, where it shows one, so that a wrong one does no harm."""
    end = _date(date)
    if end is None:
        return NOTHING
    return min(max(end - (_date(headers.get("date", "")) or now), NOTHING), LONGEST)


def _date(text: str) -> dt.datetime | None:
    from email.utils import parsedate_to_datetime  # it loads sockets, and `digest status` none

    try:
        date = parsedate_to_datetime(text)
        return date if date.tzinfo else date.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):  # the latter for years no C int holds
        return None
