"""When an issue is due: days and weeks of the site's time zone, read off the issues there are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from digest.period import due, period_start
from digest.types import Front, Issue


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def issue(day: str, end: str) -> Issue:
    return Issue(
        digest="d",
        date=dt.date.fromisoformat(day),
        slug="s",
        front=Front("t", "", (), ""),
        features=(),
        round_ups=(),
        status="published",
        period_start=None,
        period_end=at(end),
        researched_at=at(end),
    )


CASES: list[tuple[str, list[Issue], str, str, bool, Any]] = [
    # schedule, issues, now, zone, asked, local day of the issue that is due
    ("daily", [], "2026-03-10T07:00Z", "UTC", False, "2026-03-10"),
    ("daily", [issue("2026-03-10", "2026-03-10T07:00Z")], "2026-03-10T23:59Z", "UTC", False, None),
    (
        "daily",
        [issue("2026-03-10", "2026-03-10T07:00Z")],
        "2026-03-11T00:00Z",
        "UTC",
        False,
        "2026-03-11",
    ),
    # the day is the site's: 02:00 UTC is still the evening before in Los Angeles
    ("daily", [], "2026-03-10T02:00Z", "America/Los_Angeles", False, "2026-03-09"),
    (
        "daily",
        [issue("2026-03-09", "2026-03-09T20:00Z")],
        "2026-03-10T02:00Z",
        "America/Los_Angeles",
        False,
        None,
    ),
    # the night in which clocks change has no second issue and loses none
    (
        "daily",
        [issue("2026-03-28", "2026-03-28T06:00Z")],
        "2026-03-29T00:30Z",
        "Europe/Vienna",
        False,
        "2026-03-29",
    ),
    (
        "daily",
        [issue("2026-10-25", "2026-10-24T22:30Z")],
        "2026-10-25T22:30Z",
        "Europe/Vienna",
        False,
        None,
    ),
    # a week without runs gives one issue
    (
        "daily",
        [issue("2026-03-01", "2026-03-01T07:00Z")],
        "2026-03-08T07:00Z",
        "UTC",
        False,
        "2026-03-08",
    ),
    (
        "weekly mon",
        [issue("2026-03-09", "2026-03-09T07:00Z")],
        "2026-03-15T23:00Z",
        "UTC",
        False,
        None,
    ),
    (
        "weekly mon",
        [issue("2026-03-09", "2026-03-09T07:00Z")],
        "2026-03-16T00:10Z",
        "UTC",
        False,
        "2026-03-16",
    ),
    # a run on Thursday makes up for Monday's, and the next is on Monday again
    (
        "weekly mon",
        [issue("2026-03-02", "2026-03-02T07:00Z")],
        "2026-03-12T07:00Z",
        "UTC",
        False,
        "2026-03-12",
    ),
    (
        "weekly mon",
        [issue("2026-03-12", "2026-03-12T07:00Z")],
        "2026-03-15T07:00Z",
        "UTC",
        False,
        None,
    ),
    ("manual", [], "2026-03-10T07:00Z", "UTC", False, None),
    ("manual", [], "2026-03-10T07:00Z", "UTC", True, "2026-03-10"),
    ("manual", [issue("2026-03-10", "2026-03-10T07:00Z")], "2026-03-10T08:00Z", "UTC", True, None),
]


@pytest.mark.parametrize(("schedule", "issues", "now", "zone", "asked", "day"), CASES)
def test_due(
    schedule: str, issues: list[Issue], now: str, zone: str, asked: bool, day: str | None
) -> None:
    """An issue is due when the current period has none; its date is the local day of `now`."""
    window = due(schedule, tuple(issues), now=at(now), timezone=zone, asked=asked)
    assert (window.day.isoformat() if window else None) == day


def test_window_begins_where_the_last_issue_ended() -> None:
    """Entries stored later than the last issue's end, published two days before it or later."""
    past = issue("2026-03-09", "2026-03-09T07:00Z"), issue("2026-03-05", "2026-03-05T07:00Z")
    window = due("daily", past, now=at("2026-03-10T07:00Z"), timezone="UTC", asked=False)
    assert window is not None
    assert window.seen_after == at("2026-03-09T07:00Z")
    assert window.published_after == at("2026-03-07T07:00Z")


def test_first_window_is_open() -> None:
    """A first issue may tell of anything, however old."""
    window = due("daily", (), now=at("2026-03-10T07:00Z"), timezone="UTC", asked=False)
    assert window is not None
    assert window.seen_after is None
    assert window.published_after is None


def test_a_past_day_is_rebuilt_from_what_came_before_it() -> None:
    """With `now` in the past, later issues neither stand in its way nor shift its window."""
    past = issue("2026-03-09", "2026-03-09T07:00Z"), issue("2026-03-20", "2026-03-20T07:00Z")
    window = due("daily", past, now=at("2026-03-10T07:00Z"), timezone="UTC", asked=False)
    assert window is not None
    assert window.seen_after == at("2026-03-09T07:00Z")


def test_period_start_of_each_weekday() -> None:
    """A week begins on the day that its name says."""
    sunday = dt.date(2026, 3, 15)
    assert period_start("weekly sun", sunday) == sunday
    assert period_start("weekly mon", sunday) == dt.date(2026, 3, 9)
    assert period_start("daily", sunday) == sunday
