"""Errors planted into quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .corpus import Claim, Corpus

_FOREIGN_WORDS = ("quietly", "seven", "harvest", "against")


def word_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in range(4, len(words), 4):
        new = [*words[:place], _FOREIGN_WORDS[place // 4 % 4], *words[place + 1 :]]
        yield _with_words(claim, new, len(words) - 1 == place)


def word_dropped(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in range(5, len(words) - 1, 4):
        yield _with_words(claim, [*words[:place], *words[place + 1 :]], False)


def words_reordered(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in range(4, len(words) - 2, 5):
        new = list(words)
        new[place], new[place + 1] = new[place + 1], new[place]
        if new != words:
            yield _with_words(claim, new, False)


def negation_added(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    words = claim.text.split(" ")
    for place in (6, 8):
        if place < len(words) - 1:
            yield _with_words(claim, [*words[:place], "not", *words[place:]], False)


def negation_swallowed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for match in re.finditer(r" (?:not|no|cannot|Nobody) ", claim.text):
        yield claim.put(*match.span(), " ")
        yield claim.put(*match.span(), " […] ")


def _with_words(claim: Claim, words: list[str], is_last: bool) -> Claim:
    text = " ".join(words)
    return Claim(claim.topic, text if not is_last else f"{text}”", claim.passages)


def from_elsewhere(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    for topic in corpus.topics:
        if topic != claim.topic:
            yield Claim(topic, claim.text, ("S1.2",))


SPEAKERS = ("Harald Venn", "Marguerite Osei", "Li Wenjun", "Dmitri Falk")


def speaker_changed(claim: Claim, corpus: Corpus) -> Iterator[Claim]:
    match = re.search("“(.+)”", claim.text)
    if match:
        for name in SPEAKERS[:2]:
            yield Claim(claim.topic, f"“{match[1].rstrip('.')},” said {name}.", claim.passages)
