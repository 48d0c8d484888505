"""
Q4 and A1 in prose: quotation marks mean quotation, and who is quoted said it.

Pure. Three words or more between quotation marks are looked for as any quote is; what a
sentence names as their speaker must be who its document gives them to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..text import count_words
from .lists import word_list
from .names import Name, names
from .quotes import Found, Missing, find
from .source import Basis, Source
from .statements import Statement

LEAST_WORDS = 3
_MOST = 1200
_MARKS = re.compile(
    rf"“(?P<curly>[^“”]{{1,{_MOST}}})”|\"(?P<straight>[^\"]{{1,{_MOST}}})\"|«(?P<angle>[^«»]{{1,{_MOST}}})»"
    rf"|„(?P<low>[^„“”]{{1,{_MOST}}})[“”]|(?<![\w’'])‘(?P<single>[^‘]{{1,{_MOST}}}?)’(?!\w)"
    rf"|(?<![\w'])'(?P<plain>[^']{{8,{_MOST}}})'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, and where they stand in a statement."""

    text: str
    start: int
    end: int


def quotations(text: str) -> Iterator[Quoted]:
    """What stands between quotation marks, three words or more."""
    for match in _MARKS.finditer(text):
        inner = match.group(match.lastgroup or 0)
        if count_words(inner) >= LEAST_WORDS:
            yield Quoted(inner.strip(), match.start(), match.end())


def without_quotations(text: str) -> str:
    """The text with every quotation blanked out, of the same length."""
    return _MARKS.sub(lambda match: " " * len(match.group()), text)


def place_of(quoted: Quoted, basis: Basis) -> Found | Missing:
    """Where a quotation stands in the evidence (Q1, Q2); why it does not."""
    reason = Missing("Q4", "there is no document")
    for source in _cited_first(basis):
        found = find(quoted.text, source.document, source.folded)
        if isinstance(found, Found):
            return found
        reason = found
    return Missing("Q4", reason.reason)


def _cited_first(basis: Basis) -> Iterator[Source]:
    yield from dict.fromkeys((*(source for source, _, _ in basis.cited), *basis.sources))


def speakers(statement: Statement, quoted: Quoted) -> tuple[Name, ...]:
    """The names that a sentence gives as those who said a quotation: beside a verb of saying."""
    verbs = word_list("verbs_of_saying")
    outside = [
        name for name in names(statement) if name.end <= quoted.start or name.start >= quoted.end
    ]
    found: list[Name] = []
    for word, start in statement.tokens:
        small = word.lower()
        if quoted.start <= start < quoted.end or small not in verbs:
            continue
        near = [name for name in outside if _gap(name, start, start + len(word)) <= 24]
        if near:
            found.append(min(near, key=lambda name: _gap(name, start, start + len(word))))
    if not found:
        found += _attributed(statement, quoted, outside)
    return tuple(dict.fromkeys(found))


def _gap(name: Name, start: int, end: int) -> int:
    return start - name.end if name.end <= start else name.start - end


def _attributed(statement: Statement, quoted: Quoted, outside: list[Name]) -> Iterator[Name]:
    """Names right behind a quotation's dash, or right before it."""
    behind = statement.text[quoted.end : quoted.end + 6]
    if re.match(r"[\s,.]*[—–-]", behind):
        for name in outside:
            if 0 <= name.start - quoted.end <= 6:
                yield name
    for name in outside:
        gap = statement.text[name.end : quoted.start]
        if name.end <= quoted.start and re.fullmatch(r"(?:['’]s?)?:?\s*", gap):
            yield name
