"""
Words: tokens, stems, the words that carry meaning, counts.

Pure. A token is a run of letters and digits with the signs that belong inside ("don't",
"3.5", "1,000", "node.js", "snake_case"); the parts of a hyphenated word are tokens of their
own. In scripts without blanks each character is one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from itertools import filterfalse

from .boundaries import UNSPACED
from .folding import DASHES, fold

_TOKEN = re.compile(
    rf"[{UNSPACED}]"
    rf"|[^\W_{UNSPACED}]+(?:(?:['._]|(?<=\d)[,:](?=\d))[^\W_{UNSPACED}]+)*+(?:\+\+|#(?!\w))?"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_HYPHENS = re.compile("--+")
_LETTER = re.compile(r"[^\W_]")
_DIGITS_ONLY = re.compile(r"[\d.,:]+")

_IRREGULAR = dict(
    pair.split("=")
    for pair in (
        "said=say built=build bought=buy sold=sell made=make found=find founded=founded "
        "went=go gone=go gave=give given=give took=take taken=take wrote=write "
        "written=write ran=run grew=grow grown=grow fell=fall fallen=fall rose=rise "
        "risen=rise lost=lose won=win beat=beat beaten=beat led=lead paid=pay spent=spend "
        "cut=cut began=begin begun=begin became=become brought=bring thought=think "
        "taught=teach told=tell shown=show knew=know known=know saw=see seen=see "
        "chose=choose chosen=choose broke=break broken=break hid=hide hidden=hide "
        "drew=draw drawn=draw drove=drive driven=drive left=leave kept=keep held=hold "
        "met=meet sent=send lent=lend meant=mean dealt=deal felt=feel people=person "
        "children=child men=man women=woman indices=index matrices=matrix criteria=criterion"
    ).split()
)


@cache
def stop_words() -> frozenset[str]:
    """English words that join others and carry no meaning of their own, as tokens."""
    data = resources.files(__package__).joinpath("stop_words.txt").read_text("utf-8")
    return frozenset(data.split())


def words(text: str) -> tuple[str, ...]:
    """Tokens in order, folded and in lower case, numbers included."""
    return tuple(_TOKEN.findall(fold(text).text))


def content_words(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, in order; numbers and single letters are none."""
    stops = stop_words()
    return tuple(
        stem(word)
        for word in words(text)
        if word not in stops
        and (len(word) > 1 or _UNSPACED.match(word))
        and not _DIGITS_ONLY.fullmatch(word)
    )


def count_words(text: str) -> int:
    """
    Words as a person counts them: what stands between blanks or dashes and holds a letter or
    digit; a hyphenated word is one. In scripts without blanks each character counts.
    """
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    if unspaced:
        text = _UNSPACED.sub(" ", text)
    chunks = _without_dashes(text).split()
    others = list(filterfalse(str.isalnum, chunks))  # a word with a sign in it, or a sign
    words = len(chunks) - len(others)
    return (
        unspaced
        + words
        + sum(chunk[0].isalnum() or bool(_LETTER.search(chunk)) for chunk in others)
    )


def _without_dashes(text: str) -> str:
    """Text with blanks for dashes; six looks take a tenth of an expression's time."""
    if not text.isascii():
        for dash in DASHES:
            if dash in text:
                text = text.replace(dash, " ")
    return _HYPHENS.sub(" ", text) if "--" in text else text


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """
    The part that the forms of an English word share: "announces", "announced" and
    "announcement" give "announc". Light: inflection and a few nouns made of verbs, so that
    different words seldom meet.

    Args:
        word: A token in lower case. Words with digits or foreign letters come back as they are.
    """
    word = word.removesuffix("'s").removesuffix("'")
    if not (word.isascii() and word.isalpha()):
        return word
    word = _IRREGULAR.get(word, word)
    if len(word) > 3:
        word = _without_verb_or_noun_ending(_singular(word))
    if len(word) > 3 and word[-1] == "e":
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 2 and word[-1] == "y" else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_ENDINGS = ("ation", "ment", "ness", "ing", "ied", "ion", "ed", "ly", "er", "or")


def _without_verb_or_noun_ending(word: str) -> str:
    """One ending less, where at least three letters with a vowel stay."""
    for ending in _ENDINGS:
        if not word.endswith(ending):
            continue
        rest = word[: -len(ending)]
        if ending == "ied" and len(rest) > 1:
            return rest + "y"
        if len(rest) < 3 or not re.search("[aeiouy]", rest):
            continue
        if ending == "ion" and rest[-1] not in "st":
            continue
        if ending == "ation":
            return rest + "at"
        return rest
    return word
