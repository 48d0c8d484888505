"""
Q2: quotations that leave words out or put words in: `…`, `[…]`, `[words]`.

Pure. The parts follow each other in one document, gaps are short, and no negation may vanish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from ..text import Folded, count_words, fold, one_line, words
from ..text.languages import spoken
from ..types import Document
from .negations import negates
from .occurrences import Found, Missing, occurrences

MOST_GAP = 400
"""Characters of the document that one omission may leave out."""
LEAST_WORDS = 4
"""Words between two omissions."""
MOST_INSERTED = 4
MOST_REPLACED = 3
"""Words of the document that an insertion may stand for."""
MOST_PARTS = 24
MOST_PLACES = 1000
"""Places of one part that are tried: more are no prose, and cost time."""

_AHEAD = 200
"""Characters before a quote in which its sentence is looked for."""
_SENTENCE_ENDS = re.compile(r"[.!?…:;]+[”\"’)]*\s|\n|[“\"(]")
_PRONOUNS = frozenset("i he she it we you they this that these those who which".split())

CAPITAL = re.compile(r"\[(\w)\](?=\w)")
"""The usual sign for a letter whose case was changed: "[t]he"."""
_SPLIT = re.compile(r"(\[\s*(?:\.{3,}|…)\s*\]|\(\s*(?:\.{3,}|…)\s*\)|\.{3,}|…|\[[^\[\]]{1,80}\])")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words to be found, and what stands before them in the quote: "", "[…]" or "[words]"."""

    text: str
    joint: str

    @property
    def inserts(self) -> bool:
        return self.joint not in {"", "[…]"}


def in_parts(
    quote: str, document: Document, folded: Folded, within: tuple[int, int] | None
) -> Found | Missing:
    pieces = _pieces(quote, folded)
    if isinstance(pieces, Missing):
        return pieces
    if len(pieces) < 2 and not any(piece.joint for piece in pieces):
        return Missing("Q1", "these words do not stand in it in this order")
    held = _held(document) if any(piece.inserts for piece in pieces) else frozenset()
    if problem := _malformed(pieces, held):
        return problem
    spans = _Search(pieces, document, folded, within, held).spans()
    if spans is None and len(pieces) < 2:
        return Missing("Q1", "these words do not stand in it in this order")
    if spans is None:
        return Missing(
            "Q2",
            "its parts do not follow each other there in this order, at most "
            f"{MOST_GAP} characters apart, with no negation left out",
        )
    before = pieces[0].joint if pieces[0].inserts else ""
    return Found(document, spans, tuple(piece.joint for piece in pieces[1:]), before)


def _pieces(quote: str, folded: Folded) -> tuple[_Piece, ...] | Missing:
    """The parts of a quote; brackets that the document itself has stay in them."""
    joint, text = "", ""
    pieces: list[_Piece] = []
    for index, token in enumerate(_SPLIT.split(CAPITAL.sub(r"\1", quote))):
        is_sign = index % 2 == 1
        if is_sign and (
            token[:1] != "[" or fold(token).text.strip() not in folded.text or not words(token)
        ):
            if words(text):
                pieces.append(_Piece(text.strip(), joint))
                joint = ""
            elif text.strip(" .,;:") and pieces:
                return Missing("Q2", "a part between two omissions has no word")
            shown = one_line(token) if words(token) else "[…]"
            joint = shown if not joint or joint == "[…]" else joint
            text = ""
        else:
            text += token
    if words(text):
        pieces.append(_Piece(text.strip(), joint))
    if len(pieces) > MOST_PARTS:
        return Missing("Q2", f"it has more than {MOST_PARTS} parts")
    return tuple(pieces)


def _malformed(pieces: tuple[_Piece, ...], held: frozenset[str]) -> Missing | None:
    run = 0
    for piece in (*pieces, _Piece("", "[…]")):
        if piece.joint == "[…]" and 0 < run < LEAST_WORDS:
            return Missing("Q2", f"a part beside an omission has under {LEAST_WORDS} words")
        run = count_words(piece.text) + (0 if piece.joint == "[…]" else run)
        if piece.inserts and (reason := _bad_insertion(piece.joint, held)):
            return Missing("Q2", reason)
    return None


def _bad_insertion(joint: str, held: frozenset[str]) -> str:
    inserted = joint.strip("[]")
    if count_words(inserted) > MOST_INSERTED:
        return f"{joint} inserts more than {MOST_INSERTED} words"
    if negates(inserted):
        return f"{joint} inserts a negation"
    for token in inserted.split():
        named = any(c.isupper() or c.isdigit() for c in token)
        if named and not all(word in held for word in words(token)):
            return f"{joint} inserts a name or number that the document lacks"
    return ""


def _held(document: Document) -> frozenset[str]:
    """All words of a document, its metadata among them."""
    known = (document.text, document.title, document.author, document.site, document.publisher)
    return frozenset(word for text in known for word in words(text))


class _Search:
    """Finds the parts in order; remembers dead ends, so that repeats cost nothing."""

    def __init__(
        self,
        pieces: tuple[_Piece, ...],
        document: Document,
        folded: Folded,
        within: tuple[int, int] | None,
        held: frozenset[str],
    ) -> None:
        self._held = held
        self._tag = spoken(words(document.text), document.language)
        self._pieces = pieces
        self._document = document
        self._places = [
            self._of(piece.text, index == len(pieces) - 1, folded, within)
            for index, piece in enumerate(pieces)
        ]
        self._dead: set[tuple[int, int]] = set()

    def _of(
        self, text: str, is_last: bool, folded: Folded, within: tuple[int, int] | None
    ) -> list[tuple[int, int]]:
        wanted = fold(text).text.strip()
        bare = wanted.rstrip(" ,.") if is_last else wanted.strip(" ,.;:")
        for form in dict.fromkeys((wanted, bare)):
            places = occurrences(form, self._document, folded, within)
            if found := list(islice(places, MOST_PLACES)):
                return found
        return []

    def spans(self) -> tuple[tuple[int, int], ...] | None:
        for first in self._places[0]:
            if self._pieces[0].inserts and not self._may_lead(first[0]):
                continue
            rest = self._after(1, first[1])
            if rest is not None:
                return (first, *rest)
        return None

    def _after(self, index: int, end: int) -> tuple[tuple[int, int], ...] | None:
        if index == len(self._pieces):
            return ()
        if (index, end) in self._dead:
            return None
        for place in self._places[index]:
            if end <= place[0] <= end + MOST_GAP and self._may_skip(index, end, place[0]):
                rest = self._after(index + 1, place[1])
                if rest is not None:
                    return (place, *rest)
        self._dead.add((index, end))
        return None

    def _may_lead(self, start: int) -> bool:
        """
        Whether the insertion that a quote begins with may stand for what is before its first
        words: nothing, at the head of a sentence, a pronoun, or the same words; else it would
        give what was said of one to another.
        """
        inserted = words(self._pieces[0].joint)
        if not all(word in self._held for word in inserted):
            return False
        ahead = self._document.text[max(0, start - _AHEAD) : start]
        sentence = words(_SENTENCE_ENDS.split(ahead)[-1])
        is_same = words(ahead)[-len(inserted) :] == inserted
        return not sentence or sentence[-1] in _PRONOUNS or is_same

    def _may_skip(self, index: int, start: int, end: int) -> bool:
        """Whether the joint before a piece may stand for this part of the document."""
        skipped = self._document.text[start:end]
        if negates(skipped, self._tag):
            return False
        joint = self._pieces[index].joint
        if joint == "[…]":
            return True
        replaced = words(skipped)
        if len(replaced) > MOST_REPLACED or any(c.isdigit() for c in skipped):
            return False
        return not replaced or all(word in self._held for word in words(joint))
