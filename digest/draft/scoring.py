"""
How much a sentence tells: centrality, the title's words, position, and what speaks against it.

Pure. Source: G. Erkan, D. Radev, "LexRank" (JAIR 22, 2004) for centrality; H. Edmundson,
"New Methods in Automatic Extracting" (JACM 16, 1969) for title, position and cue words.
The weights were set by reading what came out on weblogs, announcements and news.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from ..text import content_words
from .candidates import Sentence

CENTRALITY, TITLE, POSITION = 0.25, 0.35, 0.40
SIMILAR = 0.08
"""Cosine from which two sentences support each other."""

_QUANTITY = re.compile(
    r"[$€£¥]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:%|percent\b|per\scent\b|x\b|×|million\b|billion\b|trillion\b|"
    r"[kKMGT]B\b|ms\b|tokens?\b|times\b|hours?\b|days?\b|years?\b|months?\b|people\b|users?\b|"
    r"kg\b|km\b|m\b|°C|[KMBT]\b)|(?<![\w.-])\d{1,3}(?:,\d{3})+\b",
    re.IGNORECASE,
)
# Each: what it looks like, and how much is left of the score.
_PERSONAL: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\b(?:I|I[’'](?:m|ve|d|ll)|my|me|myself|mine)\b"), 0.5),
    (re.compile(r"^[\"“']?(?:I|I[’']\w+|My|Me)\b"), 0.7),
    (
        re.compile(
            r"\bI\s(?:(?:recently|just|also|later|then|first)\s)?(?:joined|talked|tried|used|put|decided|hope|wrote|had|got|"
            r"ran|asked|gave|went|guess|suspect|love|like|want|plan)\b|\bI[’']ve\s(?:spent|had|been)\b|\bI\s(?:didn|haven|don|couldn|wasn)[’']t\b|"
            r"\bI[’']m\s(?:hoping|currently|using|keeping|looking|going|sure)\b"
        ),
        0.4,
    ),
)
THESIS = re.compile(
    r"\bI\s(?:think|believe|expect|argue|recommend|predict)\b|"
    r"\b(?:I|we)(?:[’']ve)?\s(?:(?:just|recently|also|now|have)\s)*(?:released|launched|announced|built|shipped|published|"
    r"introduced|open-sourced|created)\b",
    re.IGNORECASE,
)
"""An "I" or "we" that says what the text is about: an opinion, an announcement."""
BACKGROUND = re.compile(
    r"\b(?:last\s(?:year|month|week|spring|summer|autumn|fall|winter|january|february|march|april|june|july|august|september|october|"
    r"november|december)|previous(?:ly)?|years?\sago|months?\sago|weeks?\sago|used\sto|had\sbeen|back\sin|"
    r"until\snow|so\sfar)\b|\blast\s(?:\w+\s){1,2}(?:was|were)\b",
    re.IGNORECASE,
)
"""What was, where the news is what is."""
_AGAINST: tuple[tuple[re.Pattern[str], float], ...] = (
    (BACKGROUND, 0.6),
    (re.compile(r"\b(?:we|our|us|we[’']\w+)\b", re.IGNORECASE), 0.92),
    (re.compile(r"\b(?:you|your|you[’']\w+)\b", re.IGNORECASE), 0.85),
    (
        re.compile(
            r"\b(?:hoping|wondering|curious|interesting|honestly|personally|anyway|fun|funny|weird|a\slot\sof|stuff|"
            r"bunch|sounds|excited|thrilled|proud|delighted|pleased)\b",
            re.IGNORECASE,
        ),
        0.75,
    ),
    (
        re.compile(
            r"\b(?:might|maybe|perhaps|possibly|probably|presumably|somewhat|sort\sof|kind\sof)\b",
            re.IGNORECASE,
        ),
        0.88,
    ),
    (re.compile(r"\b(?:this|these|that\sone|those|it|they|them|there)\b", re.IGNORECASE), 0.92),
    (re.compile(r"\b(?:also|too|as\swell)\b"), 0.85),
    (re.compile(r"\b(?:these|those|this)\s(?!week|month|year|morning)[a-z]+"), 0.8),
    (re.compile(r"!$|\.\.\.|…"), 0.8),
    (re.compile(r"^(?:To|If|When|While|As|After|Before|In\sorder)\s"), 0.85),
    (re.compile(r"^(?:There\b|\d)"), 0.85),
    (re.compile(r"\b(?:was|were)\s\w+ing\b"), 0.8),  # a story's scenery
    (re.compile(r"[:;]\s"), 0.93),
    (re.compile(r"\([^)]{25,}\)|\s-\s"), 0.88),
)
_FOR: tuple[tuple[re.Pattern[str], float], ...] = (
    (_QUANTITY, 1.15),
    (
        re.compile(
            r"\b(?:announc|releas|launch|introduc|publish|unveil|acqui|agreed|ships?\b|shipp|rais(?:es|ed)\b|cheapest|largest|fastest|first\b|record|"
            r"most\s(?:important|significant|notable|interesting)|key\b|main\b|notable|significant|means\b|because|found\b|shows?\b|"
            r"cuts?\b|doubl|halv|now\savailable|support(?:s|ed)?\b|open\s(?:source|weights?))",
            re.IGNORECASE,
        ),
        1.12,
    ),
    (re.compile(r"(?<!^)\b[A-Z][\w.-]+"), 1.06),
)


def figures_in(text: str) -> int:
    """Number of quantities: amounts, shares, sizes, spans; versions and years are none."""
    return len(_QUANTITY.findall(text))


def scores(sentences: Sequence[Sentence], title: str) -> dict[str, float]:
    """
    Weigh the sentences of one document.

    Args:
        title: The document's; a sentence that shares its words is about the matter.

    Returns:
        A score from 0 to about 1.3 per sentence id.
    """
    if not sentences:
        return {}
    rarity = rarities(sentences)
    central = centrality(sentences, rarity)
    wanted = {term: rarity[term] for term in content_words(title) if term in rarity}
    whole = math.fsum(sorted(wanted.values())) or 1.0
    result: dict[str, float] = {}
    for sentence, share in zip(sentences, central, strict=True):
        in_title = (
            math.fsum(sorted(wanted[term] for term in sentence.terms if term in wanted)) / whole
        )
        base = (
            CENTRALITY * share + TITLE * min(1.0, 1.3 * in_title) + POSITION * _position(sentence)
        )
        result[sentence.id] = base * _manner(sentence) * _personal(sentence, in_title)
    return result


def rarities(sentences: Sequence[Sentence]) -> dict[str, float]:
    """Inverse document frequency of each term, a sentence being the document."""
    counts = Counter(term for sentence in sentences for term in sentence.terms)
    return {term: math.log(1 + len(sentences) / count) for term, count in counts.items()}


def cosine(first: Sentence, second: Sentence, rarity: Mapping[str, float]) -> float:
    """Likeness of two sentences by their terms' rarity, from 0 to 1; unknown terms count 1."""
    shared = _squares(first.terms & second.terms, rarity)
    if not shared:
        return 0.0
    return shared / math.sqrt(_squares(first.terms, rarity) * _squares(second.terms, rarity))


def centrality(sentences: Sequence[Sentence], rarity: Mapping[str, float]) -> list[float]:
    """LexRank of each sentence, scaled so that the most central has 1."""
    neighbours = _neighbours(sentences, rarity)
    ranks = [1.0] * len(sentences)
    for _ in range(20):
        ranks = [
            0.15 + 0.85 * math.fsum(ranks[j] * weight for j, weight in near) for near in neighbours
        ]
    top = max(ranks)
    return [rank / top for rank in ranks]


def _neighbours(
    sentences: Sequence[Sentence], rarity: Mapping[str, float]
) -> list[list[tuple[int, float]]]:
    """For each sentence the others that support it, with the share of their vote it gets."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        for term in sorted(sentence.terms):
            holders[term].append(index)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for term in sorted(holders):
        value = rarity[term] ** 2
        for at, i in enumerate(holders[term]):
            for j in holders[term][at + 1 :]:
                shared[i, j] += value
    norms = [math.sqrt(_squares(sentence.terms, rarity)) for sentence in sentences]
    votes: list[dict[int, float]] = [{} for _ in sentences]
    for (i, j), value in sorted(shared.items()):
        likeness = value / (norms[i] * norms[j])
        if likeness >= SIMILAR:
            votes[i][j] = votes[j][i] = likeness
    totals = [math.fsum(vote.values()) for vote in votes]
    return [[(j, value / totals[j]) for j, value in vote.items()] for vote in votes]


def _squares(terms: frozenset[str], rarity: Mapping[str, float]) -> float:
    return math.fsum(sorted(rarity.get(term, 1.0) ** 2 for term in terms))


def _position(sentence: Sentence) -> float:
    early = math.exp(-sentence.order / 6)
    return max(early, 0.4) if sentence.opens_section else early


def _personal(sentence: Sentence, in_title: float) -> float:
    """What an "I" takes off; less where it says what the title says."""
    least = min(0.9, in_title) if THESIS.search(sentence.text) else 0.0
    parts = (part for pattern, part in _PERSONAL if pattern.search(sentence.text))
    return max(least, math.prod(parts))


def _manner(sentence: Sentence) -> float:
    """What the sentence's form takes off or adds, as a factor."""
    factor = 0.85 if sentence.is_item else 1.0
    if sentence.words < 10 or sentence.words > 34:
        factor *= 0.8
    for pattern, part in (*_AGAINST, *_FOR):
        if pattern.search(sentence.text):
            factor *= part
    return factor
