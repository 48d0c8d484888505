"""
Forms of a language's table, looked for at a place in a text.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_LETTER = r"[^\W\d_]"
_LAST = re.compile(rf"{_LETTER}+\.?$")
TOKEN = re.compile(rf"\d|{_LETTER}+")


class Match(NamedTuple):
    """A form that stands at a place: what it means, and where it ends."""

    meaning: str
    end: int
    form: str


class Forms:
    """
    Args:
        meanings: Forms in small letters and what each means; one that ends in `*` is the
            beginning of a word, a blank in one is a blank or a hyphen.
    """

    def __init__(self, meanings: Iterable[tuple[str, str]]) -> None:
        self._meanings: dict[str, str] = {}
        for form, meaning in meanings:
            self._meanings.setdefault(form, meaning)
        parts = sorted(self._meanings, key=lambda form: (-len(form), form))
        self._pattern = re.compile("|".join(f"({_pattern(form)})" for form in parts) or "(?!)")
        self._forms = parts
        first = {re.split(r"[ '.-]", form)[0] for form in parts}
        self.heads = frozenset(word for word in first if word[-1:] != "*")
        """First words of the forms."""
        self._lasts = frozenset(re.split(r"[ '-]", form)[-1] for form in parts)
        self.beginnings = tuple(sorted(word[:-1] for word in first if word[-1:] == "*"))
        """Beginnings of words that are forms."""

    def at(self, lower: str, at: int) -> Match | None:
        """The longest form at a place of a text in small letters; None where there is none."""
        match = self._pattern.match(lower, at)
        if match is None or match.lastindex is None:
            return None
        form = self._forms[match.lastindex - 1]
        return Match(self._meanings[form], match.end(), form)

    def before(self, lower: str, end: int, reach: int = 16) -> Match | None:
        """The form that ends right before a place, past one blank or none."""
        stop = end - 1 if lower[end - 1 : end] == " " else end
        last = _LAST.search(lower, max(0, stop - reach), stop)
        if last is None or last.group() not in self._lasts:
            return None
        for start in range(max(0, stop - reach), stop):
            if start and lower[start - 1].isalpha():
                continue
            found = self.at(lower, start)
            if found and found.end == stop:
                return found
        return None

    def begins(self, token: str) -> bool:
        """Whether a form may begin with this word."""
        return token in self.heads or token.startswith(self.beginnings)


def _pattern(form: str) -> str:
    is_open = form.endswith("*")
    words = re.escape(form.rstrip("*")).replace(r"\ ", "[ -]")
    if is_open:
        return rf"{words}{_LETTER}*+"
    return words + (rf"(?!{_LETTER})" if form[-1].isalnum() else "")
