"""
How much of an issue a newsletter holds, and what goes first where it is too long.

Pure. Round-ups shorten first, to their headlines; then features end in "read on", the last
first; then headlines go, and at the very end everything but the front. What is left out
stands on the page, to which each part links.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..types import Feature, Issue, RoundUp

MOST_BYTES = 98_000
"""Of HTML. Gmail cuts off at about 102 KB; what is filled in for a recipient needs room too."""

ROUND_UP_BYTES = 300
"""What the tags and inlined styles around one round-up weigh at the very least."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What of an issue is shown."""

    features: int
    """So many features whole, the others as summary and link."""
    texts: int
    """So many round-ups with their text."""
    round_ups: int
    """So many round-ups at all."""
    is_front_alone: bool = False
    """Nothing but headline, dek and the way to the page."""

    @classmethod
    def whole(cls, issue: Issue) -> Cut:
        """All that there is."""
        return cls(len(issue.features), len(issue.round_ups), len(issue.round_ups))


def cuts(issue: Issue, how: Literal["full", "brief"]) -> Iterator[Cut]:
    """What may be shown, from the most that is wanted to the least that makes sense."""
    features, texts, round_ups = len(issue.features), len(issue.round_ups), len(issue.round_ups)
    if how == "brief":
        features = texts = 0
    yield Cut(features, texts, round_ups)  # `Cut.whole`, unless it is to be brief
    while texts:
        texts //= 2
        yield Cut(features, texts, round_ups)
    while features:
        features -= 1
        yield Cut(features, texts, round_ups)
    while round_ups:
        round_ups //= 2
        yield Cut(features, texts, round_ups)
    yield Cut(0, 0, 0, is_front_alone=True)


def shortened(issue: Issue, cut: Cut) -> Issue:
    """The issue with no more than is to be shown; notes of what is left out go with it."""
    if cut.is_front_alone:
        front = replace(issue.front, tldr=(), lead="")
        return replace(issue, front=front, features=(), round_ups=(), corrections=())
    features = tuple(
        item if index < cut.features else _summary(item)
        for index, item in enumerate(issue.features)
    )
    round_ups = tuple(
        item if index < cut.texts else _headline(item)
        for index, item in enumerate(issue.round_ups[: cut.round_ups])
    )
    return replace(issue, features=features, round_ups=round_ups)


def may_fit(issue: Issue) -> bool:
    """Whether it is worth rendering: its words alone must fit."""
    front = issue.front
    texts = [front.lead, *front.tldr, *(item.body for item in issue.features)]
    texts += [item.title + item.text for item in issue.round_ups]
    weight = sum(len(text.encode()) for text in texts) + ROUND_UP_BYTES * len(issue.round_ups)
    return weight <= MOST_BYTES


def _summary(feature: Feature) -> Feature:
    return replace(feature, body="", notes=(), further=())


def _headline(round_up: RoundUp) -> RoundUp:
    return replace(round_up, text="")
