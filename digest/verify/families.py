"""
Families of phrases that say one thing: what is asked for, and what answers it.

Pure. The lists of qualifiers, plans, conditions and sweeping words are read here. A line is a
family, its phrases between "|"; those before the ";" are asked for, those behind it only answer.
A "*" at a phrase's end stands for any ending.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from ..text.phrases import any_of
from .lists import phrase_list


class Family(NamedTuple):
    """A line of a list."""

    name: str
    """Its first phrase."""
    heads: re.Pattern[str]
    """What is asked for."""
    equal: re.Pattern[str]
    """What answers: any of its phrases."""


@cache
def families(name: str) -> tuple[Family, ...]:
    """The families of a list of `lists/`, in its order."""
    found = []
    for line in phrase_list(name):
        asked, _, others = line.partition(";")
        heads = [phrase.strip() for phrase in asked.split("|")]
        more = [phrase.strip() for phrase in others.split("|") if phrase.strip()]
        found.append(Family(heads[0], any_of(heads), any_of([*heads, *more])))
    return tuple(found)
