"""
When an issue is due: calendar days and weeks of the site's time zone.

Pure. What is due is read off content/ and the clock of the caller, never off the time of
the last run: late, doubled and skipped runs all come out right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from .settings import WEEKDAYS

LOOK_BACK = dt.timedelta(hours=48)
"""An entry may have been published so long before the last issue and still be news."""
LONGEST_OUTAGE = dt.timedelta(days=14)
"""So long, where its feed could not be read when that issue was made."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which entries an issue may tell of."""

    day: dt.date
    """Local date of the issue."""
    seen_after: dt.datetime | None
    """`period_end` of the last issue; None on a first one."""
    published_after: dt.datetime | None


class Past(Protocol):
    """An issue that is there."""

    @property
    def date(self) -> dt.date: ...
    @property
    def period_end(self) -> dt.datetime: ...


def due(
    schedule: str, issues: Sequence[Past], *, now: dt.datetime, timezone: str, asked: bool
) -> Window | None:
    """
    The window of the issue that is due, or None.

    Args:
        schedule: `daily`, `weekly mon` …, `manual`.
        issues: The digest's issues so far, in any order.
        now: The time to decide for.
        timezone: Of the site.
        asked: The digest was named by the user; `manual` ones wait for that.

    Returns:
        None while the current period has its issue. Whether there is anything to tell is
        for the caller to see.
    """
    today = now.astimezone(ZoneInfo(timezone)).date()
    if schedule == "manual" and not asked:
        return None
    start = period_start(schedule, today)
    if any(start <= issue.date <= today for issue in issues):
        return None
    past = [issue.period_end for issue in issues if issue.date < start]
    last = max(past, default=None)
    return Window(today, last, last - LOOK_BACK if last else None)


def period_start(schedule: str, day: dt.date) -> dt.date:
    """First day of the period that `day` lies in."""
    if schedule.startswith("weekly "):
        first = WEEKDAYS.index(schedule.removeprefix("weekly "))
        return day - dt.timedelta(days=(day.weekday() - first) % 7)
    return day


def month_of(now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The calendar month of a time, in UTC: its start, and that of the next."""
    start = now.astimezone(dt.UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return start, (start + dt.timedelta(days=32)).replace(day=1)
