"""
Dates and times of day in another language, from its table.

Pure. "14. Januar 2026", "le 1er juin", "del 3 al 5 de mayo", "14h30", "alle 15", "vergangene
Woche", "au premier trimestre". The day stands before the month in all of them.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from ....text.languages import Language
from ..dates import DateReader
from ..value import Date, Value
from .forms import Forms, Match

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)(?!\d|[-/.]\d)"
)
_NUMERIC = re.compile(
    r"(?P<day>\d\d?)(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<year>(?:19|20)\d\d|\d\d)(?!\d|[-/.]\d)"
)
_DOTTED = re.compile(r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?!\d)")
_YEAR = re.compile(r",? ?(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d| ?%)")
_DAY = re.compile(r"\d{1,2}(?!\d)")
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:(?P<sign>[:.]| ?h ?)(?P<minute>\d\d)(?!\d|[.:]\d))?")
_QUARTER = re.compile(r"(?:[QT](?P<a>[1-4])|(?P<b>[1-4])T)(?: de)? (?P<year>20\d\d)(?!\d)")
_NO_MONTH_AHEAD = 3
"""Letters of an abbreviated month: it needs a day before it."""


class Calendar:
    """The forms of one language."""

    def __init__(self, language: Language) -> None:
        def forms(section: str) -> Forms:
            return Forms(language.meanings(section))

        self.has_capitals = language.about("calendar") == "capital"
        self.months = forms("months")
        self.weekdays = forms("weekdays")
        self.of = forms("of")
        self.joint = Forms((form, "") for form in (*language.forms("day joint"), "-", ",", "/"))
        self.signs = Forms((form, "") for form in (*language.forms("ordinal signs"), "."))
        self.clock = forms("clock")
        self.clock_before = forms("clock before")
        self.afternoon = forms("afternoon")
        self.times = forms("times of day")
        self.near = forms("near days")
        self.periods = forms("periods")
        self.which = forms("which")
        self.quarters = forms("quarters")
        self.ordinals = forms("ordinals")
        self.dotted_before = Forms((form, "") for form in language.forms("dotted date before"))
        self.decades = forms("decades")
        self.decades_before = forms("decades before")

    def begins(self, token: str) -> bool:
        """Whether a date or time may begin with this word."""
        return any(
            each.begins(token)
            for each in (
                self.months,
                self.weekdays,
                self.times,
                self.near,
                self.periods,
                self.which,
                self.ordinals,
                self.decades_before,
            )
        )


class ForeignDates:
    """
    Args:
        calendar: The language.
        lower, text: The text in small letters and as it is, of one length.
        anchor: The day it was published, where that is known.
    """

    def __init__(self, calendar: Calendar, lower: str, text: str, anchor: dt.date | None) -> None:
        self._calendar = calendar
        self._lower = lower
        self._text = text
        self._anchor = anchor
        self._shared = DateReader(lower, text, anchor)

    # -------------------------------------------------------------------- with digits

    def at_digit(self, at: int) -> list[Value]:
        """Values of a date or time that begins with a digit; none for other numbers."""
        for read in (self._in_figures, self._day_month, self.quarter_sign, self._time):
            if found := read(at):
                return found
        return []

    def _in_figures(self, at: int) -> list[Value]:
        for pattern in (_ISO, _NUMERIC):
            if match := pattern.match(self._lower, at):
                year = int(match["year"])
                year += 2000 if year < 100 else 0
                return self._day(match.span(), year, int(match["month"]), int(match["day"]))
        if match := _DOTTED.match(self._lower, at):
            found = self._day(match.span(), None, int(match["month"]), int(match["day"]))
            return found if self._calendar.dotted_before.before(self._lower, at) else []
        return []

    def _day(self, span: tuple[int, int], year: int | None, month: int, day: int) -> list[Value]:
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return []
        return [self._value(*span, self._date(year, month, day))]

    def _date(self, year: int | None, month: int, day: int | None) -> Date:
        years = self._shared.likely_years(month) if year is None else ()
        return Date(year, month, day, years=years)

    def _day_month(self, at: int) -> list[Value]:
        """One day or two before a month: "3. und 4. Mai", "del 3 al 5 de mayo de 2026"."""
        first = self._numbered_day(at)
        if first is None:
            return []
        days, end = [first[0]], first[1]
        month = self._month_at(end)
        if month is None and (second := self._second_day(end)):
            days.append(second[0])
            month = self._month_at(second[1])
        if month is None:
            return []
        stop, year = self._year_behind(month.end)
        if any(not 1 <= day <= 31 for day in days):
            return []
        return [self._value(at, stop, self._date(year, int(month.meaning), day)) for day in days]

    def _numbered_day(self, at: int) -> tuple[int, int] | None:
        match = _DAY.match(self._lower, at)
        if match is None:
            return None
        end = match.end()
        if sign := self._calendar.signs.at(self._lower, end):
            end = sign.end
        return int(match.group()), end

    def _second_day(self, end: int) -> tuple[int, int] | None:
        at = end + (self._lower[end : end + 1] == " ")
        joint = self._calendar.joint.at(self._lower, at)
        if joint is None:
            return None
        return self._numbered_day(joint.end + (self._lower[joint.end : joint.end + 1] == " "))

    def _month_at(self, end: int) -> Match | None:
        """A month behind a day, past "de"; with the case that its language writes."""
        at = end + (self._lower[end : end + 1] == " ")
        if at == end and self._lower[end - 1 : end].isdigit():
            return None
        of = self._calendar.of.at(self._lower, at)
        if of and self._lower[of.end : of.end + 1] == " ":
            at = of.end + 1
        month = self._calendar.months.at(self._lower, at)
        if month is None or (self._calendar.has_capitals and not self._text[at].isupper()):
            return None
        return month

    def _year_behind(self, end: int) -> tuple[int, int | None]:
        behind = end + (self._lower[end : end + 2] == ". ")  # "14. Jan. 2026"
        at = behind + (self._lower[behind : behind + 1] == " ")
        of = self._calendar.of.at(self._lower, at)
        match = _YEAR.match(self._lower, of.end if of else behind)
        return (match.end(), int(match["year"])) if match else (end, None)

    def quarter_sign(self, at: int) -> list[Value]:
        """Reads "Q1 2026", "T1 2026", "1T 2026"."""
        match = _QUARTER.match(self._text, at)
        if match is None:
            return []
        date = Date(int(match["year"]), quarter=int(match["a"] or match["b"]))
        return [self._value(*match.span(), date)]

    # --------------------------------------------------------------------- the clock

    def _time(self, at: int) -> list[Value]:
        match = _CLOCK.match(self._lower, at)
        if match is None:
            return []
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour > 24 or minute > 59:
            return []
        sign = (match["sign"] or "").strip()
        return self.clock_at(
            at, match.end(), hour * 60 + minute, is_written=sign == ":", has_minutes=bool(sign)
        )

    def clock_at(
        self,
        at: int,
        end: int,
        minutes: int,
        *,
        is_written: bool = False,
        has_minutes: bool = False,
    ) -> list[Value]:
        """
        A time of day whose figures or words were read; none where nothing says that it is one.

        A word that counts hours too ("14 heures") says so only behind "à" and its like, or with
        minutes; else the time is a second reading of the place.
        """
        calendar = self._calendar
        after = end + (self._lower[end : end + 1] == " ")
        behind = calendar.clock.at(self._lower, after)
        before = calendar.clock_before.before(self._lower, at)
        stop = behind.end if behind else end
        more = (
            _DAY.match(self._lower, stop + 1)
            if behind and self._lower[stop : stop + 1] == " "
            else None
        )
        if (
            behind
            and more
            and not has_minutes
            and len(more.group()) == 2
            and int(more.group()) < 60
        ):
            minutes, stop, has_minutes = minutes + int(more.group()), more.end(), True
        says = {each.meaning for each in (behind, before) if each}
        is_sure = "always" in says or sum(map(bool, (behind, before, has_minutes))) > 1
        if not (is_sure or is_written or (has_minutes and "h" in self._lower[at:end])):
            return []
        late = calendar.afternoon.at(self._lower, stop + 1)
        if late and minutes < 720:
            minutes, stop = minutes + 720, late.end
        return [Value(at, stop, self._text[at:stop], "time", Decimal(minutes))]

    # ------------------------------------------------------------------- with a word

    def at_word(self, at: int, token: str) -> list[Value]:
        """Values of a date or time that begins with a word."""
        calendar = self._calendar
        if month := calendar.months.at(self._lower, at):
            return self._month(at, month)
        if day := calendar.weekdays.at(self._lower, at):
            return self._weekday(at, day)
        if found := calendar.times.at(self._lower, at):
            return [
                Value(at, found.end, self._text[at : found.end], "time", Decimal(found.meaning))
            ]
        if found := calendar.near.at(self._lower, at):
            return self._near(at, found)
        if calendar.decades_before.begins(token) and (decade := self._decade(at)):
            return decade
        return self._relative(at) or self._quarter(at)

    def _has_its_case(self, at: int) -> bool:
        """Whether a month or weekday is written as its language writes it: no name of a person."""
        if self._calendar.has_capitals:
            return self._text[at].isupper()
        if self._text[at].islower():
            return True
        ahead = self._text[max(0, at - 3) : at].rstrip("« \"'(“")
        return not ahead or ahead[-1] in ".!?:\n|–—•"

    def _month(self, at: int, month: Match) -> list[Value]:
        if len(month.form) <= _NO_MONTH_AHEAD and month.form not in {"mai"}:
            return []
        if not self._has_its_case(at):
            return []
        stop, year = self._year_behind(month.end)
        return [self._value(at, stop, self._date(year, int(month.meaning), None))]

    def _weekday(self, at: int, day: Match) -> list[Value]:
        if not self._has_its_case(at):
            return []
        return [self._value(at, day.end, Date(weekday=int(day.meaning)))]

    def _near(self, at: int, found: Match) -> list[Value]:
        if self._anchor is None or not self._text[at].islower():
            return []
        day = self._anchor + dt.timedelta(days=int(found.meaning))
        return [self._value(at, found.end, Date(day.year, day.month, day.day))]

    def _decade(self, at: int) -> list[Value]:
        before = self._calendar.decades_before.at(self._lower, at)
        match = re.compile(r" '?(?P<year>(?:1[5-9]|20)?\d0)(?!\d)").match(
            self._lower, before.end if before else at
        )
        if before is None or match is None:
            return []
        return [self._value(at, match.end(), Date(decade=_decade_of(match["year"])))]

    def decade_at(self, at: int, end: int) -> list[Value]:
        """Reads "1990er Jahre", whose digits were read."""
        behind = self._calendar.decades.at(self._lower, end)
        written = self._lower[at:end]
        if behind is None or not re.fullmatch(r"(?:1[5-9]|20)?\d0", written):
            return []
        return [self._value(at, behind.end, Date(decade=_decade_of(written)))]

    def _relative(self, at: int) -> list[Value]:
        """Reads "vergangene Woche", "la semaine dernière", "lundi dernier"."""
        which = self._calendar.which.at(self._lower, at)
        period = self._calendar.periods.at(self._lower, at)
        first = which or period
        if first is None or self._lower[first.end : first.end + 1] not in {" ", "'"}:
            return []
        at_second = first.end + 1
        if which:
            second = self._calendar.periods.at(self._lower, at_second)
            if second is None:
                return []
            what, step = second.meaning, int(which.meaning)
        else:
            second = self._calendar.which.at(self._lower, at_second)
            if second is None or period is None:
                return []
            what, step = period.meaning, int(second.meaning)
        span = self._shared.span_of(what, step)
        return [self._value(at, second.end, Date(span=span))] if span else []

    def _quarter(self, at: int) -> list[Value]:
        """Reads "ersten Quartal 2026", "premier semestre"."""
        order = self._calendar.ordinals.at(self._lower, at)
        return self.quarter_at(at, order.end, int(order.meaning)) if order else []

    def quarter_at(self, at: int, end: int, number: int) -> list[Value]:
        """A quarter or half of a year whose number was read."""
        gap = self._lower[end : end + 2]
        start = end + 2 if gap == ". " else end + 1
        part = self._calendar.quarters.at(self._lower, start)
        if part is None or gap[:1] not in {" ", "."} or not 1 <= number <= 4:
            return []
        stop, year = self._year_behind(part.end)
        if part.meaning == "half":
            return [self._value(at, stop, Date(year, half=number))] if number < 3 else []
        return [self._value(at, stop, Date(year, quarter=number))]

    def _value(self, start: int, end: int, date: Date) -> Value:
        return Value(start, end, self._text[start:end], "date", date=date)


def _decade_of(written: str) -> int:
    return int(written) + (
        1900 if len(written) == 2 and int(written) > 20 else 2000 if len(written) == 2 else 0
    )
