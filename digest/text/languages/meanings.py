"""
What words of a language are in English: as far as a glossary, names and kinship of words tell.

Pure. `english/<tag>.txt` holds the words that news is made of, and English names of places and
organisations; a language without one has the kinship alone ("Kapazität", "organización"). No
translation: enough to see that an English sentence and a passage are about the same thing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from ..tokens import content_words, stem
from .table import Language, language, read

_LEAST_STEM = 4
_LEAST_PART, _LEAST_REST = 4, 3
"""Letters of the parts of a word that is put together of several."""
_LEAST_NAME = 5
"""Letters of a name at the head of such a word: "Nordsee" in "Nordseeküste"."""
_ELSEWHERE = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "ł": "l"})


class Meanings:
    """Asked for by `meanings`, once for each language."""

    def __init__(self, known: Language) -> None:
        self.of_word = cache(self._of_word)
        self.root = cache(self._root)
        sections = read(f"english/{known.tag}.txt")
        self._endings = sorted(" ".join(known.forms("endings")).split(), key=len, reverse=True)
        self._name_endings = ("", *" ".join(known.forms("name endings")).split())
        self._kin = sorted(known.meanings("cognates"), key=lambda each: -len(each[0]))
        self._is_put_together = known.about("compounds") == "yes"
        self._small_words = known.small_words
        self._words: dict[str, frozenset[str]] = {}
        english: set[str] = set()
        for meaning, forms in sections.get("words", ()):
            stems = frozenset(content_words(meaning))
            english |= stems
            for form in forms:
                root = self.root(form.lower())
                self._words[root] = self._words.get(root, frozenset()) | stems
        self.english = frozenset(english)
        """Stems of all English words that the glossary has."""
        self._inflected: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for meaning, forms in sections.get("names", ()):
            for form in forms:
                own = tuple(form.lower().replace("-", " ").replace("'", " ").split())
                name = own, tuple(meaning.lower().split())
                self._names.setdefault(own[0], []).append(name)
                if len(own) > 1:  # "Vereinte Nationen", "der Vereinten Nationen"
                    self._inflected.setdefault(self.root(own[0]), []).append(name)

    def _root(self, word: str) -> str:
        """A word without accents and one ending."""
        bare = unaccented(word)
        for ending in self._endings:
            if bare.endswith(ending) and len(bare) - len(ending) >= _LEAST_STEM:
                return bare[: -len(ending)]
        return bare

    def _of_word(self, word: str) -> frozenset[str]:
        """Stems of what a word, in small letters, may be in English; the word's own among them."""
        if word in self._small_words:
            return frozenset()
        known = self._words.get(self.root(word), frozenset()) or self._parts(word)
        return known | frozenset((stem(word), self.root(word), *self._kindred(unaccented(word))))

    def _kindred(self, word: str) -> Iterator[str]:
        for ending, meaning in self._kin:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                changed = word[: -len(ending)] + meaning
                yield stem(changed)
                yield stem(changed.replace("k", "c").replace("z", "c"))
        yield stem(word)

    def _parts(self, word: str) -> frozenset[str]:
        """Meanings of the parts of "Klimaschutzgesetz"."""
        if not self._is_put_together or len(word) < _LEAST_PART + _LEAST_REST:
            return frozenset()
        for cut in range(len(word) - _LEAST_REST, _LEAST_PART - 1, -1):
            head, tail = word[:cut], word[cut:]
            last = self._words.get(self.root(tail))
            if last and (first := self._words.get(self.root(head)) or self._parts(head)):
                return first | last
        for cut in range(_LEAST_REST, len(word) - _LEAST_PART + 1):  # the last part says what it is
            if last := self._words.get(self.root(word[cut:])):
                return last
        for cut in range(len(word) - _LEAST_REST, _LEAST_REST - 1, -1):
            if only := self._words.get(self.root(word[:cut])):
                return only
        return frozenset()

    def names_in(self, words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int, int]]:
        """
        English names of what these words, in small letters, name.

        Returns:
            The name's words, and where it begins and ends (exclusive) in `words`.
        """
        for place, word in enumerate(words):
            found = [name for first in self._heads(word) for name in self._names[first]]
            for own, meaning in (*found, *self._inflected.get(self.root(word), ())):
                end = place + len(own)
                if len(own) == 1 or self._is_same(own, words[place:end]):
                    yield meaning, place, end

    def _heads(self, word: str) -> Iterator[str]:
        """A word without the endings that names take, and what it may begin with."""
        tried = {word.removesuffix(ending) for ending in self._name_endings}
        if self._is_put_together:
            tried |= {word[:cut] for cut in range(_LEAST_NAME, len(word) - _LEAST_REST + 1)}
        return iter(tried & self._names.keys())

    def _is_same(self, own: Sequence[str], found: Sequence[str]) -> bool:
        """Whether words are a name's, in whichever case they stand."""
        return len(own) == len(found) and all(
            mine == theirs or self.root(mine) == self.root(theirs)
            for mine, theirs in zip(own, found, strict=True)
        )


@cache
def meanings(tag: str) -> Meanings | None:
    """What is known of a language's words; None for English and a language without a table."""
    known = language(tag)
    return _of(known.tag) if known else None


@cache
def _of(primary: str) -> Meanings:
    known = language(primary)
    assert known is not None
    return Meanings(known)


@cache
def unaccented(word: str) -> str:
    """A word in small letters without accents: "Sánchez" as English papers write it."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_ELSEWHERE))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
