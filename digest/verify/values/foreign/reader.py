"""
The reader of values of a text in another language, by that language's table.

Pure. What a German "9.000", a French "14h30" or a Spanish "mil millones" means; where a form
may mean two things both are read, the less likely as a guess, and where it may mean nothing
it is not read at all.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

from ....text.languages import Language
from ..compare import is_year
from ..measures import CURRENCY_BEFORE, currency_before, unit_behind
from ..number_words import SIGNS
from ..numerals import NUMERAL, numeral
from ..pairs import lend_units
from ..reading import Reading
from ..units import CURRENCIES, Unit, unit_named
from ..value import Kind, Value
from .calendar import ForeignDates
from .forms import TOKEN
from .grammar import ENDS_OF_RANK, Grammar, grammar
from .numerals import InWords

_TRIGGER = re.compile(rf"{TOKEN.pattern}|[½¼¾⅓⅔⅕⅛]")
_LETTERS_AT = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[\w.-]*")
_NAME_BEFORE = re.compile(
    r"(?:[^\W\d_]+\d[\w.]*|\d[\d.]*[^\W\d_]+|[A-Z]{2,}[a-z]?|[A-Z][a-z]+[A-Z]\w*)-$"
)
_POWERS = {"k": 3, "K": 3, "M": 6}
_POWER_APART = re.compile(r" ([kKM])(?= ?[€$£]| (?:USD|EUR|CHF)\b)")
_VERSION_BEFORE = re.compile(r"(?:\bv|\b[Vv]ersi[oó]n[e]? |[A-Z][A-Za-z]+[ -])$")
_HOURS = re.compile(r"(\d{1,2}) ?")
_WORD_BETWEEN = re.compile(r"[^\W\d_]+ ")
_FIGURES = re.compile(r"\d{1,4}(?![\d.,]\d|\w)")
_PAIR_REACH = 14
_LARGEST_TOP = 20
"""Of a fraction whose parts are told: "drei Viertel", "9 von 10"."""
_MOST_PARTS = 1000


def foreign_values(text: str, tag: str, anchor: dt.date | None = None) -> tuple[Value, ...] | None:
    """
    Read all values of a text that is not English.

    Args:
        text: Plain text of any length; time is linear in it.
        tag: Its language (BCP 47), which is sure.
        anchor: The day to which "gestern" and a missing year refer.

    Returns:
        Values as `values` gives them; None for a language that has no table.
    """
    known = grammar(tag.partition("-")[0].lower())
    return (
        _Reader(known, Reading(text, _separators(text, tag, known.known)), anchor).read()
        if known
        else None
    )


def _separators(text: str, tag: str, known: Language) -> str:
    """The language whose numerals a text has: where both ways are in use, its own numbers tell."""
    primary, _, region = tag.lower().partition("-")
    points = known.about("decimal point in").split()
    if not points:
        return primary
    if region in points:
        return "en"
    commas = re.search(r"\d,\d{1,2}(?!\d)|\d\.\d{3}(?!\d)", text)
    return "en" if not commas and re.search(r"\d,\d{3}(?!\d)", text) else primary


class _Reader:
    def __init__(self, grammar: Grammar, reading: Reading, anchor: dt.date | None) -> None:
        self._grammar = grammar
        self._reading = reading
        self._text, self._lower = reading.text, reading.lower
        self._dates = ForeignDates(grammar.calendar, reading.lower, reading.text, anchor)
        self._bare = -1
        """Place in what was found of the last number without a unit, which a neighbour may lend."""
        self._lone: Value | None = None
        """The million of "pro Million", read with the amount before it."""

    def read(self) -> tuple[Value, ...]:
        done = 0
        begins = self._grammar.begins
        for match in _TRIGGER.finditer(self._lower):
            at = match.start()
            if at < done:
                continue
            token = match.group()
            if token.isdigit():
                done = max(self._digit(at), at + 1)
            elif token in SIGNS:
                done = self._sign(at, token)
            elif begins(token):
                done = max(done, self._word(at, token))
        lend_units(self._reading)
        return tuple(self._reading.found)

    def _add(self, *values: Value) -> int:
        return self._reading.add(*values)

    def _make(self, start: int, end: int, kind: Kind = "number", **fields: object) -> Value:
        return Value(start, end, self._reading.shown[start:end], kind, **fields)  # type: ignore[arg-type]

    # -------------------------------------------------------------------- with digits

    def _digit(self, at: int) -> int:
        before = self._text[at - 1 : at]
        if before.isalpha() and not self._is_free(at):
            return self._name_end(at)
        if before == "." and self._text[at - 2 : at - 1].isdigit():
            return self._name_end(at)
        if dates := self._dates.at_digit(at):
            self._hours_too(at, dates[0])
            return self._add(*dates)
        match = NUMERAL.match(self._text, at)
        if match is None:
            return at + 1
        end = match.end()
        if before == "-" and _NAME_BEFORE.search(self._text, max(0, at - 24), at):
            return self._name_end(end)
        return self._numeral(at, end)

    def _is_free(self, at: int) -> bool:
        head = self._text[max(0, at - 5) : at]
        return bool(re.search(r"(?<![A-Za-z])(?:[vV]|USD|EUR|GBP|CHF|JPY|CNY)$", head))

    def _name_end(self, at: int) -> int:
        match = _NAME.match(self._text, at)
        return max(at + 1, match.end() if match else at + 1)

    def _hours_too(self, at: int, found: Value) -> None:
        """The other reading of "de 10 heures": so many hours."""
        hours = _HOURS.match(self._lower, at)
        unit = self._grammar.units.at(self._lower, hours.end()) if hours else None
        if found.kind == "time" and hours and unit and unit.meaning == "hour":
            number = Decimal(hours[1]) * 3600
            self._add(self._make(at, unit.end, number=number, unit="s", is_guess=True))

    def _numeral(self, at: int, end: int) -> int:
        written = self._text[at:end]
        read = numeral(written, self._reading.language, is_certain=True)
        if read.number is None:
            return self._add(self._make(at, end, "version", written=written))
        if decade := self._dates.decade_at(at, end):
            return self._add(*decade)
        if quarter := self._dates.quarter_at(at, end, int(read.number) if len(written) < 2 else 0):
            return self._add(*quarter)
        money = currency_before(self._reading, at)
        scale, stop = 0, end
        if attached := _LETTERS_AT.match(self._text, end):
            letters = attached.group()
            if letters.lower() in self._grammar.ordinal_signs:
                return self._ordinal_figure(at, attached.end(), read.number)
            if self._text[attached.end() : attached.end() + 1].isdigit():
                return self._name_end(end)
            power = _POWERS.get(letters) or self._scale_of(letters.lower())
            if power:
                scale, stop = power, attached.end()
            elif not self._unit_at(end, money)[0]:
                return self._name_end(end)
        elif letter := _POWER_APART.match(self._text, end):
            scale, stop = _POWERS[letter[1]], letter.end()
        elif (
            self._text[end : end + 1] in ENDS_OF_RANK
            and not self._text[end + 1 : end + 2].isalpha()
        ):
            return self._ordinal_figure(at, end + 1, read.number)
        if not scale and (
            found := self._grammar.scales.at(self._lower, _past_blank(self._lower, stop))
        ):
            scale, stop = int(found.meaning), _past_stop(self._lower, found.end, found.form)
        if not scale and (part := self._part(at, end, read.number)):
            return part
        return self._measured(
            at, stop, read.number, read.digits, scale, money=money, written=written, also=read.also
        )

    def _scale_of(self, letters: str) -> int:
        found = self._grammar.scales.at(letters, 0)
        return int(found.meaning) if found and found.end == len(letters) else 0

    def _ordinal_figure(self, at: int, end: int, number: Decimal) -> int:
        if quarter := self._dates.quarter_at(at, end, int(number)):
            return self._add(*quarter)
        return self._add(self._make(at, end, "rank", number=number))

    # ------------------------------------------------------------- what stands behind

    def _unit_at(
        self, end: int, money: Unit | None, *, scale: int = 0
    ) -> tuple[Unit | None, int, str]:
        """The unit behind a number, where it ends, and its form."""
        at = _past_joint(self._lower, end)
        of = self._grammar.of.at(self._lower, at) if scale else None
        if of:
            at = _past_joint(self._lower, of.end)
        found = self._grammar.units.at(self._lower, at)
        if found and (len(found.form) > 1 or self._text[at].islower()):
            unit = unit_named(found.meaning)
            if money and unit.dimension != money.dimension:
                return None, end, ""
            return (None if money else unit), found.end, found.form
        word = _LETTERS_AT.match(self._lower, at)
        if word and word.group() in self._grammar.small_words:
            return None, end, ""
        unit_, stop = unit_behind(self._reading, at if of else end, money)
        return (unit_, stop, "") if unit_ or stop != (at if of else end) else (None, end, "")

    def _measured(
        self,
        at: int,
        stop: int,
        number: Decimal,
        digits: int,
        scale: int,
        *,
        money: Unit | None = None,
        written: str = "",
        also: tuple[Decimal, ...] = (),
        words: InWords | None = None,
    ) -> int:
        """Note a number with its power of ten and what stands behind it."""
        power = words.scale if words else scale
        half = self._grammar.half_behind.at(self._lower, stop + 1) if (words or scale) else None
        if half:  # of a figure before its power of ten is counted, of words after it
            number += Decimal(10) ** power / 2 if words and power > 2 else Decimal("0.5")
            stop = half.end
        unit, end, form = self._unit_at(stop, money, scale=power)
        unit = money or unit
        if unit and not half and (late := self._grammar.half_behind.at(self._lower, end + 1)):
            number, end = number + Decimal("0.5"), late.end  # "deux ans et demi"
        factor = Decimal(10) ** scale * (unit.factor if unit else 1)
        is_money = unit is not None and unit.dimension in CURRENCIES
        sign = CURRENCY_BEFORE.search(self._text, max(0, at - 6), at) if money else None
        is_version = (
            unit is None
            and not scale
            and (f"{number:f}" == written != f"{number:.0f}" or self._lower[at - 1 : at] == "v")
            and _VERSION_BEFORE.search(self._text, max(0, at - 30), at)
        )
        value = self._make(
            sign.start() if sign else at,
            end,
            "version" if is_version else "number",
            number=number * factor,
            unit=unit.dimension if unit else "",
            digits=digits,
            also=tuple(other * factor for other in also),
            written=written,
            per=self._per(end, is_money=is_money),
            is_word=words is not None,
            hedge="about" if words and words.is_rough else "",
            measure=unit.factor if unit else Decimal(1),
            power=scale,
            has_sign=sign is not None,
        )
        self._share(value, factor if number else Decimal(1))
        self._add(value)
        if self._lone:
            self._add(self._lone)
            self._lone = None
        if unit and unit.dimension == "°C" and "celsius" not in form:
            self._add(replace(value, unit="degree", is_guess=True))
        if unit == _YEAR:
            self._add(replace(value, unit="", number=number, is_guess=True))  # "over 80" of an age
        if (
            unit
            and unit.dimension == "s"
            and unit.factor == 3600
            and number <= 24
            and number % 1 == 0
        ):
            self._add(self._make(at, end, "time", number=number * 60, is_guess=True))
        if unit is None and not scale and not is_version:
            self._bare = len(self._reading.found) - 1
        return end

    def _per(self, end: int, *, is_money: bool) -> str:
        at = _past_blank(self._lower, end)
        if found := self._grammar.yearly.at(self._lower, at):
            return found.meaning[:3]
        sign = self._lower[at : at + 1] == "/"
        per = self._grammar.per.at(self._lower, at)
        if not (sign or per):
            return ""
        at = _past_blank(self._lower, at + 1 if sign or per is None else per.end)
        if is_money and (amount := self._amount(at)):
            return amount
        unit = self._grammar.units.at(self._lower, at)
        return unit.meaning[:3] if unit and unit.meaning in _PERIODS else ""

    def _amount(self, at: int) -> str:
        """Read "1E+6" of "pro Million Token"."""
        match = NUMERAL.match(self._lower, at)
        number = numeral(match.group(), self._reading.language).number if match else Decimal(1)
        at = _past_blank(self._lower, match.end()) if match else at
        found = self._grammar.scales.at(self._lower, at)
        if not (match or found):
            return ""
        if found and not match:
            number = Decimal(1)
            lone = number.scaleb(int(found.meaning))
            self._lone = self._make(at, found.end, number=lone, is_word=True, is_guess=True)
        return str((number or Decimal(1)).scaleb(int(found.meaning) if found else 0).normalize())

    def _share(self, right: Value, factor: Decimal) -> None:
        """Lend a unit and power of ten to the number before: "zwischen 3 und 5 Millionen Euro"."""
        found, place = self._reading.found, self._bare
        self._bare = -1
        if place < 0 or place != len(found) - 1 or (not right.unit and factor == 1):
            return
        left = found[place]
        gap = self._lower[left.end : right.start]
        if len(gap) > _PAIR_REACH or is_year(left) or not self._grammar.pair.fullmatch(gap):
            return
        found[place] = replace(
            left,
            unit=right.unit,
            number=left.number * factor,
            is_loose=True,
            also=(left.number,),
            per=left.per or right.per,
        )

    # ------------------------------------------------------------------- with a word

    def _sign(self, at: int, sign: str) -> int:
        top, _, bottom = SIGNS[sign].partition("/")
        number = Decimal(top) / Decimal(bottom or 1)
        return self._add(self._make(at, at + 1, number=number, is_fraction=True))

    def _word(self, at: int, token: str) -> int:
        grammar = self._grammar
        if grammar.calendar.begins(token) and (dates := self._dates.at_word(at, token)):
            return self._add(*dates)
        if token in {"q", "t"}:
            return self._add(*self._dates.quarter_sign(at))
        if found := grammar.multiples.at(self._lower, at):
            number = Decimal(found.meaning)
            return self._add(self._make(at, found.end, number=number, unit="x", is_word=True))
        if every := grammar.every.at(self._lower, at):
            return self._one_in(at, every.end)
        if end := self._number(at, token):
            return end
        if vague := grammar.vague.at(self._lower, at):
            numbers = (Decimal(10) ** int(power) for power in vague.meaning.split())
            return self._add(
                *(self._make(at, vague.end, "vague", number=number) for number in numbers)
            )
        fraction = grammar.fractions.at(self._lower, at)
        if fraction and fraction.meaning == "2":
            return self._fraction(at, fraction.end, Decimal("0.5"))
        return self._rank(at)

    def _fraction(self, at: int, end: int, number: Decimal) -> int:
        return self._add(self._make(at, end, number=number, is_word=True, is_fraction=True))

    def _number(self, at: int, token: str) -> int:
        grammar = self._grammar
        if half := grammar.half.at(self._lower, at):
            return self._half(at, half.end)
        found = grammar.numbers.at(self._lower, at)
        if found is None and grammar.numbers.is_compounding:
            counted = grammar.counted(token)
            found = counted._replace(end=at + counted.end) if counted else None
        if found is None:
            return 0
        if part := self._part(at, found.end, found.number):
            return part
        if found.is_one:
            return self._one(at, found)
        if found.number <= 24 and found.number % 1 == 0 and not found.scale:
            minutes = int(found.number) * 60
            if time := self._dates.clock_at(at, found.end, minutes):
                return self._add(*time)
        if found.scale == 0 and (quarter := self._dates.quarter_at(at, found.end, 0)):
            return self._add(*quarter)
        return self._measured(at, found.end, found.number, found.digits, 0, words=found)

    def _half(self, at: int, end: int) -> int:
        """Read "halbe Million" and "media docena" as numbers; else half of a unit, in both ways."""
        number = self._grammar.numbers.at(self._lower, at)
        if number and number.scale:
            return self._measured(at, number.end, number.number, number.digits, 0, words=number)
        unit = self._grammar.units.at(self._lower, _past_joint(self._lower, end))
        if unit is None:
            return 0
        measure = unit_named(unit.meaning)
        value = self._make(at, unit.end, number=Decimal("0.5"), is_word=True, is_fraction=True)
        whole = self._make(
            at,
            unit.end,
            number=measure.factor / 2,
            unit=measure.dimension,
            is_word=True,
            is_guess=True,
        )
        return self._add(value, whole)

    def _one(self, at: int, found: InWords) -> int:
        """Evidence for "one hour", and no number of its own; what follows is read for itself."""
        after = _past_blank(self._lower, found.end)
        if only := self._grammar.single.at(self._lower, after):
            after = _past_blank(self._lower, only.end)
        if self._grammar.half.at(self._lower, after):
            return 0  # what follows is read for itself
        unit = self._grammar.units.at(self._lower, after)
        if unit is None:
            return 0
        measure = unit_named(unit.meaning)
        number, end = Decimal(1), unit.end
        if late := self._grammar.half_behind.at(self._lower, end + 1):
            number, end = Decimal("1.5"), late.end
        return self._add(
            self._make(
                at,
                end,
                number=number * measure.factor,
                unit=measure.dimension,
                is_word=True,
                is_guess=number == 1,
            )
        )

    # ------------------------------------------------------------------------- parts

    def _part(self, at: int, end: int, top: Decimal) -> int:
        """Read "zwei Drittel", "un quart", "neun von zehn", "un Français sur cinq"."""
        grammar = self._grammar
        after = _past_joint(self._lower, end)
        if top <= _LARGEST_TOP and after > end:
            found = grammar.fractions.at(self._lower, after)
            if found and found.meaning != "2":
                return self._fraction(at, found.end, top / Decimal(found.meaning))
        if bottom := self._out_of(after, top):
            whole, begin, stop = bottom
            self._fraction(at, stop, top / whole)
            self._add(
                self._make(at, end, number=top, is_guess=True),
                self._make(begin, stop, number=whole, is_guess=True),
            )
            return stop
        return 0

    def _out_of(self, at: int, top: Decimal) -> tuple[Decimal, int, int] | None:
        """The whole of which a number is a part, and its place; one word may stand between."""
        for start in (at, self._past_word(at)):
            joint = self._grammar.out_of.at(self._lower, start)
            if joint is None or self._lower[joint.end : joint.end + 1] != " ":
                continue
            found = self._whole(joint.end + 1)
            if found and top < found[0] <= _MOST_PARTS and not found[0] % 1:
                unit, stop, _ = self._unit_at(found[1], None)
                if unit is None and stop == found[1]:
                    return found[0], joint.end + 1, stop
        return None

    def _past_word(self, at: int) -> int:
        match = _WORD_BETWEEN.match(self._lower, at)
        return match.end() if match else at

    def _whole(self, at: int) -> tuple[Decimal, int] | None:
        if figures := _FIGURES.match(self._lower, at):
            return Decimal(figures.group()), figures.end()
        words = self._grammar.numbers.at(self._lower, at)
        return (words.number, words.end) if words and not words.is_one else None

    def _one_in(self, at: int, end: int) -> int:
        """Read "jeder achte": one in eight."""
        found = self._grammar.ordinals.at(self._lower, end + 1)
        if found is None or found.meaning == "1":
            return 0
        return self._fraction(at, found.end, 1 / Decimal(found.meaning))

    def _rank(self, at: int) -> int:
        """Read "drittgrößte", "troisième"; the first two only before a superlative."""
        grammar = self._grammar
        if found := grammar.ordinals.at(self._lower, at):
            tail = grammar.tail.match(self._lower, found.end) or grammar.tail.match(
                self._lower, found.end + 1
            )
            if tail or int(found.meaning) > 2:
                end = tail.end() if tail else found.end
                return self._add(
                    self._make(at, end, "rank", number=Decimal(found.meaning), is_word=True)
                )
            return 0
        if stem := grammar.stems.at(self._lower, at):
            start = at + len(stem.form) - 1
            if tail := grammar.tail.match(self._lower, start):
                number = Decimal(stem.meaning)
                return self._add(self._make(at, tail.end(), "rank", number=number, is_word=True))
        return 0


_YEAR = unit_named("year")
_PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "year"})


def _past_blank(lower: str, at: int) -> int:
    return at + (lower[at : at + 1] == " ")


def _past_joint(lower: str, at: int) -> int:
    return at + (lower[at : at + 1] in {" ", "-"})


def _past_stop(lower: str, end: int, form: str) -> int:
    """Past the full stop of "Mio." and its like, where a word goes on behind it."""
    is_short = len(form) <= 4 and lower[end : end + 1] == "." and lower[end + 1 : end + 2] == " "
    return end + is_short
