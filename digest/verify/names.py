"""
E1 and E2: every proper name of a claim occurs in its evidence.

Pure. A name is a capitalised run, a word with inner capitals, a word with letters and digits,
or an acronym. It occurs with its words in order and at most two between them, or as a known
short form of a name that does. A capitalised word at the start of a sentence is asked only
when nothing says that it is an ordinary word (E2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..text import stem
from .foreign_names import abroad
from .lists import word_list
from .source import Basis, Source, bare
from .statements import Statement
from .values import Value

MOST_BETWEEN = 2
MOST_PLACES = 200
"""Places of a word that are looked at."""
_LINKS = frozenset({"of", "de", "van", "von", "der", "del", "di", "da", "la", "le", "&"})
_START = re.compile(r"(?:^|[.!?:|—(\[“\"‘'«>•]|\s[-–]\s|\.\.\.|…)[\s“\"‘'«(\[*_]*$")
_BEHIND = re.compile(r" (of (?:the |its |his |her |their |all )?[\d.,]*\d)?(?: ?([a-z][a-z'’-]+))?")
"""What a number counts: "14 of 61", "14 ships", "14 of 61 ships"."""
_OF = re.compile(r"\bof\b")
_ENDINGS = re.compile(
    r".{4}(?:at(?:ed|ing)|i[sz](?:ed|ing)|ously|ingly|ally|edly|ively|ness|fulness)$"
)
"""Of words that no list can hold whole and few names have."""


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words that names something, and where it stands in the statement."""

    text: str
    words: tuple[str, ...]
    """In small letters."""
    start: int
    end: int
    at_start: bool
    """Its first word begins a sentence, so its capital may mean nothing."""
    is_plain: bool
    """A single word with a capital at its head and nothing else that makes it a name."""
    is_joined: bool = False
    """Its words are joined by "of" or a word like it."""


def names(statement: Statement) -> tuple[Name, ...]:
    """The names of a statement, in its order."""
    if statement.kind in {"heading", "title"}:
        return tuple(_words_of_title(statement))
    return tuple(_runs(statement))


def _taken(statement: Statement) -> frozenset[int]:
    """Offsets that a value covers."""
    values = (v for v in statement.values if v.kind != "version")
    return frozenset(offset for value in values for offset in range(value.start, value.end))


def _is_name_like(word: str) -> bool:
    """More than a capital at the head: CamelCase, letters with digits, an acronym."""
    if any(c.isdigit() for c in word):
        return any(c.isalpha() for c in word)
    capitals = sum(1 for c in word if c.isupper())
    return capitals >= 2 or any(c.isupper() for c in word[1:])


def _is_candidate(word: str, start: int, taken: frozenset[int]) -> bool:
    if start in taken:
        return False
    if not (word[0].isupper() or _is_name_like(word)) or word in {
        "I",
        "I'm",
        "I've",
        "I'd",
        "I'll",
    }:
        return False
    small = bare(word)
    if len(small) == 1 and not word[0].isdigit():
        return False
    if small in word_list("places_of_speech"):
        return False
    return not (small.rstrip("s") in word_list("acronyms") or small in word_list("acronyms"))


def _runs(statement: Statement) -> Iterator[Name]:
    text = statement.text
    taken = _taken(statement)
    versions = {v.start for v in statement.values if v.kind == "version"}
    run: list[tuple[str, int]] = []
    for word, start in statement.tokens:
        joins = bool(run) and _is_joined(text, run[-1], start)
        if start in versions and joins:
            run.append((word, start))
            continue
        if not _is_candidate(word, start, taken):
            if joins and word in _LINKS:
                continue
            if run:
                yield _name(text, run)
            run = []
            continue
        if run and (not joins or run[-1][0].endswith(("'s", "s'"))):
            yield _name(text, run)
            run = []
        run.append((word, start))
    if run:
        yield _name(text, run)


def _is_joined(text: str, last: tuple[str, int], start: int) -> bool:
    gap = text[last[1] + len(last[0]) : start]
    if gap.strip() == "of" and _is_name_like(last[0]):
        return False  # "the FLOPs of DeepSeek", "the CTO of Uber" name two things
    return gap in {" ", "-", "‑", "&", " & ", "+"} or (
        len(gap) < 9 and gap.strip() in _LINKS and bool(gap.strip())
    )


def _name(text: str, run: list[tuple[str, int]]) -> Name:
    if len(run) > 1 and _begins(text, run[0][1]) and bare(run[0][0]) in word_list("common_words"):
        run = run[1:]  # "On Lathe": the capital of an ordinary word
    start = run[0][1]
    end = run[-1][1] + len(run[-1][0])
    first = run[0][0]
    at_start = _begins(text, start)
    is_plain = len(run) == 1 and not _is_name_like(first)
    words = tuple(bare(word) for word, _ in run)
    is_joined = any(_LINKS.intersection(gap.split()) for gap in _gaps(text, run))
    return Name(text[start:end], words, start, end, at_start, is_plain, is_joined)


def _gaps(text: str, run: list[tuple[str, int]]) -> Iterator[str]:
    for (word, start), (_, following) in pairwise(run):
        yield text[start + len(word) : following]


def _begins(text: str, start: int) -> bool:
    """Whether a sentence, cell or quotation begins here."""
    return bool(_START.search(text[max(0, start - 12) : start])) or not text[:start].strip()


def _words_of_title(statement: Statement) -> Iterator[Name]:
    """A title may capitalise every word, so each is asked for itself."""
    taken = _taken(statement)
    for word, start in statement.tokens:
        if _is_candidate(word, start, taken):
            is_plain = not _is_name_like(word)
            yield Name(word, (bare(word),), start, start + len(word), True, is_plain)


# ------------------------------------------------------------------------- evidence


def is_ordinary(word: str, basis: Basis) -> bool:
    """Whether a word is common, or in small letters in the evidence (E2)."""
    if word in word_list("common_words") or word.rstrip("s") in word_list("common_words"):
        return True
    if _ENDINGS.search(word) or any(word in source.in_small for source in basis.sources):
        return True
    root = stem(word)
    return any(
        root in source.small_stems or (source.meanings and root in source.meanings.english)
        for source in basis.sources
    )


def stands(name: Name, basis: Basis) -> tuple[Source, int, int] | None:
    """
    Where a name occurs in the evidence, as a whole, a known short form or by its parts.

    Returns:
        Source, start and end; None where it does not occur.
    """
    words = name.words
    for source in basis.sources:
        if found := _in_order(words, source):
            return found
    if name.at_start and len(words) > 1 and is_ordinary(words[0], basis):
        for source in basis.sources:
            if found := _in_order(words[1:], source):
                return found
    return _short_form(words, basis) or _inverted(name, basis) or abroad(words, basis)


def _in_order(words: tuple[str, ...], source: Source) -> tuple[Source, int, int] | None:
    """Words in order, at most two others between each."""
    text_words = source.words
    for first in source.places.get(words[0], ()) or _plural(words[0], source):
        at = first
        for word in words[1:]:
            window = range(at + 1, min(at + 2 + MOST_BETWEEN, len(text_words)))
            following = next((p for p in window if _same_word(text_words[p], word)), None)
            if following is None or (word[0].isdigit() and _has_digit(text_words, at, following)):
                break
            at = following
        else:
            start = source.starts[first]
            return source, start, source.starts[at] + len(text_words[at])
    return None


def _has_digit(words: Sequence[str], first: int, last: int) -> bool:
    """Whether a number stands between: "Orrin 4 and 5" holds no "Orrin 5"."""
    return any(words[at][0].isdigit() for at in range(first + 1, last))


def _same_word(own: str, wanted: str) -> bool:
    return own == wanted or own + "s" == wanted or own == wanted + "s"


def _plural(word: str, source: Source) -> list[int]:
    """Places of the singular or plural, and of the parts of "node.js" or "GPT-5"."""
    if word.endswith("s") and len(word) > 3:
        found = source.places.get(word[:-1]) or source.places.get(word.removesuffix("es"))
        return found or []
    return source.places.get(word + "s", [])


def _short_form(words: tuple[str, ...], basis: Basis) -> tuple[Source, int, int] | None:
    """An acronym of a name of the evidence: "AA" of "Artificial Analysis"."""
    if len(words) == 1 and 2 <= len(words[0]) <= 6 and words[0].isalpha():
        for source in basis.sources:
            if words[0] in source.initials:
                return source, 0, 0
    return None


def _inverted(name: Name, basis: Basis) -> tuple[Source, int, int] | None:
    """
    What an "of" joins, the other way round: the "Mayor of Vessby" where the evidence has
    "Vessby's mayor", and "Vessby Port" where it has the "Port of Vessby".
    """
    words = name.words
    for cut in range(1, len(words)):
        for source in basis.sources:
            found = _in_order((*words[cut:], *words[:cut]), source)
            if found and (name.is_joined or _OF.search(source.whole, found[1], found[2])):
                return found
    return None


def _without_count(name: Name, statement: Statement, basis: Basis) -> Name | None:
    """
    A name without the number behind it, where that counts something: "At Vessby 14 of 61
    ships" names Vessby. Of "Orrin 4 models" the number is the name's, unless the evidence too
    counts so many of them.
    """
    number = next((v for v in statement.values if v.kind == "version" and v.end == name.end), None)
    if number is None or len(name.words) < 2 or not number.written.isdigit():
        return None
    is_share, thing = _counted(statement.text, number.end)
    if not (is_share or _counts(number, thing, basis)):
        return None
    if any(_is_numbered(name.words[-2], source) for source in basis.sources):
        return None
    text = name.text[: number.start - name.start].rstrip(" -‑")
    first = name.words[:-1]
    is_plain = len(first) == 1 and not _is_name_like(text)
    return Name(text, first, name.start, name.start + len(text), name.at_start, is_plain)


def _is_numbered(word: str, source: Source) -> bool:
    """Whether a document writes a name with a number that is no count: "Orrin 4"."""
    words, starts = source.words, source.starts
    for at in source.places.get(word, ())[:MOST_PLACES]:
        end = starts[at] + len(word)
        if at + 1 < len(words) and words[at + 1][0].isdigit() and starts[at + 1] == end + 1:
            is_share, _ = _counted(source.whole, starts[at + 1] + len(words[at + 1]))
            if not is_share:
                return True
    return False


def _counts(number: Value, thing: str, basis: Basis) -> bool:
    """Whether the evidence has so many of a thing."""
    return bool(thing) and any(
        stem(_counted(source.whole, value.end)[1]) == stem(thing)
        for source in basis.sources
        for value in source.by_number.get(number.number, ())
    )


def _counted(text: str, end: int) -> tuple[bool, str]:
    """What stands behind a number: whether it is a part of so many, and the thing it counts."""
    match = _BEHIND.match(text, end)
    return (bool(match[1]), match[2] or "") if match else (False, "")


def missing(statement: Statement, basis: Basis) -> Iterator[tuple[str, Name]]:
    """Names that do not occur: the rule (E1 or E2) and the name."""
    for name in names(statement):
        if stands(name, basis):
            continue
        if (bare_name := _without_count(name, statement, basis)) and stands(bare_name, basis):
            continue
        if name.is_plain and name.at_start:
            if not is_ordinary(name.words[0], basis):
                yield "E2", name
        else:
            yield "E1", name


def found_names(statement: Statement, basis: Basis) -> Iterator[tuple[Name, Source, int, int]]:
    """Names that occur, and where; ordinary words at the start of a sentence aside."""
    for name in names(statement):
        if name.is_plain and name.at_start and is_ordinary(name.words[0], basis):
            continue
        if place := stands(name, basis):
            yield name, *place
