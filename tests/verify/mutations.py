"""
Planted errors and honest variations of claims, and how many of each the rules report.

    python -m tests.verify.mutations        prints the table that README shows

Every claim is one sentence with the passages that it cites. A planted error changes one thing;
an honest variation says the same in another form. All is made by rule from the data in
tests/data/verify, so that the figures are the same on each run.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from digest.text import one_line
from digest.types import Document
from digest.verify.evidence import Evidence
from digest.verify.judge import Rules, judge
from digest.verify.names import names
from digest.verify.relations import relation
from digest.verify.source import Basis
from digest.verify.statements import Statement, lone
from digest.verify.values import Value, same, values
from tests.verify.model_material import DERIVED, HONEST, TOPICS


@dataclass(frozen=True)
class Claim:
    """A sentence and what it cites."""

    topic: str
    text: str
    passages: tuple[str, ...]
    rules: tuple[str, ...] = ()
    """Only problems of these rules count; all, where there are none."""


AS_WRITTEN, VARIED = "as it was written", "said in another form"
RETYPED = "quotations in other typography"


class Score(NamedTuple):
    """What the rules said of the claims of one kind."""

    claims: int
    errors: int
    reported: int
    """Errors and warnings."""


# ------------------------------------------------------------------------- judging


@cache
def evidence(topic: str) -> Evidence:
    """The documents of a topic."""
    return Evidence(TOPICS[topic])


def basis(claim: Claim, found: Evidence) -> Basis:
    """S1 and the cited documents, with the cited passages."""
    places = []
    for name in claim.passages:
        passage = found.passage(name)
        assert passage is not None, name
        places.append((found.asked(passage[0]), passage[1].start, passage[1].end))
    first = found.first
    assert first is not None
    return Basis([found.asked(first), *(place[0] for place in places)], places)


def levels(claim: Claim) -> frozenset[str]:
    """The levels of what the rules report of a claim."""
    where = basis(claim, evidence(claim.topic))
    statement = lone("claim", claim.text, "sentence", where.anchor)
    problems = judge(statement, where, Rules()).problems
    return frozenset(p.level for p in problems if not claim.rules or p.rule in claim.rules)


@cache
def scores() -> dict[str, Score]:
    """Of each kind of planted error, and of honest text."""
    found = {kind: score(planted(kind)) for kind in PLANTED}
    return found | {
        AS_WRITTEN: score(honest()),
        VARIED: score(variations()),
        RETYPED: score(retyped()),
    }


def score(claims: Sequence[Claim]) -> Score:
    """How many of these claims are reported."""
    found = [levels(claim) for claim in claims]
    return Score(len(found), sum("error" in each for each in found), sum(map(bool, found)))


# --------------------------------------------------------------------- the material


def honest() -> tuple[Claim, ...]:
    """The sentences as they were written."""
    return tuple(Claim(topic, text, passages) for topic, text, passages in (*HONEST, *DERIVED))


def _documents(topic: str) -> Sequence[Document]:
    return TOPICS[topic]


@cache
def quoting() -> tuple[Claim, ...]:
    """A claim for each sentence of the documents that quotes it."""
    found = []
    for topic, documents in TOPICS.items():
        held = evidence(topic)
        for place, document in enumerate(documents, 1):
            for passage in held.passages(document):
                text = one_line(document.text[passage.start : passage.end])
                plain = len(text.split()) > 7 and not re.search('[“”"|\t]', text)
                if plain and document.blocks[passage.block].kind == "paragraph":
                    cited = (f"S{place}.{passage.number}",)
                    found.append(Claim(topic, f"One passage reads “{text}”", cited))
    return tuple(found)


def _held(value: Value, topic: str) -> bool:
    """Whether a topic's documents hold a value; a mutant that happens to be true is no error."""
    found = evidence(topic)
    return any(same(value, each) for document in found for each in found.asked(document).values)


def _read(claim: Claim) -> tuple[Value, ...]:
    found = basis(claim, evidence(claim.topic))
    return tuple(v for v in values(claim.text, anchor=found.anchor) if not v.is_guess)


def _put(claim: Claim, start: int, end: int, new: str) -> Claim:
    return Claim(claim.topic, claim.text[:start] + new + claim.text[end:], claim.passages)


def _foreign(claims: Iterator[Claim], start: int) -> Iterator[Claim]:
    """Those whose value at a place is in no document of their topic."""
    for claim in claims:
        changed = next((v for v in _read(claim) if v.start <= start < v.end), None)
        if changed and not _held(changed, claim.topic):
            yield claim


# ------------------------------------------------------------------- planted errors

Planter = Callable[[Claim], Iterator[Claim]]

_FOREIGN_WORDS = ("quietly", "seven", "harvest", "against")


def word_changed(claim: Claim) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in range(4, len(words), 4):
        new = [*words[:place], _FOREIGN_WORDS[place // 4 % 4], *words[place + 1 :]]
        yield _with_words(claim, new, len(words) - 1 == place)


def word_dropped(claim: Claim) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in range(5, len(words) - 1, 4):
        yield _with_words(claim, [*words[:place], *words[place + 1 :]], False)


def words_reordered(claim: Claim) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in range(4, len(words) - 2, 5):
        new = list(words)
        new[place], new[place + 1] = new[place + 1], new[place]
        if new != words:
            yield _with_words(claim, new, False)


def negation_added(claim: Claim) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in (6, 8):
        if place < len(words) - 1:
            yield _with_words(claim, [*words[:place], "not", *words[place:]], False)


def negation_swallowed(claim: Claim) -> Iterator[Claim]:
    for match in re.finditer(r" (?:not|no|cannot|Nobody) ", claim.text):
        yield _put(claim, *match.span(), " ")
        yield _put(claim, *match.span(), " […] ")


def _with_words(claim: Claim, words: list[str], is_last: bool) -> Claim:
    text = " ".join(words)
    return Claim(claim.topic, text if not is_last else f"{text}”", claim.passages)


def from_elsewhere(claim: Claim) -> Iterator[Claim]:
    for topic in TOPICS:
        if topic != claim.topic:
            yield Claim(topic, claim.text, ("S1.2",))


SPEAKERS = ("Harald Venn", "Marguerite Osei", "Li Wenjun", "Dmitri Falk")


def speaker_changed(claim: Claim) -> Iterator[Claim]:
    match = re.search("“(.+)”", claim.text)
    if match:
        for name in SPEAKERS[:2]:
            yield Claim(claim.topic, f"“{match[1].rstrip('.')},” said {name}.", claim.passages)


def digits_changed(claim: Claim) -> Iterator[Claim]:
    for value in _read(claim):
        numeral = re.search(r"\d[\d,.]*\d|\d", value.text)
        if not numeral or value.kind not in {"number", "time", "rank"}:
            continue
        start = value.start + numeral.start()
        for new in _other_numerals(numeral.group()):
            yield from _foreign(
                iter([_put(claim, start, start + len(numeral.group()), new)]), start
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
}  # fmt: skip


def unit_changed(claim: Claim) -> Iterator[Claim]:
    for value in _read(claim):
        for unit, new in UNITS.items():
            match = re.search(rf"(?<![A-Za-z/]){re.escape(unit)}(?![A-Za-z/])", value.text)
            if match:
                start = value.start + match.start()
                changed = _put(claim, start, start + len(unit), new)
                yield from _foreign(iter([changed]), value.start)


def magnitude_changed(claim: Claim) -> Iterator[Claim]:
    for old, new in (
        ("million", "billion"),
        ("million", "thousand"),
        ("billion", "million"),
        ("billion", "trillion"),
    ):
        for match in re.finditer(rf"(?<=\d ){old}", claim.text):
            yield from _foreign(iter([_put(claim, *match.span(), new)]), match.start() - 2)


def currency_changed(claim: Claim) -> Iterator[Claim]:
    for match in re.finditer(r"[$€](?=\d)", claim.text):
        for new in ("£", "¥", "A$", "€" if match.group() == "$" else "$"):
            yield _put(claim, *match.span(), new)


_MONTH_NAMES = "January February March April May June July August".split()


def _later(step: int) -> Callable[[re.Match[str]], str]:
    return lambda match: str(int(match[1]) % 27 + step)


def date_changed(claim: Claim) -> Iterator[Claim]:
    for value in _read(claim):
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
                yield from _foreign(iter([_put(claim, value.start, value.end, new)]), value.start)


def version_changed(claim: Claim) -> Iterator[Claim]:
    for value in _read(claim):
        if value.kind == "version":
            for new in ("9", "4.7", "5.1"):
                changed = _put(claim, value.start, value.end, new)
                if not _held(values(f"version {new}")[0], claim.topic):
                    yield changed


def rank_changed(claim: Claim) -> Iterator[Claim]:
    for word in ("third-", "fifth-", "sixth-", "tenth-", "second-"):
        if "fourth-" in claim.text:
            yield Claim(claim.topic, claim.text.replace("fourth-", word), claim.passages)


def qualifier_lost(claim: Claim) -> Iterator[Claim]:
    for match in re.finditer(
        r"\b(?:up to|[Aa]bout|an estimated|more than|fewer than|below|only) (?=[$€]?\d|six)",
        claim.text,
    ):
        bound = next((v for v in _read(claim) if v.start >= match.start()), None)
        if match.group() != "only " and bound and _held(bound, claim.topic):
            yield _put(claim, *match.span(), "")


def rounded_too_far(claim: Claim) -> Iterator[Claim]:
    for value in _read(claim):
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
            changed = _put(claim, left, start + len(numeral.group()), f"{hedge} {sign}{new}")
            yield from _foreign(iter([changed]), left + len(hedge) + 1 + len(sign))


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


def ratio_wrong(claim: Claim) -> Iterator[Claim]:
    """Another ratio, share or percentage of change in place of one that the claim derives."""
    for value in _read(claim):
        if not relation(value, claim.text) or _held(value, claim.topic):
            continue
        for start, end, new in _other_ratios(claim, value):
            changed = _put(claim, start, end, new)
            wrong = next((v for v in _read(changed) if v.start <= start < v.end), None)
            if wrong and abs(wrong.number - value.number) > value.number / 4:
                yield from _foreign(iter([changed]), start)


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


def numbers_swapped(claim: Claim) -> Iterator[Claim]:
    found = [v for v in _read(claim) if v.kind == "number" and not v.is_fraction]
    for place, left in enumerate(found):
        for right in found[place + 1 :]:
            if left.unit == right.unit and left.number != right.number and left.end <= right.start:
                text = claim.text
                swapped = (
                    text[: left.start] + right.text + text[left.end : right.start]
                    + left.text + text[right.end :]
                )  # fmt: skip
                yield Claim(claim.topic, swapped, claim.passages)


def number_misplaced(claim: Claim) -> Iterator[Claim]:
    found = evidence(claim.topic)
    mine = _read(claim)
    cited = basis(claim, found)
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
            yield _put(claim, value.start, value.end, text)


PEOPLE = ("Sarah Whitlock", "Elon Musk", "Priya Raman")
THINGS = ("Google", "Zentra 9", "Nvidia H100", "Oxford", "Brightwater Systems")


def person_foreign(claim: Claim) -> Iterator[Claim]:
    for name in names(_statement(claim)):
        if len(name.words) == 2 and not any(w[0].isdigit() for w in name.words):
            for new in PEOPLE:
                yield _put(claim, name.start, name.end, new)


def thing_foreign(claim: Claim) -> Iterator[Claim]:
    for name in names(_statement(claim)):
        if not (name.is_plain and name.at_start):
            for new in THINGS:
                yield _put(claim, name.start, name.end, new)


def name_added(claim: Claim) -> Iterator[Claim]:
    for tail in ("together with Google", "as DeepMind had hoped", "in Rotterdam", "for the FDA"):
        yield Claim(claim.topic, f"{claim.text.rstrip('.')} {tail}.", claim.passages)


def name_misplaced(claim: Claim) -> Iterator[Claim]:
    """Another name of the same topic: true, and in the wrong place."""
    others = sorted({n.text for t, text, _ in HONEST if t == claim.topic
                     for n in names(lone("x", text, "sentence")) if not n.at_start})  # fmt: skip
    for name in names(_statement(claim)):
        for new in [other for other in others if other not in claim.text][:2]:
            if not name.at_start:
                yield _put(claim, name.start, name.end, new)


def facts_merged(claim: Claim) -> Iterator[Claim]:
    """Half of one claim and half of the next that cites another passage."""
    same_topic = [c for c in honest() if c.topic == claim.topic and c.passages != claim.passages]
    for other in same_topic[:6]:
        head = claim.text.split(" ")[: max(3, len(claim.text.split(" ")) // 2)]
        tail = other.text.split(" ")[len(other.text.split(" ")) // 2 :]
        yield Claim(claim.topic, " ".join([*head, *tail]), claim.passages)


def invented(claim: Claim) -> Iterator[Claim]:
    """A sentence of another topic without its numbers and names."""
    for topic in TOPICS:
        if topic != claim.topic:
            passages = next(c.passages for c in honest() if c.topic == topic)
            yield Claim(topic, claim.text, passages, ("C3",))


def _statement(claim: Claim) -> Statement:
    return lone("claim", claim.text, "sentence", basis(claim, evidence(claim.topic)).anchor)


PLANTED: dict[str, tuple[Callable[[], Sequence[Claim]], Planter]] = {
    "quotation: a word changed": (quoting, word_changed),
    "quotation: a word dropped": (quoting, word_dropped),
    "quotation: two words exchanged": (quoting, words_reordered),
    "quotation: “not” added": (quoting, negation_added),
    "quotation: “not” swallowed": (quoting, negation_swallowed),
    "quotation of another document": (quoting, from_elsewhere),
    "speaker who did not say it": (quoting, speaker_changed),
    "digits changed": (honest, digits_changed),
    "unit changed": (honest, unit_changed),
    "magnitude changed": (honest, magnitude_changed),
    "currency changed": (honest, currency_changed),
    "date changed": (honest, date_changed),
    "version changed": (honest, version_changed),
    "rank changed": (honest, rank_changed),
    "qualifier lost": (honest, qualifier_lost),
    "rounded beyond honesty": (honest, rounded_too_far),
    "ratio or share wrong": (honest, ratio_wrong),
    "two numbers of a sentence exchanged": (honest, numbers_swapped),
    "true number in the wrong place": (honest, number_misplaced),
    "person in no source": (honest, person_foreign),
    "organisation or product in no source": (honest, thing_foreign),
    "name in no source added": (honest, name_added),
    "true name in the wrong place": (honest, name_misplaced),
    "two facts merged": (honest, facts_merged),
    "sentence invented, without number or name": (honest, invented),
}


@cache
def planted(kind: str) -> tuple[Claim, ...]:
    """The claims of one kind, each once, none of them equal to an honest one."""
    material, plant = PLANTED[kind]
    made = (each for claim in material() for each in plant(claim))
    known = (
        {(claim.topic, claim.text) for claim in material()} if kind not in FOREIGN_TOPIC else set()
    )
    return tuple(each for each in dict.fromkeys(made) if (each.topic, each.text) not in known)


FOREIGN_TOPIC = frozenset(
    {"quotation of another document", "sentence invented, without number or name"}
)

# ---------------------------------------------------------------- honest variations

Varied = Callable[[str], str]


def _by(pattern: str, new: str | Callable[[re.Match[str]], str]) -> Varied:
    return lambda text: re.sub(pattern, new, text)


_WORDS = dict(
    enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
)

VARIATIONS: dict[str, Varied] = {
    "as it is": lambda text: text,
    "typographic signs": lambda text: text.replace("'", "’").replace(" - ", " – "),
    "straight signs": lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'"),
    "hard blanks": _by(r"(?<=\d) (?=[A-Za-z])", "\u00a0"),
    "no thousands separator": _by(r"(?<=\d),(?=\d{3})", ""),
    "thin blanks in numbers": _by(r"(?<=\d),(?=\d{3})", "\u202f"),
    "per cent": _by(r"(?<=\d)%", " per cent"),
    "percent": _by(r"(?<=\d)%", " percent"),
    "gigabytes": _by(r"(?<=\d) GB(?!/)", " gigabytes"),
    "GB touching": _by(r"(?<=\d) GB(?!/)", "GB"),
    "kilobytes": _by(r"(?<=\d) KB", " kilobytes"),
    "kilowatts": _by(r"(?<=\d) kW", " kilowatts"),
    "letters for magnitudes": lambda t: re.sub(r"(?<=\d) million", "M", re.sub(r"(?<=\d) billion", "B", t)),
    "dollars in words": _by(r"\$(\d[\d.]*\d)( million)?", lambda m: f"{m[1]}{m[2] or ''} dollars"),
    "euros in words": _by(r"€(\d[\d.,]*\d)( million)?", lambda m: f"{m[1]}{m[2] or ''} euros"),
    "USD": _by(r"\$(?=\d)", "USD "),
    "small numbers in words": _by(r"(?<![\w.,$€/-])(?<![A-Z][a-z]{3} )(?<!Orrin )(?<!Rill )(?<!Marlin )([2-9])(?= (?:of|points|days|hours))", lambda m: _WORDS[int(m[1])]),
    "number words in digits": _by(r"\b(nine|six|seven|eight|five|sixteen)\b(?= (?:years|hours|days|extra|Halden|months))", lambda m: str({**{w: n for n, w in _WORDS.items()}, "sixteen": 16}[m[1]])),
    "date the American way": _by(r"(\d{1,2}) (April|May) 2026", r"\2 \1, 2026"),
    "date in short": _by(r"(\d{1,2}) April 2026", r"\1 Apr 2026"),
    "date in digits": _by(r"(\d{1,2}) April 2026", lambda m: f"2026-04-{int(m[1]):02}"),
    "quarter in short": _by("the third quarter of 2026", "Q3 2026"),
    "hours as days": _by("36 hours", "one and a half days"),
    "honest rounding": lambda t: t.replace("averaged 1,840", "averaged about 1,800").replace("2,480 adults", "nearly 2,500 adults").replace("61 GB", "some 60 GB").replace("71.3%", "about 71%").replace("58.9%", "about 59%"),
    "opening: meanwhile": lambda t: f"Meanwhile, {_small(t)}",
    "opening: in short": lambda t: f"In short, {_small(t)}",
    "opening: notably": lambda t: f"Notably, {_small(t)}",
    "opening: and yet": lambda t: f"And yet {_small(t)}",
    "opening: for now": lambda t: f"For now, {_small(t)}",
    "opening: in other words": lambda t: f"In other words, {_small(t)}",
    "opening: here": lambda t: f"Here {_small(t)}",
    "opening: so": lambda t: f"So {_small(t)}",
    "closing: by its own account": lambda t: f"{t.rstrip('.')}, by its own account." if not t.endswith("”") else t,
    "question put first": lambda t: f"The point is that {_small(t)}",
    "emphasis": _by(r"\b(price|vote|study|library|model|union|fault)\b", r"*\1*"),
    "possessive names": _by(r"\b(Nordkai|Kestrel|Orrin 4) (?=damage|engineers|output)", r"\1's "),
    "synonyms: verbs": lambda t: _synonyms(t, {"released": "published", "scored": "reached", "needs": "requires", "grew": "rose", "shrinks": "reduces", "holds": "has", "rejected": "turned down", "averaged": "came to", "asked": "called", "cost": "came to", "followed": "tracked", "rewrote": "redid"}),
    "synonyms: nouns": lambda t: _synonyms(t, {"damage": "loss", "adults": "people", "licence": "license", "traffic": "shipping", "engineers": "staff", "translations": "texts", "backlog": "queue", "inquiry": "investigation", "memory": "RAM"}),
    "British to American": lambda t: t.replace("licence", "license").replace("harbour", "harbor"),
    "ampersand spelled": lambda t: t.replace(" and ", " as well as ", 1),
    "dash for comma": lambda t: t.replace(", ", " – ", 1) if "“" not in t else t,
    "parenthesis": lambda t: re.sub(r", (against [^,.]+)", r" (\1)", t),
}  # fmt: skip


WITHIN_QUOTATIONS = frozenset({"as it is", "typographic signs", "straight signs", "hard blanks"})
"""What may be done to words between quotation marks."""


def _small(text: str) -> str:
    """A sentence behind an opening: its first letter small, unless it is a name's."""
    first = text.split(" ", maxsplit=1)[0].strip("“,'’s")
    ordinary = "The A An It Its On In Of Two That Those Since Up About Roughly Output Input Nobody Adults Night Reviewers Engineers Power Throughput Results Traffic Fitting Dockers Researchers Adjusting Lead Participants Users Fuzzing Unpacking Fewer Only Nearly Insurer Weight Log Version Output"
    return text[0].lower() + text[1:] if first in ordinary.split() else text


def _synonyms(text: str, table: dict[str, str]) -> str:
    for old, new in table.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


@cache
def variations() -> tuple[Claim, ...]:
    """Every honest sentence in every form that changes it, and quotations in other typography."""
    made = [
        Claim(claim.topic, vary(claim.text), claim.passages)
        for claim in honest()
        for name, vary in VARIATIONS.items()
        if "“" not in claim.text or name in WITHIN_QUOTATIONS
    ]
    return tuple(dict.fromkeys(made))


@cache
def retyped() -> tuple[Claim, ...]:
    """Quotations altered only in typography."""
    forms: tuple[Varied, ...] = (
        lambda t: t.replace("“", '"').replace("”", '"'),
        lambda t: t.replace("'", "’").replace(" ", "\u00a0", 5),
        lambda t: t.replace("-", "‑").replace("fi", "ﬁ"),
        lambda t: t.replace(".”", "”"),
        lambda t: t.replace(" of ", "  of\u200b "),
    )
    made = [Claim(c.topic, form(c.text), c.passages) for c in quoting() for form in forms]
    return tuple(dict.fromkeys(made))


# --------------------------------------------------------------------------- report


def table() -> str:
    """The tables that README shows."""
    found = scores()
    planted_ones = [found[kind] for kind in PLANTED]
    total = Score(*(sum(column) for column in zip(*planted_ones, strict=True)))
    return "\n".join(
        [
            "| planted error | claims | errors | errors or warnings |",
            "| --- | ---: | ---: | ---: |",
            *(_line(kind, found[kind]) for kind in PLANTED),
            _line("all of these", total),
            "",
            "| honest text | claims | errors | errors or warnings |",
            "| --- | ---: | ---: | ---: |",
            *(_line(kind, found[kind]) for kind in (AS_WRITTEN, VARIED, RETYPED)),
        ]
    )


def _line(kind: str, found: Score) -> str:
    errors, reported = (f"{100 * n / found.claims:.1f}%" for n in (found.errors, found.reported))
    return f"| {kind} | {found.claims} | {errors} | {reported} |"


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
