"""
A source, ready to be asked: its words, sentences and values, each with its place.

Pure. What a document says of itself (title, author, site, publisher, date) stands behind its
text and counts as text for names and dates. All is made on first use, once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property

from ..text import Folded, fold, passages, sentences, silenced, stem
from ..text.languages import language, spoken
from ..text.languages.meanings import Meanings, meanings, unaccented
from ..text.tokens import stop_words
from ..types import Document
from .values import Value, plain, values
from .values.columns import in_columns

TOKEN = re.compile(r"[^\W_]+(?:['._][^\W_]+)*+")


class Source:
    """
    Args:
        document: Its text is what is asked, but where it speaks to a machine; offsets point
            into it.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = silenced(document)
        self.anchor = document.published.date() if document.published else None
        about = (document.title, document.author, document.site, document.publisher)
        dates = (self.anchor.isoformat(),) if self.anchor else ()
        self.contexts: dict[tuple[int, bool], Counter[str]] = {}
        """What its values are bound to, by their identity; filled by `contexts`."""
        self.whole = "\n\n".join((self.text, *filter(None, about), *dates))

    @cached_property
    def folded(self) -> Folded:
        return fold(self.text)

    # -------------------------------------------------------------------- words

    @cached_property
    def _tokens(self) -> tuple[list[str], list[int]]:
        found = list(TOKEN.finditer(plain(self.whole)))
        words = [match[0] for match in found]
        starts = [match.start() for match in found]
        parts = " ".join(words).lower().replace("'", " ").split(" ")
        known = language(spoken(parts, self.document.language))
        if known and known.about("elision"):
            return _without_elisions(words, starts, known.small_words)
        return words, starts

    @cached_property
    def words(self) -> list[str]:
        """In small letters, without a possessive ending."""
        words = self._tokens[0]
        made = {word: bare(word) for word in set(words)}  # most stand there more than once
        return [made[word] for word in words]

    @property
    def starts(self) -> list[int]:
        """Where each word begins."""
        return self._tokens[1]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Word → its places in `words`."""
        index: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            index.setdefault(word, []).append(place)
        return index

    @cached_property
    def unaccented(self) -> dict[str, list[int]]:
        """Word without accents → its places in `words`."""
        index: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            index.setdefault(unaccented(word), []).append(place)
        return index

    @cached_property
    def in_small(self) -> frozenset[str]:
        """Words that occur in small letters."""
        return frozenset(word for word in set(self._tokens[0]) if word.islower())

    @cached_property
    def small_stems(self) -> frozenset[str]:
        """Stems of the words that occur in small letters."""
        return frozenset(stem(word) for word in self.in_small)

    @cached_property
    def initials(self) -> frozenset[str]:
        """Acronyms of the capitalised runs: "aa" for "Artificial Analysis"."""
        found: set[str] = set()
        run = ""
        for word in self._tokens[0]:
            if word[:1].isupper():
                run = (run + word[0].lower())[-6:]
                found |= {run[-size:] for size in range(2, len(run) + 1)}
            elif word not in {"of", "for", "and", "the"}:
                run = ""
        return frozenset(found)

    @cached_property
    def language(self) -> str:
        """What its words are in (BCP 47), else what the page says; empty for English."""
        return spoken(self.words, self.document.language)

    # ----------------------------------------------------------------- sentences

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Passages of the text, and a sentence for each line about the document."""
        own = tuple((p.start, p.end) for p in passages(self.document))
        return own + sentences(self.whole, len(self.text))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence at an offset; of the one before it, between two."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """What each sentence is about: stems of its content words."""
        found: list[set[str]] = [set() for _ in self.sentences] or [set()]
        about = {word: self._about(word) for word in set(self.words)}
        at = 0
        starts = [*self._sentence_starts[1:], len(self.whole) + 1]
        for word, start in zip(self.words, self.starts, strict=True):
            if held := about[word]:
                while starts[at] <= start:
                    at += 1
                found[at] |= held
        for words, start, _ in (each for names in self.exonyms.values() for each in names):
            found[self.sentence_at(start)].update(map(stem, words))
        return [frozenset(each) for each in found]

    def _about(self, word: str) -> frozenset[str]:
        """Stems of what a word says; none of one that carries no meaning."""
        if len(word) < 2 or word[0].isdigit():
            return frozenset()
        if known := self.meanings:
            return frozenset(known.of_word(word))
        return frozenset() if word in stop_words() else frozenset((stem(word),))

    @property
    def meanings(self) -> Meanings | None:
        """What its words are in English; None for a document that is read as English."""
        return meanings(self.language)

    @cached_property
    def meant(self) -> dict[str, list[int]]:
        """Stem of what a word may be in English → places in `words`; names of the table too."""
        index: dict[str, list[int]] = {}
        known = self.meanings
        for place, word in enumerate(self.words if known else ()):
            for each in known.of_word(word) if known else ():
                index.setdefault(each, []).append(place)
        for words, start, _ in (each for names in self.exonyms.values() for each in names):
            for word in words:
                index.setdefault(stem(word), []).append(bisect_right(self.starts, start) - 1)
        return index

    @cached_property
    def exonyms(self) -> dict[str, list[tuple[tuple[str, ...], int, int]]]:
        """English names of what it names in its own language: first word → words, start, end."""
        found: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
        known = self.meanings
        for words, first, end in known.names_in(self.words) if known else ():
            start, last = self.starts[first], end - 1
            stop = self.starts[last] + len(self.words[last])
            if any(sign.isupper() for sign in self.whole[start:stop]):  # "mer Noire" begins small
                found.setdefault(words[0], []).append((words, start, stop))
        return found

    @cached_property
    def stem_places(self) -> dict[str, list[int]]:
        """Stem → the sentences that hold it."""
        index: dict[str, list[int]] = {}
        for number, held in enumerate(self.stems):
            for each in held:
                index.setdefault(each, []).append(number)
        return index

    @cached_property
    def stem_masks(self) -> dict[str, int]:
        """Stem → the sentences that hold it, as bits."""
        masks: dict[str, int] = {}
        for number, held in enumerate(self.stems):
            for each in held:
                masks[each] = masks.get(each, 0) | 1 << number
        return masks

    def most_shared(self, stems: frozenset[str]) -> tuple[int, int]:
        """
        How many of these stems stand in one sentence and its neighbours, at most, and in which.

        The sentences are counted all at once, as bits of a few large numbers: plane n holds
        the bit n of each sentence's count.
        """
        planes: list[int] = []
        for each in stems:
            mask = self.stem_masks.get(each, 0)
            carry = mask | mask << 1 | mask >> 1
            for place, plane in enumerate(planes):
                if not carry:
                    break
                planes[place], carry = plane ^ carry, plane & carry
            if carry:
                planes.append(carry)
        candidates, most = -1, 0
        for place in range(len(planes) - 1, -1, -1):
            if held := candidates & planes[place]:
                candidates, most = held, most | 1 << place
        sentence = (candidates & -candidates).bit_length() - 1 if most else 0
        return most, min(sentence, max(0, len(self.sentences) - 1))

    def around(self, sentence: int, reach: int = 1) -> frozenset[str]:
        """Stems of a sentence and its neighbours."""
        near = self.stems[max(0, sentence - reach) : sentence + reach + 1]
        return frozenset().union(*near)

    # -------------------------------------------------------------------- values

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """In the order of the text; those of a column whose head names a unit once more."""
        found = values(self.whole, anchor=self.anchor, language=self.language)
        return found + tuple(in_columns(self.document, found))

    @cached_property
    def _value_starts(self) -> list[int]:
        return [value.start for value in self._in_order]

    @cached_property
    def _in_order(self) -> list[Value]:
        return sorted((v for v in self.values if not v.is_guess), key=lambda v: v.start)

    def values_near(self, value: Value, reach: int = 3) -> Sequence[Value]:
        """So many values before and behind one."""
        at = bisect_right(self._value_starts, value.start)
        return self._in_order[max(0, at - 1 - reach) : at + reach]

    @cached_property
    def by_number(self) -> dict[Decimal, list[Value]]:
        """Numbers, times and ranks by what they are."""
        index: dict[Decimal, list[Value]] = {}
        for value in self.values:
            if value.kind != "date":
                for number in (value.number, *value.also):
                    index.setdefault(number, []).append(value)
        return index

    @cached_property
    def dates(self) -> tuple[Value, ...]:
        return tuple(value for value in self.values if value.kind == "date")

    @cached_property
    def by_unit(self) -> dict[str, list[Value]]:
        index: dict[str, list[Value]] = {}
        for value in self.values:
            if value.kind == "number":
                index.setdefault(value.unit, []).append(value)
        return index


def _without_elisions(
    words: Sequence[str], starts: Sequence[int], small_words: frozenset[str]
) -> tuple[list[str], list[int]]:
    """Cut "l'Insee" and "d'euros" into two words each; "O'Brien" is one."""
    parts: list[tuple[str, int]] = []
    for word, start in zip(words, starts, strict=True):
        head, sign, tail = word.partition("'")
        if sign and tail and head.lower() in small_words:
            parts += [(head, start), (tail, start + len(head) + 1)]
        else:
            parts.append((word, start))
    return [word for word, _ in parts], [start for _, start in parts]


def bare(word: str) -> str:
    """A word in small letters without a possessive ending."""
    return word.lower().removesuffix("'s").removesuffix("'")


def as_document(text: str, published: dt.datetime | None = None) -> Document:
    """A text of our own as a document, so that what stands above it is proved against it."""
    return Document(
        url="",
        final_url="",
        publisher="",
        site="",
        title="",
        author="",
        published=published,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        fetched_at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC),
    )


class Basis:
    """
    What a sentence may rest on.

    Args:
        sources: Its evidence.
        cited: Places in them that its notes name: source, start, end.
        first: The source whose date is the sentence's own; by default the first.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        cited: Sequence[tuple[Source, int, int]] = (),
        first: Source | None = None,
    ) -> None:
        self.sources = tuple(dict.fromkeys(sources))
        self.cited = tuple(cited)
        self.first = first or (self.sources[0] if self.sources else None)

    @property
    def anchor(self) -> dt.date | None:
        return self.first.anchor if self.first else None

    def cited_sentences(self, reach: int = 1) -> Iterator[tuple[Source, range]]:
        """Of each cited place its sentences and so many around them."""
        for source, start, end in self.cited:
            first = source.sentence_at(start)
            last = source.sentence_at(max(start, end - 1))
            stop = min(len(source.sentences), last + reach + 1)
            yield source, range(max(0, first - reach), stop)
