"""
Dates and times of day, in the common forms, and relative to a document's own date.

Pure. A date is as exact as the text: "April", "24 April", "Q1 2026", "last December". What the
text leaves out is filled by the document's date where that makes it likely.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from decimal import Decimal

from .value import Date, Value

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if number
}
MONTHS["sept"] = 9
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()}
_WHOLE_WEEKDAYS = frozenset(name for name in WEEKDAYS if len(name) > 3)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d|%)"
_TO = r"(?: ?- ?| to | and | or |, )"
_HEAD = re.compile(r"\d{1,4}(?=([-/.:]|st|nd|rd|th|,? (?:to|and|or|of)?|[ap]))")
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)(?!\d|[-/.]\d)"
)
_NUMERIC = re.compile(
    r"(?P<a>\d\d?)(?P<sign>[-/.])(?P<b>\d\d?)(?P=sign)(?P<year>(?:19|20)\d\d|\d\d)(?!\d|[-/.]\d)"
)
_DAY_MONTH = re.compile(
    rf"{_DAY}(?:{_TO}(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?(?: of)?[ -](?P<month>{_MONTH})"
    rf"(?:,?[ -]{_YEAR})?(?![a-z])"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_MONTH}) (?:the )?{_DAY}(?!\d|[.,:]\d|%|[a-z])"
    rf"(?:{_TO}(?P<last>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|[.,]\d|%| [a-z]))?(?:,? {_YEAR})?"
)
_MONTH_YEAR = re.compile(rf"(?P<month>{_MONTH})(?:,|, | of | )?{_YEAR}")
_QUARTER = re.compile(
    r"(?:(?P<half>h)|q)(?P<number>[1-4])(?!\w)"
    r"(?:(?: of)?[ -](?P<fiscal>fy ?|fiscal (?:year )?)?'?(?P<year>(?:19|20)\d\d|\d\d)(?!\w))?"
)
_QUARTER_WORDS = re.compile(
    r"(?P<order>first|second|third|fourth|1st|2nd|3rd|4th|last)[ -](?:fiscal[ -])?"
    r"(?P<part>quarter|half)"
    r"(?:(?: of)? (?P<fiscal>fiscal(?: year)? )?(?P<year>(?:19|20)\d\d))?(?!\w)"
)
_FISCAL = re.compile(r"(?:fy|fiscal(?: year)?)[ -']?(?P<year>(?:19|20)\d\d|\d\d)(?!\d)")
_RELATIVE = re.compile(
    r"(?P<which>last|this|next|past|previous|earlier this|later this|late last|early next)[ -]"
    r"(?P<what>week|month|year|quarter|[a-z]{3,9})(?![a-z])"
)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?::\d\d)?(?: ?(?P<half>[ap])\.?m\b\.?)?"
    r"(?: ?(?P<zone>utc|gmt|cet|cest|e[sd]?t|p[sd]?t|bst|jst|ist)\b)?"
)
_ORDER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_ORDINARY = frozenset({"may", "mar", "sun", "sat", "march", "mon", "wed", "august", "jan", "dec"})
"""Forms that are other words too: a month only beside a number or behind a preposition."""
_BEFORE_MONTH = re.compile(
    r"\b(?:in|since|until|till|by|of|from|during|last|next|this|late|early|mid|to|through|before|"
    r"after|between|and)[ -]$"
)


class DateReader:
    """
    Reads dates of one text.

    Args:
        lower: The text in small letters, of the same length.
        text: The text itself.
        anchor: The day it was published, where that is known.
    """

    def __init__(self, lower: str, text: str, anchor: dt.date | None) -> None:
        self._lower = lower
        self._text = text
        self._anchor = anchor

    def at_digit(self, at: int) -> list[Value]:
        """Values of a date or time that begins with the digit at `at`; none for other numbers."""
        head = _HEAD.match(self._lower, at)
        if head is None:
            return []
        if head[1] in {"-", "/", "."} and (found := self._iso(at) or self._numeric(at)):
            return found
        return self._day_month(at) or self._clock(at)

    def at_word(self, at: int, word: str) -> list[Value]:
        """The same for a word: a month, weekday, quarter, or "last", "yesterday" …"""
        if word in MONTHS:
            return self._month(at, word)
        if word in WEEKDAYS:
            if word in _WHOLE_WEEKDAYS and self._text[at].isupper():
                return [self._value(at, at + len(word), Date(weekday=WEEKDAYS[word]))]
            return []
        if word in {"yesterday", "tomorrow"}:
            return self._near(at, word)
        if word in {"noon", "midnight"}:
            minutes = 720 if word == "noon" else 0
            return [self._time(at, at + len(word), minutes, "")]
        for read in (self._quarter, self._relative):
            if found := read(at):
                return found
        return []

    # -------------------------------------------------------------------- with digits

    def _iso(self, at: int) -> list[Value]:
        match = _ISO.match(self._lower, at)
        if not match:
            return []
        return self._if_real(match, int(match["year"]), int(match["month"]), int(match["day"]))

    def _numeric(self, at: int) -> list[Value]:
        match = _NUMERIC.match(self._lower, at)
        if not match:
            return []
        year = int(match["year"])
        year += 2000 if year < 100 else 0
        first, second = int(match["a"]), int(match["b"])
        day_first = self._if_real(match, year, second, first)
        month_first = self._if_real(match, year, first, second) if first != second else []
        if match["sign"] == "/" and month_first:
            return [*month_first, *(_guess(value) for value in day_first)]
        return day_first or month_first

    def _if_real(self, match: re.Match[str], year: int, month: int, day: int) -> list[Value]:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return []
        return [self._value(*match.span(), Date(year, month, day))]

    def _day_month(self, at: int) -> list[Value]:
        match = _DAY_MONTH.match(self._lower, at)
        month = _month_number(match["month"]) if match else 0
        if not match or not month or not self._text[match.start("month")].isupper():
            return []
        return self._days(match, month)

    def _days(self, match: re.Match[str], month: int) -> list[Value]:
        year = int(match["year"]) if match["year"] else None
        days = [int(match[name]) for name in ("day", "last") if match[name]]
        if any(not 1 <= day <= 31 for day in days):
            return []
        years = self.likely_years(month) if year is None else ()
        return [self._value(*match.span(), Date(year, month, day, years=years)) for day in days]

    def _clock(self, at: int) -> list[Value]:
        match = _CLOCK.match(self._lower, at)
        if not match or not (match["half"] or (match["minute"] and ":" in match.group())):
            return []
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour > 24 or minute > 59 or (match["half"] and not 1 <= hour <= 12):
            return []
        if match["half"]:
            hour = hour % 12 + (12 if match["half"] == "p" else 0)
        return [self._time(*match.span(), hour * 60 + minute, match["zone"] or "")]

    def _time(self, start: int, end: int, minutes: int, zone: str) -> Value:
        shown = self._text[start:end]
        return Value(start, end, shown, "time", Decimal(minutes), per=zone.replace("gmt", "utc"))

    # ------------------------------------------------------------------- with a word

    def _month(self, at: int, word: str) -> list[Value]:
        if not self._text[at].isupper():
            return []
        match = _MONTH_DAY.match(self._lower, at)
        if match and _month_number(match["month"]):
            return self._days(match, MONTHS[word])
        match = _MONTH_YEAR.match(self._lower, at)
        if match and _month_number(match["month"]):
            return [self._value(*match.span(), Date(int(match["year"]), MONTHS[word]))]
        if word in _ORDINARY and not _BEFORE_MONTH.search(self._lower, max(0, at - 10), at):
            return []
        date = Date(month=MONTHS[word], years=self.likely_years(MONTHS[word]))
        return [self._value(at, at + len(word), date)]

    def _quarter(self, at: int) -> list[Value]:
        if self._text[at].isupper() and (match := _QUARTER.match(self._lower, at)):
            number, half, fiscal = int(match["number"]), bool(match["half"]), match["fiscal"]
        elif match := _QUARTER_WORDS.match(self._lower, at):
            half, fiscal = match["part"] == "half", match["fiscal"]
            number = _ORDER.get(match["order"], 2 if half else 4)
            if match["order"] == "last" or (half and not match["year"] and number > 2):
                return []
        elif match := _FISCAL.match(self._lower, at):
            return [self._value(*match.span(), Date(_century(match["year"]), fiscal=True))]
        else:
            return []
        year = _century(match["year"]) if match["year"] else None
        if half and number > 2:
            return []
        date = Date(
            year,
            quarter=None if half else number,
            half=number if half else None,
            fiscal=bool(fiscal),
        )
        return [self._value(*match.span(), date)]

    def _relative(self, at: int) -> list[Value]:
        match = _RELATIVE.match(self._lower, at)
        if not match:
            return []
        which, what = match["which"], match["what"]
        step = -1 if which in {"last", "past", "previous", "late last"} else 0
        step = 1 if which in {"next", "early next"} else step
        if what in MONTHS and self._text[match.start("what")].isupper():
            return [self._value(*match.span(), self._that_month(MONTHS[what], step))]
        if what in _WHOLE_WEEKDAYS:
            return [self._value(*match.span(), Date(weekday=WEEKDAYS[what]))]
        if what not in {"week", "month", "year"} or which == "past":
            return []
        span = self.span_of(what, step)
        return [self._value(*match.span(), Date(span=span))] if span else []

    def _near(self, at: int, word: str) -> list[Value]:
        if self._anchor is None:
            return []
        step = -1 if word == "yesterday" else 1
        day = self._anchor + dt.timedelta(days=step)
        return [self._value(at, at + len(word), Date(day.year, day.month, day.day))]

    # ---------------------------------------------------------------------- calendar

    def _that_month(self, month: int, step: int) -> Date:
        if self._anchor is None:
            return Date(month=month)
        year = self._anchor.year
        if step < 0 and month >= self._anchor.month:
            year -= 1
        if step > 0 and month <= self._anchor.month:
            year += 1
        return Date(year, month)

    def span_of(self, what: str, step: int) -> tuple[dt.date, dt.date] | None:
        """First and last day of the week, month or year so many steps from the text's own."""
        day = self._anchor
        if day is None:
            return None
        if what == "week":
            monday = day - dt.timedelta(days=day.weekday() - 7 * step)
            return monday, monday + dt.timedelta(days=6)
        if what == "year":
            return dt.date(day.year + step, 1, 1), dt.date(day.year + step, 12, 31)
        first = _months_later(day.replace(day=1), step)
        return first, _months_later(first, 1) - dt.timedelta(days=1)

    def likely_years(self, month: int) -> tuple[int, ...]:
        """The document's own year; the one before for a month that had not come yet."""
        if self._anchor is None:
            return ()
        year = self._anchor.year
        return (year, year - 1, year + 1) if month > self._anchor.month else (year, year + 1)

    def _value(self, start: int, end: int, date: Date) -> Value:
        return Value(start, end, self._text[start:end], "date", date=date)


def _guess(value: Value) -> Value:
    return Value(value.start, value.end, value.text, "date", date=value.date, is_guess=True)


def _month_number(word: str) -> int:
    return MONTHS.get(word.rstrip("."), 0)


def _century(year: str) -> int:
    return int(year) + (2000 if len(year) == 2 else 0)


def _months_later(first: dt.date, months: int) -> dt.date:
    month = first.month - 1 + months
    return dt.date(first.year + month // 12, month % 12 + 1, 1)
