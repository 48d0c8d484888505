"""Errors planted into numbers, amounts, dates and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from digest.verify.relations import relation
from digest.verify.values import Value, values

from .corpus import Claim, Corpus


def _if_foreign(corpus: Corpus, claim: Claim, start: int) -> Iterator[Claim]:
    """The claim, if its value at a place is in no document of its topic."""
    changed = next((v for v in corpus.values(claim) if v.start <= start < v.end), None)
    if changed and not corpus.holds(changed, claim.topic):
        yield claim


def digits_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for value in corpus.values(claim):
        numeral = re.search(r"\d[\d,.]*\d|\d", value.text)
        if not numeral or value.kind not in {"number", "time", "rank"}:
            continue
        start = value.start + numeral.start()
        for new in _other_numerals(numeral.group()):
            yield from _if_foreign(
                corpus, claim.put(start, start + len(numeral.group()), new), start
            )


def _other_numerals(numeral: str) -> Iterator[str]:
    places = [place for place, sign in enumerate(numeral) if sign.isdigit()]
    for place in places:
        for step in (1, 5):
            digit = str((int(numeral[place]) + step) % 10)
            if digit != "0" or place:
                yield numeral[:place] + digit + numeral[place + 1 :]
    if len(places) > 1 and numeral[places[0]] != numeral[places[-1]]:
        yield numeral[places[-1]] + numeral[1 : places[-1]] + numeral[places[0]]
    yield numeral + "5" if "." in numeral else "1" + numeral


UNITS = {
    "GB": "MB", "MB": "GB", "KB": "MB", "kW": "MW", "hours": "days", "days": "weeks",
    "minutes": "seconds", "years": "months", "GB/s": "MB/s", "%": " percentage points",
    "tokens per second": "tokens per minute", "months": "years", "terabyte": "gigabyte",
    "square metres": "hectares", "kilometres": "miles", "hectares": "acres", "km/h": "mph",
    "gigawatts": "megawatts", "GW": "MW", "tonnes": "kilograms", "weeks": "months",
    "litres": "gallons", "metres": "kilometres", "kilos": "grams", "km": "miles",
}  # fmt: skip


def unit_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for value in corpus.values(claim):
        for unit, new in UNITS.items():
            match = re.search(rf"(?<![A-Za-z/]){re.escape(unit)}(?![A-Za-z/])", value.text)
            if match:
                start = value.start + match.start()
                changed = claim.put(start, start + len(unit), new)
                yield from _if_foreign(corpus, changed, value.start)


def magnitude_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for old, new in (
        ("million", "billion"),
        ("million", "thousand"),
        ("billion", "million"),
        ("billion", "trillion"),
    ):
        for match in re.finditer(rf"(?<=\d ){old}", claim.text):
            yield from _if_foreign(corpus, claim.put(*match.span(), new), match.start() - 2)


def currency_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for match in re.finditer(r"[$€](?=\d)", claim.text):
        for new in ("£", "¥", "A$", "€" if match.group() == "$" else "$"):
            yield claim.put(*match.span(), new)


_MONTH_NAMES = "January February March April May June July August".split()


def _later(step: int) -> Callable[[re.Match[str]], str]:
    return lambda match: str(int(match[1]) % 27 + step)


def date_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for value in corpus.values(claim):
        if value.kind != "date":
            continue
        text = value.text
        for new in (
            *(re.sub(r"\b(\d{1,2})\b", _later(step), text) for step in (1, 2)),
            *(re.sub("|".join(_MONTH_NAMES), month, text) for month in ("June", "November")),
            re.sub(r"20\d\d", "2024", text),
            text.replace("third", "second"),
        ):
            if new != text:
                yield from _if_foreign(corpus, claim.put(value.start, value.end, new), value.start)


WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def weekday_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for match in re.finditer("|".join(WEEKDAYS), claim.text):
        place = WEEKDAYS.index(match.group())
        for step in (1, 3):
            changed = claim.put(*match.span(), WEEKDAYS[(place + step) % 7])
            yield from _if_foreign(corpus, changed, match.start())


def percent_and_points(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """Per cent told as points, and points as per cent."""
    for match in re.finditer(r"(?<=\d)(?:%| per cent)|(?<=\d) (?:percentage )?points?", claim.text):
        new = "%" if "point" in match.group() else " percentage points"
        yield from _if_foreign(corpus, claim.put(*match.span(), new), match.start() - 1)


def version_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for value in corpus.values(claim):
        if value.kind == "version":
            for new in ("9", "4.7", "5.1"):
                changed = claim.put(value.start, value.end, new)
                if not corpus.holds(values(f"version {new}")[0], claim.topic):
                    yield changed


def rank_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for word in ("third-", "fifth-", "sixth-", "tenth-", "second-"):
        if "fourth-" in claim.text:
            yield Claim(claim.topic, claim.text.replace("fourth-", word), claim.passages)


def qualifier_lost(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for match in re.finditer(
        r"\b(?:up to|[Aa]bout|an estimated|more than|fewer than|below|only|[Aa]round"
        r"|[Oo]ver|[Nn]early|[Aa]lmost|at least|at most|no more than|less than) "
        r"(?=[$€]?\d|six|eleven|five|half a)",
        claim.text,
    ):
        bound = next((v for v in corpus.values(claim) if v.start >= match.start()), None)
        if match.group() != "only " and bound and corpus.holds(bound, claim.topic):
            yield claim.put(*match.span(), "")


def rounded_too_far(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for value in corpus.values(claim):
        if value.kind != "number" or value.is_word or value.hedge or value.unit in {"x"}:
            continue
        numeral = re.search(r"\d[\d,.]*\d|\d", value.text)
        if not numeral or len(re.sub(r"\D", "", numeral.group())) < 2:
            continue
        number = float(numeral.group().replace(",", ""))
        start = value.start + numeral.start()
        sign = claim.text[start - 1] if claim.text[start - 1 : start] in {"$", "€"} else ""
        for hedge, factor in (("about", 1.3), ("nearly", 0.8), ("over", 1.25), ("roughly", 0.7)):
            new = f"{number * factor:.2f}" if number < 10 else f"{number * factor:,.0f}"
            left = start - len(sign)
            changed = claim.put(left, start + len(numeral.group()), f"{hedge} {sign}{new}")
            yield from _if_foreign(corpus, changed, left + len(hedge) + 1 + len(sign))


FACTORS = (*(f"{tenths / 10:g}" for tenths in range(11, 99, 2)), "twice", "five", "ten")
SHARES = (
    "half",
    "a third",
    "a quarter",
    "a fifth",
    "a sixth",
    "an eighth",
    "a tenth",
    "two thirds",
    "three quarters",
)
_SHARE = re.compile(
    r"(?:\ban? |\btwo |\bthree )?\b(?:half|thirds?|quarters?|fifth|sixth|eighth|ninth|tenth)\b"
)


def ratio_wrong(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    """Another ratio, share or percentage of change in place of one that the claim derives."""
    for value in corpus.values(claim):
        if not relation(value, claim.text) or corpus.holds(value, claim.topic):
            continue
        for start, end, new in _other_ratios(claim, value):
            changed = claim.put(start, end, new)
            wrong = next((v for v in corpus.values(changed) if v.start <= start < v.end), None)
            if wrong and abs(wrong.number - value.number) > value.number / 4:
                yield from _if_foreign(corpus, changed, start)


def _other_ratios(claim: Claim, value: Value) -> Iterator[tuple[int, int, str]]:
    if value.is_fraction:
        match = _SHARE.search(claim.text, max(0, value.start - 6), value.end)
        for share in SHARES if match else ():
            yield match.start(), match.end(), share  # type: ignore[union-attr]
    elif value.unit == "x":
        for factor in FACTORS:
            yield value.start, value.end, factor if factor == "twice" else f"{factor} times"
    elif value.unit in {"%", "point"}:
        numeral = re.search(r"[\d.]+", value.text)
        for percent in range(3, 99, 3) if numeral else ():
            at, end = (value.start + place for place in numeral.span())  # type: ignore[union-attr]
            yield at, end, str(percent)


def numbers_swapped(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    found = [v for v in corpus.values(claim) if v.kind == "number" and not v.is_fraction]
    for place, left in enumerate(found):
        for right in found[place + 1 :]:
            if left.unit == right.unit and left.number != right.number and left.end <= right.start:
                text = claim.text
                swapped = (
                    text[: left.start] + right.text + text[left.end : right.start]
                    + left.text + text[right.end :]
                )  # fmt: skip
                yield Claim(claim.topic, swapped, claim.passages)


def number_misplaced(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    mine = corpus.values(claim)
    cited = corpus.basis(claim)
    for value in mine:
        if value.kind != "number" or value.is_fraction or value.unit == "x":
            continue
        others = {
            other.text: other
            for source in cited.sources
            for other in source.by_unit.get(value.unit, ())
            if not other.is_guess and not other.is_word and not other.is_loose
            and all(other.number != each.number for each in mine)
        }  # fmt: skip
        for text in sorted(others)[:4]:
            yield claim.put(value.start, value.end, text)
