"""
What a title and the beginning of a text hold that can be compared: stems, names, numbers.

Pure. Words of another language meet no stem, but names and numbers do: they carry a story
across languages. Numbers are values: "180.000", "180 000" and "180,000" are one, and so are
"2,25" and "2.25".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ..text.boundaries import UNSPACED
from ..text.tokens import stem, stop_words

HEAD_WORDS = 200
"""Words of a text's beginning that say what it is about."""

SHORT = 0.7
"""Of a number of two digits, or a year."""
DATE = 0.3
"""Of a day of the week, or a month."""
CALENDAR = frozenset(
    stem(word)
    for word in (
        "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch "
        "donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "
        "january february march april may june july august september october november december "
        "januar februar märz mai juni juli oktober dezember janvier février mars avril juin "
        "juillet août septembre octobre novembre décembre"
    ).split()
)
"""Written like names, and shared by all that happens on one day."""

_GAP_IN_NUMBER = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}\b)")
_TOKEN = re.compile(
    rf"[{UNSPACED}]+|\d[\d.,'’]*\d|\d|[^\W\d_{UNSPACED}]+(?:['’.-]?[^\W_{UNSPACED}]+)*"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_POSSESSIVE = re.compile(r"['’]s$")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    "de": frozenset(
        "der die das und ist nicht mit dem den ein eine für von auf wird haben hat im zu "
        "sich bei nach aus".split()
    ),
    "fr": frozenset(
        "le la les des est et une un du dans pour pas sur au avec par ses en qui aux ne se".split()
    ),
    "en": frozenset(
        "the of and to in is that it for was on with as are by has at from its be".split()
    ),
}
# Capitalised in headlines although no name; English headlines capitalise every word.
HEADLINE_WORDS = frozenset(
    "launches launched launch unveils unveiled releases released release announces announced "
    "announcing introduces introducing introduced ships shipped adds added gets got raises "
    "raised acquires acquired buys bought sues sued says said cuts cut opens opened closes "
    "closed wins won update updates new now available first why how what when inside review "
    "initial impressions notes live blog report reports reported exclusive breaking meet say "
    "hello try hands fixes improves brings bring makes make plans plan debuts reveals revealed "
    "publishes with for and its from into after over will can".split()
)


@dataclass(frozen=True, slots=True)
class Features:
    counts: Mapping[str, int]
    """How often each stands in title and beginning, those of the title twice. Numbers begin
    with "#"."""
    title: frozenset[str]
    names: frozenset[str]
    """Those that are written with a capital, and never small."""
    language: str
    """"en", "de" or "fr", by the small words; empty where none was found."""
    numbers: frozenset[str]
    """Those that begin with "#"."""


@lru_cache(maxsize=256)
def features(title: str, text: str, most: int = HEAD_WORDS) -> Features:
    """
    Read a title and the beginning of a text.

    Args:
        most: Words of the text that are looked at.
    """
    beginning = " ".join(text.split(None, most)[:most])
    titled = _tokens(title)
    tokens = [*titled, *_tokens(beginning)]
    known = [_known(token) for token in tokens]
    small = Counter(
        word for token, (_, word, _) in zip(tokens, known, strict=True) if token == word
    )
    counts: Counter[str] = Counter(feature for feature, _, _ in known if feature)
    heading = [feature for feature, _, _ in known[: len(titled)] if feature]
    counts.update(heading)
    return Features(
        counts=counts,
        title=frozenset(heading),
        names=frozenset(
            feature for feature, word, is_capital in known if is_capital and word not in small
        ),
        language=_language(small),
        numbers=frozenset(feature for feature in counts if feature[0] == "#"),
    )


def feature_of(word: str) -> str:
    """What one word or number counts as; empty where it says nothing."""
    return _known(word)[0]


def weight(feature: str) -> float:
    """What a feature is worth beside others as rare: short numbers and years meet by chance."""
    if feature[0] != "#":
        return DATE if feature in CALENDAR else 1.0
    is_short = len(feature) == 3 and feature[1:].isdigit()
    return SHORT if is_short or _YEAR.fullmatch(feature, 1) else 1.0


def _tokens(text: str) -> list[str]:
    found = _TOKEN.findall(_GAP_IN_NUMBER.sub("", text))
    return list(_split(found)) if _UNSPACED.search(text) else found


def _split(found: list[str]) -> Iterator[str]:
    """Scripts without blanks give pairs of characters."""
    for token in found:
        if len(token) > 1 and _UNSPACED.match(token):
            yield from (token[i : i + 2] for i in range(len(token) - 1))
        else:
            yield token


@lru_cache(maxsize=65536)
def _known(token: str) -> tuple[str, str, bool]:
    """
    What a token counts as, empty where it says nothing; its word in lower case; whether its
    capital may be that of a name.
    """
    if token[0].isdigit():
        number = _number(token)
        return (f"#{number}" if len(number) > 1 else ""), "", False
    word = _POSSESSIVE.sub("", token).lower()
    if len(word) < 2 or word in stop_words():
        return "", word, False
    return stem(word), word, token[0].isupper() and word not in HEADLINE_WORDS


def _number(token: str) -> str:
    bare = token.replace("'", "").replace("’", "")
    if _THOUSANDS.fullmatch(bare):
        return bare.replace(".", "").replace(",", "")
    return bare.replace(",", ".").rstrip(".")


def _language(small: Mapping[str, int]) -> str:
    scores = {
        name: sum(small.get(word, 0) for word in words) for name, words in _FUNCTION_WORDS.items()
    }
    best = max(scores, key=lambda name: (scores[name], name))
    return best if scores[best] else ""
