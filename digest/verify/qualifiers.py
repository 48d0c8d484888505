"""
N4: what qualifies a number in its source stands in the claim, or an equal word does.

Pure. "up to 96%" is not "96%". A qualifier belongs to one number, in the source and in the
claim: "up to 512,000 tokens, and 12% of answers" has lost the "up to" of 12%. Words that say
the same stand on one line of a table; so does a named thing that a number was measured on:
"40 tokens per second on an A100". What is only planned is `unfinished.py`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..text.languages import language
from ..text.phrases import any_of
from .families import families
from .numbers import Place
from .source import Source, bare
from .statements import Statement
from .values import Value

_BEFORE = 40
_FAR = 24
_FROM_AFAR = frozenset({"estimates", "reportedly"})
"""Lines whose words bind a number from some way off: "estimates the damage at"."""
_AFTER = 12
_MANY = 100
_GAP = r"[ ]?(?:\b(?:an?|the|its) |[$€£¥] ?|US\$)?$"
_IDIOM = re.compile(
    r"\b(?:silt|add|summ?|round|pil|climb|creep|crept|catch|caught|liv|own|mov|stepp?|fill|swell"
    r"|swollen|speed|end|wound|lead|led|runn?|go|gon|went|com|cam)(?:e|s|es|ed|d|ing)?[ -]$"
)
"""Before "up to": a verb or noun to which the "up" belongs, as in "silted up to 6 metres"."""
_TO_RUN = re.compile(r"\b(?:runs?|ran|running)[ ]$")
"""Of these only "the run-up to": what "runs up to 6 hours" may run less."""

_TO = frozenset({"hasta", "fino a", "fino al", "jusqu'à"})
"""In other languages "up to" and "to": behind a comma the second, as in "sube, hasta 2 euros"."""

_BETWEEN = re.compile(r"[;:()—]|, |\.\s")
_JOINED = re.compile(r"\s*(?:-|–|to|and|or|/|,)?\s*(?:US\$|[$€£¥])?\s*")
_MOST_BEFORE, _MOST_BEHIND = 3, 4
"""Words between a qualifier of a claim and the number that it stands before, or behind."""
_BEHIND = frozenset(
    "or more|or less|or fewer|or so|+|at most|at least|maximum|minimum|max|ceiling|roughly"
    "|approximately|about|around|in the region of".split("|")
)
"""What may stand behind its number: "8 GB of memory or more"."""

_THING = r"(?:[A-Za-z]+[\d.]*\d[A-Za-z\d]*|\d+[A-Z][A-Za-z\d]*)s?(?![\w.]*\w)"
_ON = re.compile(
    r"\b(?i:on|with|using|via|across|inside) (?:an?|the|one|two|four|eight|sixteen|its|each|every"
    rf"|single|\d+)? ?(?:single )?(?:[A-Z][a-z]+ )?(?P<thing>{_THING})"
)
_MANY_OF = re.compile(rf" ?[×x-]? ?(?:[A-Z][A-Za-z]+ )?(?P<thing>{_THING})")
_THING_REACH = 70
_STOPS = re.compile(r"[.;:!?]\s|\n")


class _Line(NamedTuple):
    head: re.Pattern[str]
    """The first phrase of the line, right before or behind a number."""
    equal: re.Pattern[str]
    """Any of the line's phrases."""
    name: str
    only: str = ""
    """Its words mean other things too: asked for of times of day ("@") alone, or ("?") of amounts
    with a unit and from a hundred up."""


@cache
def _lines_of(tag: str) -> tuple[_Line, ...]:
    """The lines of a source's language: its words bind, and English ones answer."""
    known = language(tag)
    if known is None:
        return _lines()
    by_name = {line.name: line for line in _lines()}
    found: list[_Line] = []
    for meaning, forms in known.sections["qualifiers"]:
        names = meaning.lstrip("?@").split(", ")
        equal = re.compile("|".join(by_name[name].equal.pattern for name in names))
        heads = any_of([form.lower() for form in forms])
        only = meaning[0] if meaning[0] in "?@" else ""
        found.append(_Line(heads, equal, names[0], only))
    return tuple(found)


@cache
def _behind_of(tag: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """What binds a number from behind, and the line that it belongs to."""
    known = language(tag)
    more = tuple(f" {form}" for form in known.forms("qualifiers behind")) if known else ()
    return ((("+", " or more", " or higher", *more), "at least"), ((" or less",), "up to"))


@cache
def _gap_of(tag: str) -> re.Pattern[str]:
    """What may stand between a qualifier and its number: an article, a sign of a currency."""
    known = language(tag)
    if known is None:
        return re.compile(_GAP)
    articles = "|".join(map(re.escape, known.forms("articles")))
    return re.compile(rf"[ ]?(?:\b(?:{articles})[ ]?|[$€£¥] ?|US\$)?$")


@cache
def _lines() -> tuple[_Line, ...]:
    return tuple(_Line(each.heads, each.equal, each.name) for each in families("qualifiers"))


def lost(statement: Statement, value: Value, found: Sequence[Place]) -> str:
    """
    The qualifier that a number has wherever its source states it, and the claim has not.

    Args:
        found: Where the value stands; those that fit the sentence best, where they are known.
    """
    lacking = ""
    for source, place in found:
        missing = _lost_at(statement, value, source, place)
        if not missing:
            return ""
        lacking = lacking or missing
    return lacking


def _lost_at(statement: Statement, value: Value, source: Source, place: Value) -> str:
    text = source.whole
    tag = source.language
    before = _gap_of(tag).sub("", text[max(0, place.start - _BEFORE) : place.start].lower())
    bound: dict[int, list[_Line]] = {}
    if place.hedge == "about" and place.is_word and language(tag):
        bound[-1] = [line for line in _lines() if line.name == "about"]  # "une vingtaine"
    for line in _lines_of(tag):
        if not _may_bind(line, place):
            continue
        matches = [match for match in line.head.finditer(before) if not _is_idiom(match)]
        reach = _FAR if line.name in _FROM_AFAR else 1
        if matches and len(before) - matches[-1].end() <= reach:
            between = before[matches[-1].end() :]
            if not re.search(r"\d", re.sub(r"\b(?:19|20)\d\d\b", "", between)):
                bound.setdefault(matches[-1].end(), []).append(line)
    for lines in bound.values():  # of the lines that hold this phrase, one must be answered
        if not any(_is_answered(line, statement, value) for line in lines):
            return lines[0].name
    is_label = place.kind == "version" or (not place.unit and "." in place.written)
    after = "" if is_label else text[place.end : place.end + _AFTER].lower()
    for sign, name in _behind_of(tag):
        line = next(line for line in _lines() if line.name == name)
        if after.startswith(sign) and not _is_answered(line, statement, value):
            return "or more" if name == "at least" else "or less"
    return ""


def _may_bind(line: _Line, place: Value) -> bool:
    if line.only == "@":
        return place.kind == "time"
    if line.only == "?":
        return place.kind == "number" and (bool(place.unit) or place.number >= _MANY)
    return True


def _is_idiom(match: re.Match[str]) -> bool:
    """Whether an "up to" is a verb's: "silted up to", "adds up to", "the run-up to"."""
    ahead = match.string[: match.start()]
    if match.group() != "up to":
        return ahead.endswith(", ") and match.group() in _TO
    return bool(_IDIOM.search(ahead) and not _TO_RUN.search(ahead))


def _is_answered(line: _Line, statement: Statement, value: Value) -> bool:
    """Whether the claim's own value has one of a line's phrases."""
    text = statement.text.lower()
    if value.kind in {"date", "time"} and line.name == "up to":
        return True  # "up to 1 May" is a date that something reaches
    if statement.cells and any(line.equal.search(head) for head in _heads(statement, value)):
        return True
    return any(_binds(match, line, statement, value) for match in line.equal.finditer(text))


def _binds(match: re.Match[str], line: _Line, statement: Statement, value: Value) -> bool:
    """Whether a phrase of the claim is this value's: none stands nearer, nor a clause's end."""
    text = statement.text
    if match.start() < value.end and value.start < match.end():
        return True  # "+" of "4+", "about" of "about a third"
    ahead = [v for v in statement.values if v.end <= match.start()]
    behind = [v for v in statement.values if v.start >= match.end()]
    owner = next((v for v in behind if _is_near(text, match.end(), v.start, _MOST_BEFORE)), None)
    if line.name in _FROM_AFAR:
        return owner is None or owner is value or _is_adjacent(text, match.end(), value)
    if owner is None and match.group() in _BEHIND and ahead:
        last = ahead[-1]
        return last is value and _is_near(text, value.end, match.start(), _MOST_BEHIND)
    return owner is not None and value in _joined(text, behind, owner)


def _is_near(text: str, start: int, end: int, most: int) -> bool:
    gap = text[start:end]
    return len(gap.split()) <= most and not _BETWEEN.search(gap)


def _is_adjacent(text: str, end: int, value: Value) -> bool:
    """Whether nothing but small words and no other number stands between: "an estimated"."""
    return value.start >= end and not re.search(r"\d", text[end : value.start])


def _joined(text: str, values: Sequence[Value], first: Value) -> Iterator[Value]:
    """A value and those that share what stands before it: "about 5 to 7 GB"."""
    last = first
    yield first
    for value in values:
        if value.start < last.end or value is first:
            continue
        if not _JOINED.fullmatch(text, last.end, value.start):
            return
        yield value
        last = value


def _heads(statement: Statement, value: Value) -> Iterator[str]:
    """Of a value in a table's row: its column's head and the row's own."""
    at = 0
    for place, cell in enumerate(statement.cells):
        if at <= value.start < at + len(cell):
            yield statement.cells[0].lower() if place else ""
            yield statement.head[place].lower() if place < len(statement.head) else ""
        at += len(cell) + len(" | ")


def lost_thing(statement: Statement, found: Sequence[Place]) -> str:
    """
    The named thing that a number is bound to wherever its source states it, and the claim lacks.

    Only what a preposition or the number itself binds counts, and no thing of the title.
    """
    claim = frozenset(bare(word).rstrip("s") for word, _ in statement.tokens)
    lacking = ""
    for source, place in found:
        things = [thing for thing in _things(source, place) if thing not in source.document.title]
        if not things or any(bare(thing).rstrip("s") in claim for thing in things):
            return ""
        lacking = lacking or things[0]
    return lacking


def _things(source: Source, place: Value) -> Iterator[str]:
    """Words with letters and digits that a number of a source counts, or was measured on."""
    text = source.whole
    behind = text[place.end : place.end + _THING_REACH]
    ahead = text[max(0, place.start - _THING_REACH) : place.start]
    stop = _STOPS.search(behind)
    behind = behind[: stop.start()] if stop else behind
    starts = [match.end() for match in _STOPS.finditer(ahead)]
    ahead = ahead[starts[-1] :] if starts else ahead
    if match := _MANY_OF.match(behind):
        yield match["thing"]
    for part in (ahead, behind):
        yield from (match["thing"] for match in _ON.finditer(part))
