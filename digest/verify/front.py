"""
The front of an issue: nothing stands above that is not proved below.

Pure. Headline, dek and bullets of the extractive drafter are words of the verified features
and round-ups; its lead is computed from counts and is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..markdown import escape, unescape
from ..text import Folded, fold, is_bounded, one_line, words
from ..types import Claim, Feature, Front, FrontDraft, Problem, RoundUp, Span
from .addresses import address_in
from .lengths import DEK_WORDS, ISSUE_BULLET_WORDS, ISSUE_BULLETS, too_long
from .model_front import model_front
from .problems import error
from .resting import places_of, spans_of

_QUOTED = re.compile(r"([“\"])(.*)([”\"])", re.S)


@dataclass(frozen=True, slots=True)
class _Told:
    """Something that the issue says below: its text, and where that stands."""

    text: str
    folded: Folded
    rests: tuple[Span, ...]


def front(
    draft: FrontDraft,
    features: Sequence[Feature],
    round_ups: Sequence[RoundUp],
    *,
    secret: str = "",
) -> tuple[Front, tuple[Problem, ...]]:
    """
    Prove what stands above against what stands below.

    Args:
        draft: As the drafter wrote it.
        features, round_ups: Verified, the strongest first; at least one of them.
        secret: The run's secret word (M1).

    Returns:
        The front. A headline that fails becomes the first item's title, a dek is left out.
    """
    if draft.kind == "model":
        return model_front(draft, features, round_ups, secret)
    told = tuple(_told(features, round_ups))
    problems: list[Problem] = []
    titles = [feature.title for feature in features] + [item.title for item in round_ups]
    fallback = next(iter(titles), "")
    title = _proved(draft.headline, told, "headline", problems) or Claim(fallback, "extracted")
    dek = _proved(draft.dek, told, "dek", problems, most=DEK_WORDS) if draft.dek.strip() else None
    bullets = [
        claim
        for number, text in enumerate(draft.tldr, 1)
        if (
            claim := _proved(
                text, told, f"TL;DR, bullet {number}", problems, most=ISSUE_BULLET_WORDS
            )
        )
    ][:ISSUE_BULLETS]
    lead = [one_line(text) for text in draft.lead if one_line(text)]
    return (
        Front(
            title=title.text,
            dek=dek.text if dek else "",
            tldr=tuple(claim.text for claim in bullets),
            lead="\n\n".join(map(escape, lead)),
            claims=(
                title,
                *([dek] if dek else []),
                *bullets,
                *(Claim(text, "computed") for text in lead),
            ),
            problems=tuple(problems),
        ),
        tuple(problems),
    )


def _proved(
    text: str, told: Sequence[_Told], where: str, problems: list[Problem], *, most: int = 0
) -> Claim | None:
    """A text as it stands below, in its own characters; None where it does not."""
    bare = _bare(text)
    if address := address_in(bare):
        problems.append(error("U1", where, address, "no address, link or tag in text"))
        return None
    long = too_long(bare, most, where) if most else None
    if long:
        problems.append(long)
        if long.level == "error":
            return None
    wanted = fold(bare).text
    for part in told if words(bare) else ():
        at = part.folded.text.find(wanted)
        start, end = part.folded.span(at, at + len(wanted)) if at >= 0 else (0, 0)
        if start < end and is_bounded(part.text, start, end):
            return Claim(part.text[start:end], "extracted", part.rests)
    problems.append(error("Q1", where, text, "words of a feature or round-up below"))
    return None


def _bare(text: str) -> str:
    """Without quotation marks around the whole: pages put them where a claim is a quote."""
    line = one_line(text)
    match = _QUOTED.fullmatch(line)
    return match[2].strip() if match else line


def _told(features: Sequence[Feature], round_ups: Sequence[RoundUp]) -> Iterator[_Told]:
    for feature in features:
        places = places_of(feature)
        for claim in feature.claims:
            if claim.kind != "computed":
                yield _Told(claim.text, fold(claim.text), tuple(spans_of(claim, places)))
        for text in (feature.title, *feature.tldr):
            yield _Told(text, fold(text), ())
        for note in feature.notes:
            text = one_line(note.quote.text)
            yield _Told(text, fold(text), places[note.label])
    for item in round_ups:
        yield _Told(item.title, fold(item.title), ())
        for claim in item.claims:
            yield _Told(claim.text, fold(claim.text), tuple(spans_of(claim, {})))
        if not item.claims and item.text:  # read back from a file
            text = one_line(unescape(item.text))
            yield _Told(text, fold(text), ())
