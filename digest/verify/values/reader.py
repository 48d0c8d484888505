"""
The reader of values: every number, amount, date, time and rank of a text, with its place.

Pure. One pass over the words of a text: a digit or a word that may begin a value is looked
at more closely, everything else costs nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ...text.folding import DASHES, HYPHENS, QUOTATION_MARKS
from . import number_words as numbers
from .compare import is_year
from .dates import MONTHS, WEEKDAYS, DateReader
from .numerals import NUMERAL, numeral
from .units import CURRENCIES, LETTERS, MAGNITUDES, Unit, unit_of
from .value import Hedge, Value

_SAME_LENGTH = {
    **dict.fromkeys(map(ord, QUOTATION_MARKS), "'"),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
    **dict.fromkeys(map(ord, DASHES), "—"),
    **dict.fromkeys((0xA0, 0x2009, 0x200A, 0x202F, 0x2007, 0x2008), " "),
    **{0xFF10 + digit: str(digit) for digit in range(10)},
    ord("％"): "%",
    ord("＄"): "$",
    ord("μ"): "µ",
    ord("✕"): "×",
    ord("✖"): "×",
    ord("∼"): "~",
}
_LETTERS_AT = re.compile(r"[^\W\d_]+")
_CURRENCY_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:US|C|A|HK|NZ|S|R|CA|AU|NT))?[$€£¥₹₩₽] ?$|(?<![A-Za-z])[A-Z]{3} ?$"
)
_SIGNS = frozenset("$€£¥₹₩₽")
_RANK_BEFORE = re.compile(r"(?:#|\bno\. ?|\bnumber |\branked |\brank |\bnos\. ?)$")
_RANK_ENDS = frozenset("#.rdk")
_NAME_BEFORE = re.compile(r"(?:[A-Z][A-Za-z]*|[A-Za-z]+\d[A-Za-z\d.]*|\d[\d.]*[A-Z][A-Za-z]*)-$")
_VERSION_BEFORE = re.compile(r"(?:\bv|\bversion |\brelease |[A-Z][A-Za-z]+ )$")
_NO_NAME = frozenset(
    "about above after all almost an and another any around as at before below between both but by "
    "every exactly for from he in it its just last least most nearly next no of on only or over "
    "roughly she some than that the their then these they this those to top under until up we when "
    "while with within also".split()
)
"""Words that begin a sentence with a number behind them, and name nothing."""
_SEPARATE = re.compile(r"[ -]?([A-Za-zµ°%‰×€£¥$²³]+(?:/[A-Za-z]+)?)")
_PERCENT = re.compile(r" ?(?:%|percent\b|per cent\b|pct\b)")
_PHRASES = re.compile(
    r"[ -](percentage points?|basis points?|us dollars?|square (?:met(?:re|er)s?|miles?|feet|"
    r"kilomet(?:re|er)s?)|(?:australian|canadian) dollars?|nautical miles?|"
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
_HEDGES: tuple[tuple[Hedge, str], ...] = (
    ("under", "under|less than|fewer than|below|lower than|shy of|within|short of|inside"),
    (
        "over",
        "over|more than|above|upwards? of|north of|greater than|exceeds?|exceeding|beyond|topped",
    ),
    ("least", "at least|no less than|no fewer than|minimum of|starting at|a minimum"),
    ("most", "up to|as much as|as many as|at most|no more than|maximum of|capped at|not more than"),
    ("almost", "nearly|almost|close to|just under|just below|approaching"),
    (
        "about",
        "about|around|roughly|approximately|approx\\.?|some|circa|ca\\.|estimated|~|≈|order of",
    ),
)
_HEDGE_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in reversed(_HEDGES))
    + r") ?(?:a |an |the |one |of )?$"
)
_HEDGE_AFTER = re.compile(
    r"(?P<over>\+|-?plus\b| or more\b| or higher\b)|(?P<about>-?ish\b| or so\b)"
)
_ORDINAL_TAIL = re.compile(
    r"-(?:[a-z]+est|best|most|worst|place|ranked)|"
    r" (?:place\b|rank\b|most\b|best\b|worst\b|[a-z]+est\b)"
)
_NOT_RANK = re.compile(r"[ -](?:part(?:y|ies)|class|rate|hand|generation|degree|world)\b")
_FRACTION_TAIL = re.compile(r"[ -](?:of\b|as\b|the\b|less\b|more\b|fewer\b|off\b|its\b|that\b)")
_FRACTION_BEFORE = re.compile(
    r"(?:\ba |\bone[ -]|\bby |\bunder |\bnearly |\babout |\broughly |\balmost )$"
)
_HEDGED_FRACTION = re.compile(
    r"\b(?:more than|less than|over|under|nearly|almost|about|roughly|around|barely|just) "
    r"(?:an? |one[ -])$"
)
_NOT_FRACTION = re.compile(
    r"(?: a | an )?[ -]?(?:day|time|way|hearted|life|baked|year|finals?|back)\b"
)
_WORDS = frozenset(
    {*numbers.PLAIN, *numbers.MULTIPLES, *numbers.VAGUE, *numbers.FRACTIONS, *numbers.ORDINALS}
    | {*MONTHS, *WEEKDAYS, "yesterday", "tomorrow", "noon", "midnight"}
    | {"q", "h", "fy", "fiscal", "last", "this", "next", "previous", "earlier", "later", "late"}
    | {"early", "a", "an"}
)
_DATE_WORDS = _WORDS - numbers.PLAIN - set(numbers.MULTIPLES) - set(numbers.VAGUE) - {"a", "an"}
_SCALED = re.compile(r"an? (?:dozen|hundred|thousand|million|billion|trillion)\b")
_LONE_SCALE_BEFORE = re.compile(r"(?:\bper|/|\bevery|\beach) ?$")
_UNIT_ARTICLE = re.compile(r"an? (second|minute|hour|day|week|month|year|decade|century)\b")
_PAIRED = re.compile(r" ?(?:-|/|to|and|or|through|versus|vs\.?|,) ?$")


def _trie(words: frozenset[str]) -> str:
    """A pattern for any of the words that looks at each letter once."""
    heads: dict[str, set[str]] = {}
    for word in words:
        heads.setdefault(word[:1], set()).add(word[1:])
    if set(heads) == {""}:
        return ""
    parts = [re.escape(head) + _trie(frozenset(heads[head])) for head in sorted(heads) if head]
    return f"(?:{'|'.join(parts)}){'?' if '' in heads else ''}"


_TRIGGER = re.compile(rf"\d|(?<![^\W\d_]){_trie(_WORDS)}(?![^\W\d_])|[½¼¾⅓⅔⅕⅛]")
_HEDGE_ENDS = frozenset(
    "a an the one of under than below within inside over above exceed exceeds exceeding beyond "
    "topped least minimum at to much many most more maximum nearly almost approaching about around "
    "roughly approximately approx approx. some circa ca. estimated order shy short upward upwards "
    "north".split()
)
"""Last words of what `_HEDGE_BEFORE` finds, so that it is seldom asked."""


def plain(text: str) -> str:
    """The text with one form of quotation marks, dashes, blanks and digits, of the same length."""
    return text.translate(_SAME_LENGTH)


def values(text: str, *, anchor: dt.date | None = None, language: str = "") -> tuple[Value, ...]:
    """
    Read all values of a text.

    Args:
        text: Plain text of any length; time is linear in it.
        anchor: The day to which "yesterday" and a missing year refer.
        language: BCP 47 tag, for the separators of numerals.

    Returns:
        Values in the order of the text. Second readings of one place follow the first and
        are marked as guesses.
    """
    return tuple(_Reader(text, anchor, language).read())


class _Reader:
    def __init__(self, text: str, anchor: dt.date | None, language: str) -> None:
        self._text = plain(text)
        self._shown = text
        lower = self._text.lower()
        self._lower = lower if len(lower) == len(text) else _lower(self._text)
        self._language = language
        self._dates = DateReader(self._lower, self._text, anchor)
        self._found: list[Value] = []

    def read(self) -> list[Value]:
        done = 0
        for match in _TRIGGER.finditer(self._lower):
            at = match.start()
            if at < done:
                continue
            word = match.group()
            done = self._digit(at) if word.isdigit() else max(done, self._word(at, word))
        self._share()
        return self._found

    def _add(self, *values: Value) -> int:
        self._found += values
        return values[0].end if values else 0

    # --------------------------------------------------------------------- numerals

    def _digit(self, at: int) -> int:
        """Read what begins with a digit; returns where to go on."""
        before = self._text[at - 1 : at]
        if before.isalpha() and not self._is_version_sign(at) and not self._is_currency_code(at):
            return self._name_end(at)
        if before == "." and self._text[at - 2 : at - 1].isdigit():
            return self._name_end(at)
        if not before.isalpha():
            dates = self._dates.at_digit(at)
            if dates:
                return self._add(*(self._hedged(value) for value in dates))
        match = NUMERAL.match(self._text, at)
        if match is None:
            return at + 1
        end = match.end()
        if (
            before == "-"
            and _NAME_BEFORE.search(self._text, max(0, at - 24), at)
            and not self._is_free(at)
        ):
            return self._name_end(end)
        return self._numeral(at, end)

    def _is_version_sign(self, at: int) -> bool:
        return (
            self._lower[at - 1 : at] == "v"
            and not self._text[at - 2 : at - 1].isalnum()
            and (self._text[at - 1] == "v")
        )

    def _is_currency_code(self, at: int) -> bool:
        return bool(
            re.fullmatch(r"(?:.*\W)?(?:USD|EUR|GBP|CHF|JPY|CNY)", self._text[max(0, at - 6) : at])
        )

    def _is_free(self, at: int) -> bool:
        """Whether a number behind a hyphen stands for itself: "mid-2026", "top-10"."""
        head = re.search(r"([A-Za-z]+)-$", self._text[max(0, at - 24) : at])
        word = head[1].lower() if head else ""
        return word in {
            "mid",
            "pre",
            "post",
            "sub",
            "top",
            "under",
            "over",
            "late",
            "early",
            "non",
        } or (word in MONTHS)

    def _name_end(self, at: int) -> int:
        match = re.compile(r"[\w.-]*").match(self._text, at)
        return max(at + 1, match.end() if match else at + 1)

    def _numeral(self, at: int, end: int) -> int:
        written = self._text[at:end]
        reading = numeral(written, self._language)
        if reading.number is None:
            return self._add(self._make(at, end, kind="version", written=written))
        attached = _LETTERS_AT.match(self._text, end)
        scale, unit, stop = 0, None, end
        is_money = self._currency(at)
        if attached:
            letters = attached.group()
            if self._text[attached.end() : attached.end() + 1].isdigit():
                return self._name_end(end)
            if letters.lower() in {"st", "nd", "rd", "th"}:
                return self._add(self._make(at, attached.end(), kind="rank", number=reading.number))
            if letters == "s" and re.fullmatch(r"(?:1[5-9]|20)?\d0", written):
                return self._decade(at, attached.end(), written)
            found = self._attached(letters, is_money is not None)
            if found is None:
                return self._name_end(end)
            scale, unit = found
            stop = attached.end()
            rate = _SEPARATE.match(self._text, end) if self._text[stop : stop + 1] == "/" else None
            if rate and (together := unit_of(rate[1])):
                unit, stop = together, rate.end()
        if not scale and unit is None:
            scale, stop = self._magnitude(stop)
        if unit is None:
            unit, stop = self._unit(stop, is_money)
        unit = is_money or unit
        return self._finish(
            at, stop, reading.number, reading.also, reading.digits, scale, unit, written
        )

    def _finish(
        self,
        at: int,
        stop: int,
        number: Decimal,
        also: tuple[Decimal, ...],
        digits: int,
        scale: int,
        unit: Unit | None,
        written: str,
    ) -> int:
        factor = Decimal(10) ** scale * (unit.factor if unit else 1)
        near = self._lower[max(0, at - 2) : at].strip()[-1:]
        rank = (
            not unit
            and not scale
            and near in _RANK_ENDS
            and _RANK_BEFORE.search(self._lower, max(0, at - 10), at)
        )
        version = (
            not unit
            and not scale
            and ("." in written or (written.isdigit() and len(written) < 4))
            and self._follows_name(at)
        )
        is_money = unit is not None and unit.dimension in CURRENCIES
        sign = _CURRENCY_BEFORE.search(self._text, max(0, at - 6), at) if is_money else None
        value = self._make(
            sign.start() if sign else at,
            stop,
            kind="rank" if rank else "version" if version else "number",
            number=number * factor,
            unit=unit.dimension if unit else "",
            digits=digits,
            also=tuple(other * factor for other in also),
            written=written,
            per=self._per(stop, is_money=is_money),
            has_sign=sign is not None,
        )
        return self._add(value)

    def _follows_name(self, at: int) -> bool:
        """Whether a bare number belongs to the word before it: "Orrin 4", "version 0.31"."""
        match = _VERSION_BEFORE.search(self._text, max(0, at - 30), at)
        return match is not None and match.group().strip().lower() not in _NO_NAME

    def _attached(self, letters: str, is_money: bool) -> tuple[int, Unit | None] | None:
        """What letters that touch a numeral mean: a power of ten, a unit; None: it is a name."""
        if is_money and letters in {"m", "b", "t"}:
            return {"m": 6, "b": 9, "t": 12}[letters], None
        if letters in LETTERS:
            return LETTERS[letters], None
        if letters in {"x", "X"}:
            return 0, unit_of("x")
        if len(letters) == 1 and letters.isupper() and letters not in {"W", "V"}:
            return None
        found = unit_of(letters)
        return (0, found) if found else None

    def _magnitude(self, end: int) -> tuple[int, int]:
        match = _SEPARATE.match(self._text, end)
        if match and (power := MAGNITUDES.get(match[1].lower())) is not None:
            scale, stop = power, match.end()
            again = _SEPARATE.match(self._text, stop)
            if again and again[1].lower() in {"million", "billion", "trillion"}:
                return scale + MAGNITUDES[again[1].lower()], again.end()
            return scale, stop
        if match and match[1] in {"K", "M", "B", "T"} and self._text[end : end + 1] == " ":
            after = self._text[match.end() : match.end() + 1]
            if not after.isalnum():
                return LETTERS[match[1]], match.end()
        return 0, end

    def _unit(self, end: int, money: Unit | None) -> tuple[Unit | None, int]:
        """The unit behind a number and where it ends."""
        if match := _PERCENT.match(self._lower, end):
            return unit_of("%"), match.end()
        if match := _PHRASES.match(self._lower, end):
            return unit_of(re.sub(r"[ -]", " ", match[1])), match.end()
        match = _SEPARATE.match(self._text, end)
        if match is None or not match[1]:
            return None, end
        form = match[1]
        lone = len(form) == 1 and form.isascii() and form.isalpha()
        gap = self._text[end : end + 1] in {" ", "-"}
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

    def _currency(self, at: int) -> Unit | None:
        near = self._text[max(0, at - 2) : at].rstrip()[-1:]
        if not (near.isupper() or near in _SIGNS):
            return None
        match = _CURRENCY_BEFORE.search(self._text, max(0, at - 6), at)
        if match is None:
            return None
        found = unit_of(match.group().strip())
        return found if found and found.dimension in CURRENCIES else None

    def _decade(self, at: int, end: int, written: str) -> int:
        from .value import Date

        year = int(written) + (1900 if len(written) == 2 and int(written) > 20 else 0)
        value = Value(at, end, self._shown[at:end], "date", date=Date(decade=year))
        return self._add(value)

    def _per(self, end: int, *, is_money: bool = False) -> str:
        match = _PER.match(self._lower, end)
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

    # ------------------------------------------------------------------------ words

    def _word(self, at: int, word: str) -> int:
        if word in numbers.SIGNS:
            return self._sign(at, word)
        if word in _DATE_WORDS:
            dates = self._dates.at_word(at, word)
            if dates:
                return self._add(*(self._hedged(value) for value in dates))
        if word in numbers.MULTIPLES and word != "halves":
            number = Decimal(numbers.MULTIPLES[word])
            return self._add(self._make(at, at + len(word), number=number, unit="x", is_word=True))
        if word in numbers.VAGUE:
            number = Decimal(10) ** numbers.VAGUE[word]
            return self._add(self._make(at, at + len(word), kind="vague", number=number))
        is_cardinal = word in numbers.PLAIN or word in {"a", "an", "half"}
        if is_cardinal and (end := self._cardinal(at, word)):
            return end
        if word in numbers.FRACTIONS and (end := self._fraction(at, word, Decimal(1))):
            return end
        if word in numbers.ORDINALS:
            return self._ordinal(at, word)
        return 0

    def _sign(self, at: int, sign: str) -> int:
        top, _, bottom = numbers.SIGNS[sign].partition("/")
        number = Decimal(top) / Decimal(bottom or 1)
        return self._add(self._make(at, at + 1, number=number, is_fraction=True))

    def _cardinal(self, at: int, word: str) -> int:
        if word in {"a", "an"} and not _SCALED.match(self._lower, at):
            return self._single(at)
        if word in MAGNITUDES and not _LONE_SCALE_BEFORE.search(self._lower, max(0, at - 6), at):
            return 0
        if word == "dozen":
            return 0
        found = numbers.in_words(self._lower, at)
        if found is None:
            return 0
        if found.words == 1 and found.number < 20 and (end := self._parts(at, found)):
            return end
        unit, stop = self._unit(found.end, None)
        if word == "one" and found.words == 1 and (unit is None or unit.dimension == "x"):
            return 0
        factor = unit.factor if unit else Decimal(1)
        return self._add(
            self._make(
                at,
                stop,
                number=found.number * factor,
                unit=unit.dimension if unit else "",
                digits=found.digits,
                per=self._per(stop),
                is_word=True,
            )
        )

    def _parts(self, at: int, found: numbers.InWords) -> int:
        """A fraction whose numerator was just read: "two thirds", "three quarters"."""
        match = _LETTERS_AT.match(self._lower, found.end + 1)
        joint = self._lower[found.end : found.end + 1]
        word = match.group() if match and joint in {" ", "-"} else ""
        if word in numbers.FRACTIONS and (word.endswith("s") or found.number == 1):
            number = found.number / numbers.FRACTIONS[word]
            end = found.end + 1 + len(word)
            return self._add(self._make(at, end, number=number, is_word=True, is_fraction=True))
        return 0

    def _single(self, at: int) -> int:
        """Evidence for "one hour", and no claim of its own: "an hour"."""
        match = _UNIT_ARTICLE.match(self._lower, at)
        unit = unit_of(match[1]) if match else None
        if match is None or unit is None:
            return 0
        self._add(
            self._make(
                at,
                match.end(),
                number=unit.factor,
                unit=unit.dimension,
                is_guess=True,
                is_word=True,
            )
        )
        return 0

    def _fraction(self, at: int, word: str, over: Decimal) -> int:
        end = at + len(word)
        before = self._lower[max(0, at - 16) : at]
        if _NOT_FRACTION.match(self._lower, end) and word == "half":
            return end
        asked = word == "half" or _FRACTION_BEFORE.search(before)
        if not asked or (word != "half" and _ORDINAL_TAIL.match(self._lower, end)):
            return 0
        is_hedged = _HEDGED_FRACTION.search(before) and not _NOT_RANK.match(self._lower, end)
        if word != "half" and not is_hedged and not _FRACTION_TAIL.match(self._lower, end):
            tail = self._lower[end : end + 1]
            if tail not in {"", ".", ",", ";", ")", "'"}:
                return 0
        number = over / numbers.FRACTIONS[word]
        return self._add(self._make(at, end, number=number, is_word=True, is_fraction=True))

    def _ordinal(self, at: int, word: str) -> int:
        """A rank; "first" and "second" are one only before a superlative or a place."""
        end = at + len(word)
        if _NOT_RANK.match(self._lower, end):
            return end
        tail = _ORDINAL_TAIL.match(self._lower, end)
        before = self._lower[max(0, at - 12) : at]
        if (
            word in {"first", "second"}
            and not tail
            and not re.search(r"\branked $|\bcame $", before)
        ):
            return end
        return self._add(
            self._make(at, end, kind="rank", number=Decimal(numbers.ORDINALS[word]), is_word=True)
        )

    # ------------------------------------------------------------------- together

    def _make(self, start: int, end: int, **fields: object) -> Value:
        fields.setdefault("kind", "number")
        value = Value(start, end, self._shown[start:end], **fields)  # type: ignore[arg-type]
        return self._hedged(value)

    def _hedged(self, value: Value) -> Value:
        hedge = self._hedge(value)
        return replace(value, hedge=hedge) if hedge else value

    def _hedge(self, value: Value) -> Hedge:
        start = value.start
        before = self._lower[max(0, start - 24) : start].rstrip()
        last = before[before.rfind(" ") + 1 :].lstrip("(")
        match = None
        if last in _HEDGE_ENDS or last[-1:] in {"~", "≈"}:
            match = _HEDGE_BEFORE.search(self._lower, max(0, start - 24), start)
        match = match or _HEDGE_AFTER.match(self._lower, value.end)
        return match.lastgroup if match else ""  # type: ignore[return-value]

    def _share(self) -> None:
        """One unit for both: "5 to 7 GB", "$5/30", "between 3 and 6 months"."""
        found = self._found
        for index in range(len(found) - 2, -1, -1):
            left, right = found[index], found[index + 1]
            if left.kind != "number" or right.kind != "number" or right.is_guess:
                continue
            gap = self._text[left.end : max(left.end, right.start)]
            if len(gap) > 12 or left.is_word != right.is_word or not _PAIRED.fullmatch(gap):
                continue
            if right.unit and not left.unit and not is_year(left):
                left = found[index] = _lent(left, right, self._text)
            elif left.has_sign and not right.unit and "," not in gap:
                lent = _lent(replace(left, unit=""), replace(right, unit=left.unit), self._text)
                left = found[index] = replace(lent, unit=left.unit)
                right = found[index + 1] = replace(right, unit=left.unit, is_loose=True)
            if "/" in gap and right.per and not left.per:
                found[index] = replace(left, per=right.per)


def _lent(left: Value, right: Value, text: str) -> Value:
    """A number with the unit and power of ten that stand behind its neighbour."""
    if left.is_word and right.is_word and (unit := unit_of(right.text.lower().split()[-1])):
        number = left.number * unit.factor
        return replace(left, unit=right.unit, number=number, is_loose=True, also=(left.number,))
    numeral_ = NUMERAL.search(text, right.start, right.end)
    own = numeral(numeral_.group()).number if numeral_ else None
    if right.is_word or own is None or not own or left.number >= 10000:
        return replace(left, unit=right.unit, is_loose=True) if right.unit == "%" else left
    factor = right.number / own
    return replace(
        left, unit=right.unit, number=left.number * factor, is_loose=True, also=(left.number,)
    )


def _lower(text: str) -> str:
    """Small letters without a change of length."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def within(found: tuple[Value, ...], start: int, end: int) -> Iterator[Value]:
    """Those that stand inside a part of the text."""
    return (value for value in found if start <= value.start and value.end <= end)
