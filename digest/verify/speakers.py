"""
A1: who is quoted said it.

Pure. The speaker is the document's author or publisher, the one whom the page itself names as
the source of that quotation, stands within 300 characters of it (or of all of a quotation that
the document sets apart), or is whom the document is about: in its title, or in three passages.
A surname stands for its bearer while the evidence knows one of that name only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from ..text import fold, is_bounded
from ..types import Document
from .lists import word_list
from .occurrences import Found, places
from .source import TOKEN, Source, bare
from .values import plain

NEAR = 300
"""Characters before and after the quote."""
MANY = 3
"""Passages that name whom a document is about."""
_MOST_PLACES = 20
_BLANKS = frozenset({" ", "\u00a0"})


def is_speaker(name: str, found: Found, sources: Sequence[Source]) -> bool:
    """
    Whether a document gives these words to this person or organisation.

    Args:
        name: As the text gives it: whole, or the surname alone.
        found: The quotation in its document.
        sources: All that the text may rest on, the document among them.
    """
    words = _words(name)
    source = next((each for each in sources if each.document is found.document), None)
    if source and source.meanings:  # which has another word for "Mayor"
        words = words[next((n for n, w in enumerate(words) if w not in word_list("titles")), 0) :]
    if not words or source is None:
        return False
    last = words[-1]
    if len(words) == 1:
        return len(bearers(last, sources)) < 2 and _is_named(words, found, source)
    return (
        _is_named(words, found, source)
        or (bearers(last, sources) == {words[0]} and _is_named((last,), found, source))
        or (_bears(words, sources) and _is_named(words[:1], found, source))
    )


def expected_speaker(name: str, sources: Sequence[Source]) -> str:
    """What is asked of a speaker, in words for a person: for the first name, where it is open."""
    words = _words(name)
    known = bearers(words[0], sources) if len(words) == 1 else frozenset()
    if len(known) > 1:
        return f"the first name too: several bear this one ({', '.join(sorted(known))})"
    return (
        "the document's author or publisher, whom it is about, or a name that stands "
        f"within {NEAR} characters of these words in it"
    )


def bearers(surname: str, sources: Sequence[Source]) -> frozenset[str]:
    """The first names, in small letters, with which a surname stands in the evidence."""
    return frozenset(
        first
        for source in sources
        for place in source.places.get(surname, ())
        if (first := _first_name(source, place))
    )


def _words(name: str) -> tuple[str, ...]:
    return tuple(bare(word) for word in TOKEN.findall(plain(name)))


def _first_name(source: Source, place: int) -> str:
    """The capitalised word before a surname, past an initial; empty where it is no name."""
    end = source.starts[place]
    for before in range(place - 1, max(-1, place - 3), -1):
        start, word = source.starts[before], source.words[before]
        gap = source.whole[start + len(word) : end]
        if not source.whole[end].isupper() or not source.whole[start].isupper():
            return ""
        if len(word) > 1:
            is_other = word in word_list("titles") or word in word_list("common_words")
            return word if gap in _BLANKS and not is_other else ""
        if gap.strip(".") not in _BLANKS:
            return ""
        end = start
    return ""


def _bears(words: tuple[str, ...], sources: Sequence[Source]) -> bool:
    """Whether a name's first word goes on as this name does, wherever the evidence goes on."""
    following: set[str] = set()
    for source in sources:
        for place in source.places.get(words[0], ()):
            start = source.starts[place] + len(words[0])
            blank, capital = source.whole[start : start + 1], source.whole[start + 1 : start + 2]
            if blank in _BLANKS and capital.isupper():
                following.add(source.words[place + 1])
    return following == {words[1]}


def _is_named(words: tuple[str, ...], found: Found, source: Source) -> bool:
    """Whether a name stands where a document names those whose words a quotation is."""
    document = source.document
    name = " ".join(words)
    about = (document.author, document.publisher, document.site, document.title)
    texts = (*about, *_marked_up(document, found), *_around(found, source))
    return any(_holds(text, name) for text in texts) or _passages(words, source) >= MANY


def _passages(words: tuple[str, ...], source: Source) -> int:
    """How many passages hold a name."""
    last = len(words) - 1
    return len(
        {
            source.sentence_at(source.starts[place])
            for place in source.places.get(words[last], ())
            if tuple(source.words[max(0, place - last) : place + 1]) == words
        }
    )


def _marked_up(document: Document, found: Found) -> Iterator[str]:
    """Speakers that the page marks up beside this very quotation."""
    for block in document.blocks:
        if block.speaker and block.start <= found.start and found.end <= block.end:
            yield block.speaker


def _around(found: Found, source: Source) -> Iterator[str]:
    """The text around each place where the quotation stands."""
    text = source.text
    spans = [(found.start, found.end)]
    if len(found.parts) == 1:
        spans += islice(places(found.text, source.text), _MOST_PLACES)
    for start, end in dict.fromkeys(spans):
        yield text[max(0, start - NEAR) : end + NEAR]
    if (whole := _whole(found)) is not None:
        start, end = whole
        yield text[max(0, start - NEAR) : start]
        yield text[end : end + NEAR]


def _whole(found: Found) -> tuple[int, int] | None:
    """The quotation of the document that a quote lies in: who speaks is named beside all of it."""
    blocks = [block for block in found.document.blocks if block.kind == "quote"]
    inside = next((b for b in blocks if b.start <= found.start and found.end <= b.end), None)
    if inside is None:
        return None
    group = [b for b in blocks if b is inside or (b.group and b.group == inside.group)]
    return min(b.start for b in group), max(b.end for b in group)


def _holds(text: str, name: str) -> bool:
    folded = fold(text)
    wanted = fold(name).text.strip()
    at = folded.text.find(wanted)
    while at >= 0:
        if is_bounded(text, *folded.span(at, at + len(wanted))):
            return True
        at = folded.text.find(wanted, at + 1)
    return False
