"""
What stands above the features: headline, dek, TL;DR, and a lead that only counts.

Pure. Headline, dek and bullets are words of the sources, or of what a model wrote below; each
sentence of the lead says what code knows: how many, from whom, of which days, under which
titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from ..errors import DraftError
from ..settings import Digest
from ..text import content_words, count_words, one_line
from ..types import Facts, Feature, FrontDraft, RoundUp
from .abroad import tongue
from .lead import lead
from .prominence import is_impersonal, prominence
from .standing import standing

BULLETS, BULLET_WORDS = 5, 25
DEK_WORDS = 30
PER_FEATURE = 2
FIT, LEAST = 0.85, 0.55
"""Prominence from which sentences stay in their order, and under which they are left out."""
ALIKE = 0.5
"""Share of the words of the shorter of two sentences from which they tell one thing."""


def front(
    features: Sequence[Feature], round_ups: Sequence[RoundUp], digest: Digest, facts: Facts
) -> FrontDraft:
    """
    Head an issue.

    Args:
        features: Verified, the strongest first.
        round_ups: Verified.
        digest: Whose issue it is.
        facts: What code counted.

    Raises:
        DraftError: There is neither a feature nor a round-up.
    """
    if not features and not round_ups:
        raise DraftError(digest.slug, "an issue needs a feature or a round-up, and there is none")
    told = [_short(feature) for feature in features]
    brief = [[claim.text for claim in item.claims][:1] for item in round_ups]
    headline = one_line((features or round_ups)[0].title)
    dek = _dek(headline, [*told, *brief])
    tldr = _bullets(told, dek) or _bullets(brief, dek)
    return FrontDraft(
        headline=headline,
        dek=dek,
        tldr=tldr or ((dek,) if dek else ()),
        lead=lead(features, round_ups, digest, facts),
        kind="extractive",
    )


def _short(feature: Feature) -> list[str]:
    """A feature's sentences that stand alone, the fittest first, its bullets before others."""
    alone = [
        claim.text
        for claim in feature.claims
        if claim.kind in {"extracted", "proved"}
        and claim.text != feature.title
        and standing(claim.text, tongue(claim.text)) == "alone"
    ]
    weight = {text: prominence(text, feature.title, tongue(text)) for text in alone}
    ranked = sorted(weight, key=lambda text: -min(weight[text], FIT))
    return [text for text in ranked if weight[text] >= LEAST] or ranked


def _dek(headline: str, groups: Sequence[Sequence[str]]) -> str:
    """
    A sentence that is short enough, and impersonal where there is such a one.

    Of the first item that has one; of several, the first that has most of the headline's
    words, and tells what is, not what was: it stands below that headline, and says more of the
    same.
    """
    fit = [
        [t for t in group if count_words(t) <= DEK_WORDS and standing(t, tongue(t)) == "alone"]
        for group in groups
    ]
    impersonal = [[t for t in group if is_impersonal(t, tongue(t))] for group in fit]
    first = next(filter(None, (*impersonal, *fit)), [])
    wanted = set(content_words(headline))
    return max(
        first,
        key=lambda text: (
            len(wanted & set(content_words(text)))
            * min(FIT, prominence(text, headline, tongue(text)))
        ),
        default="",
    )


def _is_alike(one: str, other: str) -> bool:
    """Whether the shorter of two sentences has most of its words in the other."""
    words, others = set(content_words(one)), set(content_words(other))
    return one == other or len(words & others) > ALIKE * min(len(words), len(others))


def _bullets(groups: Sequence[Sequence[str]], dek: str) -> tuple[str, ...]:
    """Up to five, two of a feature at most, in the features' order, each feature heard first."""
    told = [dek] if dek else []
    fit: list[list[str]] = [[] for _ in groups]
    for own, group in zip(fit, groups, strict=True):
        for text in group:
            if count_words(text) <= BULLET_WORDS and not any(_is_alike(text, t) for t in told):
                own.append(text)
                told.append(text)
    most = BULLETS if len(fit) < 2 else PER_FEATURE
    rounds = zip_longest(*(group[:most] for group in fit))
    chosen = [text for round_ in rounds for text in round_ if text is not None][:BULLETS]
    return tuple(text for group in fit for text in group if text in chosen)
