"""
Marks: which notes a sentence, row or item carries.

Pure. A draft marks with `[n1]` or `[own]`, a file in content/ with `[^label]`; both are read
into the same values, so that one set of rules proves either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from ..markdown import unescape

OWN = "own"

_DRAFT = re.compile(r"((?:\[[\w.-]{1,40}\])++)")
_ID = re.compile(r"\[([\w.-]{1,40})\]")
_LOOKS_LIKE = re.compile(r"n\d+")
_FILE = re.compile(r"\\.|((?:\[\^[^\]\s]+\])+)", re.S)
"""An escaped character is stepped over: it begins no mark."""
_LABEL = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of text up to its marks."""

    text: str
    marks: tuple[str, ...]
    """Ids or labels; "own" for a judgement."""


def of_draft(text: str, ids: Collection[str]) -> tuple[Marked, ...]:
    """
    Cut a drafter's text at its marks.

    Args:
        text: Of a paragraph or item.
        ids: Of the draft's notes. Brackets that are neither of them, nor `own`, nor of the
            form `n1` are text: a document's "[sic]".
    """

    def is_mark(group: str) -> bool:
        return all(
            mark in ids or mark == OWN or _LOOKS_LIKE.fullmatch(mark) for mark in _ID.findall(group)
        )

    return _cut(text, _DRAFT, _ID, is_mark, lambda part: part)


def of_file(text: str) -> tuple[Marked, ...]:
    """Cut a paragraph, item or cell of a file in content/ at its marks; escapes are undone."""
    return _cut(text, _FILE, _LABEL, lambda _: True, unescape)


def _cut(
    text: str,
    group: re.Pattern[str],
    mark: re.Pattern[str],
    is_mark: Callable[[str], bool],
    plain: Callable[[str], str],
) -> tuple[Marked, ...]:
    found: list[Marked] = []
    begin = 0
    for match in group.finditer(text):
        if match[1] is None or not is_mark(match[1]):
            continue
        before = plain(text[begin : match.start()]).strip()
        marks = tuple(mark.findall(match[1]))
        if before:
            found.append(Marked(before, marks))
        elif found:
            found[-1] = Marked(found[-1].text, found[-1].marks + marks)
        begin = match.end()
    rest = plain(text[begin:]).strip()
    return (*found, Marked(rest, ())) if rest else tuple(found)
