"""
Which language a text is in, by its small and common words; a tag may be a template's that nobody changed.

Pure. In doubt the tag stands, and without one no language: a wrong reading is worse than none.
"""

# ruff: noqa: E501

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from .table import Language, language, read, shipped

MOST = 1500
"""Words of a text that are looked at."""
LEAST = 3
"""Small words of the language that a text holds at least."""
SHARE = 0.15
"""Of all words."""
WORTH = 1.5
"""What its small words are worth together: one that three languages have is worth a third."""
AHEAD = 1.5
"""Times as much as those of any other language."""

_LONG = 5

# Languages that no document is read in: they only tell what is none of the others.
_OTHERS = {
    "en": "the of and to in is that it for was on with as are by has at from its be an were this have not will said",
    "nl": "de het een en van op is dat niet met voor zijn aan ook door bij naar uit wordt werd maar om er hij te in die als",
    "pt": "o a os as um uma de do da dos das e que não em no na nos nas com por para se ao à mais foi são está como mas ou",
    "ca": "el la els les un una de del dels i o que no en amb per a al als més és són va ha han com però també seva",
    "da": "og i at det en den til er som på de med han af for ikke der var et har om vi sig fra men kan blev",
    "sv": "och i att det en den till är som på de med han av för inte var ett har om vi sig från men kan blev",
    "ro": "și de la în a un o cu pe că nu este sunt din care pentru mai au fost ca sau prin după",
}  # fmt: skip


@cache
def _worth() -> dict[str, dict[str, float]]:
    """Language → what each of its small words is worth."""
    known = {tag: _telling(each) for tag in sorted(shipped()) if (each := language(tag))}
    known |= {tag: frozenset(listed.split()) for tag, listed in _OTHERS.items()}
    shared = Counter(word for listed in known.values() for word in listed)
    return {tag: {word: 1 / shared[word] for word in listed} for tag, listed in known.items()}


def _telling(known: Language) -> frozenset[str]:
    """Small words, words for numbers, months and weekdays, and longer ones that are no English."""
    named = (form for form, _ in known.meanings("numbers", "months", "weekdays"))
    glossary = read(f"english/{known.tag}.txt").get("words", ())
    english = {word for meaning, _ in glossary for word in meaning.split()}
    longer = {form.lower() for _, forms in glossary for form in forms if len(form) >= _LONG}
    return known.small_words | {form.rstrip("*") for form in named} | (longer - english)


def spoken(words: Sequence[str], tag: str = "") -> str:
    """
    The language of a text.

    Args:
        words: Its words in small letters, in order.
        tag: What the page or feed says (BCP 47); empty where it says nothing.

    Returns:
        A BCP 47 tag; empty for English without a tag, and where nothing says which. A tag of a language that has
        a table, or "en", gives way to the words where these are clear; any other stands.
    """
    primary = tag.partition("-")[0].lower()
    if primary not in shipped() | {"", "en"}:
        return tag
    counted = Counter(words[:MOST])
    scores: dict[str, tuple[float, int]] = {}
    for name, worth in _worth().items():
        held = counted.keys() & worth
        hits = sum(counted[word] for word in held)
        scores[name] = sum(counted[word] * worth[word] for word in held), hits
    best = max(scores, key=lambda name: (*scores[name], name == primary))
    score, hits = scores[best]
    others = max(other for name, (other, _) in scores.items() if name != best)
    if hits < max(LEAST, SHARE * counted.total()) or score < max(WORTH, AHEAD * others):
        return tag
    is_english = best == "en" and not primary
    return tag if best == primary or is_english else best
