"""
E1 across languages: what an English name is called in a document of another language.

Pure. By a table of places and organisations ("Moskau", "Nations unies"), by an ending that names
take ("Hamburger Hafen"), without accents ("Sánchez"), and of names that are made of ordinary words
("Ministry of Finance", "Mayor Anne Hidalgo") by what these words are.
"""

from __future__ import annotations

from ..text import stem
from ..text.languages import language
from ..text.languages.meanings import Meanings, unaccented
from ..text.tokens import stop_words
from .lists import word_list
from .source import Basis, Source

Place = tuple[Source, int, int]

_NEAR = 8
"""Words between those of a name that stands without its accents, and of its title."""
_LEAST = 4
_LONGEST_ACRONYM = 6


def abroad(words: tuple[str, ...], basis: Basis) -> Place | None:
    """
    Where the documents of other languages name what an English name does.

    Args:
        words: The name's, in small letters.

    Returns:
        Source, start and end; None where none does.
    """
    for source in basis.sources:
        known = source.meanings
        if known and (found := _in(words, source, known)):
            return found
    return None


def _in(words: tuple[str, ...], source: Source, known: Meanings) -> Place | None:
    return (
        _by_table(words, source)
        or _by_letters(words, source)
        or _by_meaning(words, source, known)
        or _with_title(words, source, known)
    )


def _by_table(words: tuple[str, ...], source: Source) -> Place | None:
    for own, start, end in source.exonyms.get(words[0], ()):
        if own == words:
            return source, start, end
    if len(words) == 1 and 2 < len(words[0]) < _LONGEST_ACRONYM:
        for names in source.exonyms.values():
            for own, start, end in names:
                if "".join(word[0] for word in own) == words[0]:
                    return source, start, end
    return None


def _by_letters(words: tuple[str, ...], source: Source) -> Place | None:
    """Words that stand side by side, accents and the endings of names aside."""
    wanted = [part for word in words for part in unaccented(word).split("'") if part]
    endings = _name_endings(source.language)
    for first in source.unaccented.get(wanted[0], ()):
        places = [first]
        for word in wanted[1:]:
            near = [p for p in source.unaccented.get(word, ()) if 0 < p - places[-1] <= _NEAR // 2]
            if not near:
                break
            places.append(near[0])
        else:
            return _place(source, places[0], places[-1])
    if len(words) == 1 and len(words[0]) >= _LEAST:
        for ending in endings:
            for place in source.unaccented.get(wanted[0] + ending, ()):
                if source.whole[source.starts[place]].isupper():
                    return _place(source, place, place)
    return None


def _name_endings(tag: str) -> tuple[str, ...]:
    known = language(tag)
    return tuple(" ".join(known.forms("name endings")).split()) if known else ()


def _place(source: Source, first: int, last: int) -> Place:
    return source, source.starts[first], source.starts[last] + len(source.words[last])


def _by_meaning(words: tuple[str, ...], source: Source, known: Meanings) -> Place | None:
    """A name with ordinary words: what they mean stands beside its others, or side by side."""
    stems = [stem(word) for word in words if word not in stop_words()]
    if len(stems) > 1 and not known.english.intersection(stems):
        return None
    for first in source.meant.get(stems[0], ()) if stems else ():
        window = range(first - _NEAR, first + _NEAR + 1)
        if all(any(p in window for p in source.meant.get(each, ())) for each in stems[1:]):
            return _place(source, first, first)
    return None


def _with_title(words: tuple[str, ...], source: Source, known: Meanings) -> Place | None:
    """A person behind a title whose own word stands near the name, or that nothing knows."""
    titles = word_list("titles") | word_list("common_words")
    if len(words) < 2 or words[0] not in titles:
        return None
    found = _found(words[1:], source, known)
    if found is None:
        return None
    title = stem(words[0])
    near = source.around(source.sentence_at(found[1]))
    return found if title in near or title not in known.english else None


def _found(words: tuple[str, ...], source: Source, known: Meanings) -> Place | None:
    """A name as it is, or as the document's language has it."""
    return _by_letters(words, source) or _in(words, source, known)
