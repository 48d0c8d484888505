"""
Which of a page's candidates is its article, and why.

Pure. trafilatura's quick selection wins unless it has few words, or lacks those of the
feed's teaser; then its slow one, JSON-LD's `articleBody`, the page's `<article>` and what stands
around the teaser's words are asked too. The teaser of a feed is the best judge there is: it was
made from the right text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..text import words
from ..types import Entry
from .candidates import around_parts, article_parts, body_parts, main_parts, words_of
from .matching import squeezed
from .page import Facts
from .reading import Part, parts

ENOUGH_WORDS = 80
"""Under so many words a longer candidate proves nothing, and a short one is doubted."""
SCRAPS = 20
"""With so few words any other candidate is the better guess."""
MUCH_MORE = 2.0
"""How many times the words of trafilatura's selection JSON-LD must have."""
TEASER_WORDS = 8
"""Different words that a teaser must have to tell one text from another."""
TEASER_HELD = 0.6
"""Part of a teaser's words that a text must hold to be the one it announces."""
START_LETTERS = 48
"""Letters of a teaser by which its place on the page is found."""
LEADING = 8
"""Parts at the beginning among which a teaser's sentence is looked for."""

_WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\w{4,}")
"""Short words stand in every text of a language."""
MAIN, SLOW, BODY, ARTICLE = "main text", "main text, second look", "articleBody", "article element"
AROUND = "around the teaser"


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate that won."""

    parts: tuple[Part, ...]
    name: str
    """`main text` (trafilatura), `articleBody` (JSON-LD), `article element` …"""
    words: int
    held: float
    """Share of the teaser's words that it has; 1 without a teaser."""
    why: str = ""
    """In words, with the figures that decided."""


def choose(tree: Any, known: Facts, base: str, hint: Entry | None, page_words: int) -> Choice:
    """
    The article among a page's candidates.

    Args:
        tree: Of the page; candidates take furniture out of it.
        known: What the page says about itself.
        base: What its addresses are relative to.
        hint: The entry whose page it is.
        page_words: Words that the page shows in all.
    """
    teaser = teaser_words(hint)
    best = _candidate(MAIN, main_parts(tree, base), teaser)
    other = best
    for name, read in _others(tree, known, base, hint):
        if name == BODY and best.held >= TEASER_HELD and not _is_long(known.body, best.words):
            continue
        if _is_asked(name, best) and _is_better(found := _candidate(name, read(), teaser), best):
            best, other = found, best
    why = f"{best.words} of the page's {max(best.words, page_words)} words"
    why += f", {best.held:.0%} of the teaser's" if teaser else ""
    if other is not best:
        why += f"; {other.name} had {other.words}"
        why += f" and {other.held:.0%}" if teaser else ""
    return replace(best, parts=_from_teaser(best.parts, hint), why=why)


def _candidate(name: str, read: tuple[Part, ...], teaser: frozenset[str]) -> Choice:
    return Choice(read, name, words_of(read), _held(read, teaser))


def _others(
    tree: Any, known: Facts, base: str, hint: Entry | None
) -> tuple[tuple[str, Callable[[], tuple[Part, ...]]], ...]:
    body = known.body if known.is_free else ""
    return (
        (SLOW, lambda: main_parts(tree, base, is_fast=False)),
        (BODY, lambda: body_parts(body, base)),
        (ARTICLE, lambda: article_parts(tree, base)),
        (AROUND, lambda: around_parts(tree, base, _start(hint))),
    )


def _start(hint: Entry | None) -> str:
    """How a feed's teaser begins, squeezed; empty without one."""
    first = next(iter(parts(hint.html)), None) if hint else None
    return squeezed(first.text)[:START_LETTERS] if first else ""


def teaser_words(hint: Entry | None) -> frozenset[str]:
    """Different words of a feed's teaser; empty for one too short to tell anything."""
    if hint is None:
        return frozenset()
    found = _different(parts(hint.html))
    return found if len(found) >= TEASER_WORDS else frozenset()


def _held(read: Sequence[Part], teaser: frozenset[str]) -> float:
    if not teaser:
        return 1.0
    return len(teaser & _different(read)) / len(teaser)


def _different(read: Sequence[Part]) -> frozenset[str]:
    # Both sides are split alike; the tokens of `text` would take four times as long.
    return frozenset(_WORD.findall(" ".join(part.text for part in read).lower()))


def _is_asked(name: str, best: Choice) -> bool:
    """Whether a candidate is worth its time."""
    if name == BODY or best.held < TEASER_HELD:
        return True
    if name == AROUND:
        return False
    return best.words < (SCRAPS if name == ARTICLE else ENOUGH_WORDS)


def _is_long(body: str, number: int) -> bool:
    """Whether JSON-LD's text can win by its length: most are read for nothing."""
    return len(body) > 2 * max(ENOUGH_WORDS, MUCH_MORE * number) or number < SCRAPS


def _is_better(other: Choice, best: Choice) -> bool:
    more, number = other.words, best.words
    fits, fitted = (one.held >= TEASER_HELD for one in (other, best))
    if not more or (fitted and not fits):
        return False
    if fits and not fitted and other.name == AROUND:
        return more >= SCRAPS
    if fits and not fitted:
        return more >= min(ENOUGH_WORDS, max(number, SCRAPS))
    if other.name == SLOW:
        return more > number
    return number < SCRAPS < more or more >= max(ENOUGH_WORDS, MUCH_MORE * number)


def _from_teaser(read: tuple[Part, ...], hint: Entry | None) -> tuple[Part, ...]:
    """Without the bylines and labels before the paragraph that the teaser begins with."""
    first = next(iter(parts(hint.html)), None) if hint else None
    start = " ".join(words(first.text)[:TEASER_WORDS]) if first else ""
    if len(start.split()) < TEASER_WORDS:
        return read
    for number, part in enumerate(read[:LEADING]):
        if " ".join(words(part.text)).startswith(start):
            before = read[:number]
            return tuple(one for one in before if one.kind == "heading") + read[number:]
        if part.kind not in ("heading", "caption") and len(words(part.text)) >= 2 * TEASER_WORDS:
            break
    return read
