"""
Which entries a digest may use at all: its words and its vetoes.

Pure. Each entry that is turned away comes with the reason, in words.
"""

from __future__ import annotations

from ..settings import Digest
from ..text import words
from ..urls import canonical
from .signals import Signals


def refusal(each: Signals, digest: Digest) -> str:
    """Why the digest's own words or vetoes turn an entry away; empty where they do not."""
    if each.addresses & {canonical(address) for address in digest.veto}:
        return "left out: its address is vetoed"
    text = _spaced(f"{each.entry.title} {' '.join(each.entry.tags)} {_text(each)}")
    for word in digest.exclude:
        if _holds(text, word):
            return f"left out: holds “{word}”, which is excluded"
    if digest.include and not any(_holds(text, word) for word in digest.include):
        return "left out: holds none of the words to include"
    return ""


def _text(each: Signals) -> str:
    return each.document.text if each.document else ""


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "


def _holds(spaced: str, phrase: str) -> bool:
    """Whole words in order; "AI" is not in "paid"."""
    wanted = " ".join(words(phrase))
    return bool(wanted) and f" {wanted} " in spaced
