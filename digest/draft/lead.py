"""
The computed lead of an issue: counts, days, names and titles, put into sentences.

Pure. Nothing here rests on a source, because nothing here says what a source says.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from ..settings import Digest
from ..text import one_line
from ..types import Facts, Feature, RoundUp

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()
QUOTED = (
    "All other sentences of this issue are quoted word for word from the pages that they link "
    "to; this summary was put together by counting."
)
MIXED = (
    "Of what stands below, what no model wrote is quoted word for word from the pages that it "
    "links to; this summary was put together by counting."
)
REST = "Elsewhere"
"""The heading of what has no theme: named last."""
NAMED_SOURCES = 4
"""More are counted, not named."""


def lead(
    features: Sequence[Feature], round_ups: Sequence[RoundUp], digest: Digest, facts: Facts
) -> tuple[str, ...]:
    """Two or three paragraphs, 30 to 180 words."""
    by_model = any(f.kind == "model" for f in features) or any(
        item.kind == "model" for item in round_ups
    )
    parts = (
        [_contents(len(features), len(round_ups), digest, facts), _several(facts)],
        [_features(features), _themes(round_ups)],
        [MIXED if by_model else QUOTED],
    )
    return tuple(text for part in parts if (text := " ".join(filter(None, part))))


def _contents(features: int, round_ups: int, digest: Digest, facts: Facts) -> str:
    items = _and(
        [
            _count(number, noun)
            for number, noun in ((features, "feature"), (round_ups, "round-up"))
            if number
        ]
    )
    chosen = f", chosen from {_count(facts.entries, 'post')}" if facts.entries else ""
    rest = f"{items}{chosen}{_from(facts)}{_days(facts)}."
    if facts.is_first:
        return (
            f"The first issue of {digest.title} takes the best of what there is, "
            f"however old: {rest}"
        )
    return f"This issue of {digest.title} has {rest}"


def _several(facts: Facts) -> str:
    if not facts.several:
        return ""
    subject = (
        "One story is"
        if facts.several == 1
        else f"{_number(facts.several).capitalize()} stories are"
    )
    return f"{subject} told by more than one publisher."


def _features(features: Sequence[Feature]) -> str:
    titles = [f"“{_inner(feature.title)}”" for feature in features]
    if not titles:
        return "No story carried a feature this time."
    if len(titles) == 1:
        return f"The feature is {titles[0]}."
    return f"The features are {_and(titles)}."


def _themes(round_ups: Sequence[RoundUp]) -> str:
    counts = Counter(item.theme for item in round_ups if item.theme)
    themes = sorted(counts, key=lambda theme: (theme == REST, -counts[theme], theme))
    if len(themes) < 2:
        return ""
    return f"The round-ups stand under {_number(len(themes))} themes: {_and(themes)}."


def _from(facts: Facts) -> str:
    names = [one_line(name) for name in facts.sources]
    if not names:
        return ""
    if len(names) <= NAMED_SOURCES:
        return f" by {_and(names)}"
    return f" by {_number(len(names))} sources"


def _days(facts: Facts) -> str:
    if facts.first_day is None or facts.last_day is None:
        return ""
    if facts.first_day == facts.last_day:
        return f", all of {_day(facts.last_day, with_year=True)}"
    same_year = facts.first_day.year == facts.last_day.year
    return (
        f", published between {_day(facts.first_day, with_year=not same_year)} "
        f"and {_day(facts.last_day, with_year=True)}"
    )


def _day(day: dt.date, *, with_year: bool) -> str:
    months = (
        "January February March April May June July August September October November December"
    ).split()
    return f"{day.day} {months[day.month - 1]}" + (f" {day.year}" if with_year else "")


def _count(number: int, noun: str) -> str:
    return f"{_number(number)} {noun}" + ("" if number == 1 else "s")


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _and(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def _inner(title: str) -> str:
    """A title between quotation marks: those it holds itself become single ones."""
    text = one_line(title).replace("“", "‘").replace("”", "’")
    halves = text.split('"')
    if len(halves) % 2 == 0:
        return text
    return "".join(
        part + ("" if i == len(halves) - 1 else "‘" if i % 2 == 0 else "’")
        for i, part in enumerate(halves)
    )
