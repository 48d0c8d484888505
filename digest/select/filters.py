"""
Which entries a digest may use at all: its words, its vetoes, what it has told before.

Pure. Each entry that is turned away comes with the reason, in words.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..settings import Digest
from ..text import content_words, words
from ..types import EntryRef
from ..urls import canonical
from .signals import Signals

SAME_TITLE = 4
"""Words that carry meaning, from which two equal titles are no accident."""


def refusal(each: Signals, digest: Digest) -> str:
    """Why the digest's own words or vetoes turn an entry away; empty where they do not."""
    if each.entry.canonical in {canonical(address) for address in digest.veto} - {""}:
        return "left out: its address is vetoed"
    text = _spaced(f"{each.entry.title} {' '.join(each.entry.tags)} {_text(each)}")
    for word in digest.exclude:
        if _holds(text, word):
            return f"left out: holds “{word}”, which is excluded"
    if digest.include and not any(_holds(text, word) for word in digest.include):
        return "left out: holds none of the words to include"
    return ""


class Told:
    """What past issues told, for asking whether a story has been told before."""

    def __init__(self, told: Sequence[EntryRef]) -> None:
        self._keys = {(ref.feed, ref.id) for ref in told}
        self._addresses = {canonical(ref.url) for ref in told} - {""}
        self._titles = {
            frozenset(terms) for ref in told if len(terms := content_words(ref.title)) >= SAME_TITLE
        }

    def holds(self, each: Signals) -> bool:
        """The entry itself, another copy of it, or a post about it was told."""
        return (
            each.key in self._keys
            or each.entry.canonical in self._addresses
            or each.points_to in self._addresses
            or each.title in self._titles
        )

    def likest(self, each: Signals) -> float:
        """Share of the entry's title that the likest told title has, from 0 to 1."""
        if not each.title:
            return 0.0
        return max((len(each.title & title) / len(each.title) for title in self._titles), default=0)


def _text(each: Signals) -> str:
    return each.document.text if each.document else ""


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "


def _holds(spaced: str, phrase: str) -> bool:
    """Whole words in order; "AI" is not in "paid"."""
    wanted = " ".join(words(phrase))
    return bool(wanted) and f" {wanted} " in spaced
