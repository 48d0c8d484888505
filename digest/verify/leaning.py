"""
Sentences that do not stand alone: they point back to what was said, or announce what follows.

Pure. English, as all that a drafter writes. Only where a neighbour was dropped does it matter.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from .lists import phrase_list, word_list
from .numbers import is_counted_part
from .statements import Statement

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PRONOUNS = frozenset("it it's this these those they them they're he she he's she's".split())
_OPENINGS = frozenset(
    "in at on by after before since because when while if as for with to from under though "
    "although until unless once".split()
)
_FIRST = re.compile(r"[\"“‘*_]*(?:(?:The )?[Ff]irst(?:ly)?|One)\b")
_LATER = re.compile(r"[\"“‘*_]*(?:The )?(?:[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth)(?:ly)?[,:]? ")
_REACH = 4
"""Words of an opening such as "At launch it", whose pronoun stands for something before it."""
FRAGMENT = 4
"""A statement of fewer words has its sense from what stands beside it."""


@cache
def _heads() -> re.Pattern[str]:
    lines = phrase_list("leaning")
    phrases = [p.strip() for line in lines if "|" in line for p in line.split("|")]
    words = [word for line in lines if "|" not in line for word in line.split()]
    any_of = "|".join(map(re.escape, sorted((*phrases, *words), key=len, reverse=True)))
    return re.compile(rf"[\"“”‘’'(*_]*(?:{any_of})\b", re.IGNORECASE)


def leans_back(text: str) -> bool:
    """Whether a sentence points back to the one before it: "It also …", "At launch it …"."""
    if _heads().match(text.replace("’", "'")):
        return True
    first, *rest = [
        match.group().replace("’", "'") for match in islice(_WORD.finditer(text), _REACH)
    ] or [""]
    if first.lower() not in _OPENINGS:
        return False
    for word in rest:
        if word.lower() in _PRONOUNS:
            return True
        if word[:1].isupper() and word.lower() not in word_list("places_of_speech"):
            return False  # a name that the pronoun behind it may mean
    return False


def is_first(text: str) -> bool:
    """Whether a sentence opens an enumeration: "First, …", "One is …"."""
    return bool(_FIRST.match(text))


def is_later(text: str) -> bool:
    """Whether a sentence goes on with one: "Second, …"."""
    return bool(_LATER.match(text))


def leans_on_next(text: str) -> bool:
    """Whether a sentence announces the next: "Three things follow:", "First, the price."."""
    return text.rstrip(" \"”’'*_").endswith(":") or len(_WORD.findall(text)) < FRAGMENT


def counts_parts(statement: Statement) -> bool:
    """Whether a sentence or heading counts what follows: "Two questions", "three catches"."""
    return any(is_counted_part(value, statement.text) for value in statement.values)
