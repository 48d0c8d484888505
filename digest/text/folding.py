"""
Folding: one form for what is only typography, with the way back to the original.

Pure. Two texts that fold to the same are the same words, digits and punctuation; they
differ in Unicode form, case, white space, or in how quotation marks, dashes and ellipses
are drawn. Three passes, each of which leaves a map when it changes lengths:

    invisible   zero-width characters, soft hyphens, variation selectors go
    letters     NFKC and case folding, ligatures and combining marks included
    signs       blanks to one, ellipses to `...`, dashes to `-` (without blanks around
                them: "a — b", "a--b" and "a-b" are one), quotation marks to `'`

All quotation marks and apostrophes become one sign, since a quotation within another
changes its marks. Most text needs no pass but a table look-up, so maps stay small: they
hold the places where lengths change, and `bisect` finds them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

QUOTATION_MARKS = "'\"`´‘’‚‛“”„‟‹›«»′″‵‶ʹʺʻʼʽˮ〝〞〟＂＇"
HYPHENS = "-\u00ad‐‑‒–−⁃﹣－"
"""Joiners of words and numbers, the en dash of a range among them."""
DASHES = "—―⸺⸻﹘︱"
"""Signs that stand between clauses; blanks beside them are a matter of taste."""

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Body of a character class: what takes no room on a page."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_SIGNS = re.compile(
    r" ++(?:—[ —]*+|-{1,3}+ ++)"  # a dash after blanks
    r"|—[ —]*+"
    r"|(?<=[^\W_])-{2,3}+(?=[^\W_])"  # two or three hyphens in place of a dash
    r"|\. \. \.(?: \.)?"
    r"| {2,}+"
    r"|'{2,}+"
)
_SINGLE = {
    **dict.fromkeys(map(ord, QUOTATION_MARKS), "'"),
    **dict.fromkeys(map(ord, HYPHENS), "-"),
    **dict.fromkeys(map(ord, DASHES), "—"),
    **dict.fromkeys((*range(9, 14), *range(28, 33), 133, 8232, 8233), " "),
    **{code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)},
}
"""ASCII and the signs above; other characters are looked up as they occur."""

# Characters that join the one before them although they are no combining marks: vowels and
# finals of Hangul.
_HANGUL_TAILS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")


@dataclass(frozen=True, slots=True)
class _Map:
    """Where one pass changed lengths: parallel offsets of the changed places."""

    new_starts: list[int]
    new_ends: list[int]
    old_starts: list[int]
    old_ends: list[int]

    def start(self, offset: int) -> int:
        """Where the character that begins at a new offset began."""
        index = bisect_right(self.new_starts, offset) - 1
        if index < 0:
            return offset
        if offset < self.new_ends[index]:
            return self.old_starts[index]
        return self.old_ends[index] + offset - self.new_ends[index]

    def end(self, offset: int) -> int:
        """Where the character that ends at a new offset ended."""
        index = bisect_left(self.new_starts, offset) - 1
        if index < 0:
            return offset
        if offset <= self.new_ends[index]:
            return self.old_ends[index]
        return self.old_ends[index] + offset - self.new_ends[index]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to what it was made of."""

    text: str
    _maps: tuple[_Map, ...] = ()
    """In the order in which the passes were made."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """
        Offsets in the original of a part of `text`.

        A part that begins or ends within the folding of one character (the `f` of `ﬁ`)
        takes the whole character. What folding removed at either end stays outside.
        """
        for passed in reversed(self._maps):
            start, end = passed.start(start), passed.end(end)
        return start, max(start, end)


def _replace(
    text: str, pattern: re.Pattern[str], replacement: Callable[[str], str]
) -> tuple[str, _Map | None]:
    """Replace what a pattern finds; the map is None where nothing was found."""
    pieces: list[str] = []
    changed = _Map([], [], [], [])
    done = length = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        new = replacement(match.group())
        length += start - done
        pieces += (text[done:start], new)
        changed.new_starts.append(length)
        length += len(new)
        changed.new_ends.append(length)
        changed.old_starts.append(start)
        changed.old_ends.append(end)
        done = end
    if not done:
        return text, None
    pieces.append(text[done:])
    return "".join(pieces), changed


def _letters(cluster: str) -> str:
    """NFKC and case folding of a character and its marks, until nothing changes."""
    signs = cluster.translate(_SINGLE)
    for _ in range(3):  # two rounds do for every single code point; the third is for clusters
        folded = unicodedata.normalize(
            "NFKC", unicodedata.normalize("NFKC", signs).casefold()
        ).translate(_SINGLE)
        folded = _INVISIBLE.sub("", folded)
        if folded == signs:
            break
        signs = folded
    return signs


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Whether a character may become one with the character before it."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or bool(_HANGUL_TAILS.match(first))


@lru_cache(maxsize=4096)
def _single(character: str) -> str:
    return _letters(character)


def _fold_letters(text: str) -> tuple[str, _Map | None]:
    """
    Unicode form and case. Characters with a folding of the same length are translated at
    once; only the others of this very text are looked for, so ASCII costs nothing.
    """
    if text.isascii():
        return text.translate(_SINGLE), None
    foreign = sorted(character for character in set(text) if character > "\x7f")
    tails = [character for character in foreign if _joins(character)]
    table = dict(_SINGLE)
    others = list(tails)
    for character in foreign:
        folding = _single(character)
        if len(folding) == 1:
            table.setdefault(ord(character), folding)
        elif ord(character) not in _SINGLE:
            others.append(character)
    if not others:
        return text.translate(table), None
    tail, other = (_character_class(characters) for characters in (tails, others))
    pattern = f"[^{tail[1:]}{tail}+|{other}" if tails else other
    text, changed = _replace(text, _compiled(pattern), _letters)
    return text.translate(table), changed


def _character_class(characters: list[str]) -> str:
    return f"[{''.join(map(re.escape, characters))}]" if characters else ""


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _sign(found: str) -> str:
    if "—" in found or "-" in found:
        return "-"
    if found.startswith("."):
        return "." * found.count(".")
    return found[0]


def fold(text: str) -> Folded:
    """
    Fold typography: the form in which quotes are looked for.

    Args:
        text: Any text, of any length; time is linear in it.

    Returns:
        The folded text (longer than the original where ligatures and ellipses are
        written out) and the way back. Folding a folded text changes nothing.

    Source: UAX #15 (NFKC), The Unicode Standard 3.13 (case folding)
    """
    maps = []
    if not text.isascii():
        text, passed = _replace(text, _INVISIBLE, lambda _: "")
        maps.append(passed)
    text, passed = _fold_letters(text)
    maps.append(passed)
    text, passed = _replace(text, _SIGNS, _sign)
    maps.append(passed)
    return Folded(text, tuple(made for made in maps if made is not None))
