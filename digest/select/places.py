"""
Places: which stories become features, which round-ups, and why, in words.

Pure. First what a person has fixed (pins, must feeds), then the score, within the shares
of feeds and topics; a share gives way only where nothing else is news.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..settings import Digest
from ..types import Key, Story
from ..urls import canonical
from .features import Features
from .likeness import cosine
from .themes import folded

WORTHY = 0.20
"""Score, recency aside, from which a story may be a feature: on a thin day there is none."""
ALIKE = 0.45
"""Likeness from which two features would tell the same matter twice."""

Place = Literal["feature", "round-up", "left out"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A story that wants a place."""

    story: Story
    barred: str
    """Why it cannot be a feature, in words; empty where it can."""
    matter: Features
    """Of its leading entry."""

    @property
    def key(self) -> Key:
        return self.story.lead.key


class Places:
    """Gives out the places of one issue."""

    def __init__(
        self, offers: Sequence[Offer], digest: Digest, rarity: Mapping[str, float]
    ) -> None:
        self._offers = sorted(offers, key=_order)
        self._digest = digest
        self._rarity = rarity
        self._topics = {each.key: _topics(each.story) for each in offers}
        self._given: dict[Key, tuple[Place, str]] = {}
        self._passed: dict[Key, str] = {}

    def give(self) -> tuple[Story, ...]:
        """All stories with place and reason: features, round-ups, the rest, each by rank."""
        pins = {canonical(address) for address in self._digest.pin} - {""}
        for offer in self._offers:
            if pins & {entry.canonical for entry in offer.story.entries}:
                self._pin(offer)
        for within_share in (True, False):
            self._features(within_share)
            if within_share:
                self._must()
            self._round_ups(within_share)
        rank = {"feature": 0, "round-up": 1, "left out": 2}
        placed = [self._placed(offer) for offer in self._offers]
        return tuple(sorted(placed, key=lambda story: rank[story.place]))

    def _pin(self, offer: Offer) -> None:
        if offer.barred:
            self._give(offer, "round-up", f"round-up: pinned, but {offer.barred}")
        else:
            self._give(offer, "feature", "feature: pinned")

    def _features(self, within_share: bool) -> None:
        for offer in self._waiting():
            if self._count("feature") >= self._digest.features:
                return
            if within_share and not self._has_share(offer):
                continue
            hindrance = self._hindrance(offer)
            if hindrance:
                self._passed[offer.key] = hindrance
            else:
                self._give(offer, "feature", f"feature: {grounds(offer.story)}")

    def _must(self) -> None:
        for offer in self._waiting():
            if {entry.feed for entry in offer.story.entries} & set(self._digest.must):
                self._give(offer, "round-up", "round-up: its feed always gets a place")

    def _round_ups(self, within_share: bool) -> None:
        for offer in self._waiting():
            if self._count("round-up") >= self._digest.round_ups:
                return
            if not within_share or self._has_share(offer):
                because = self._passed.get(offer.key, "others rank higher")
                self._give(
                    offer, "round-up", f"round-up: {grounds(offer.story)}; no feature, as {because}"
                )

    def _hindrance(self, offer: Offer) -> str:
        """Why a story is no feature, in words; empty where it may be one."""
        if offer.barred:
            return offer.barred
        if not is_worthy(offer.story):
            return f"its score without recency is under {WORTHY:.2f}"
        for other in self._offers:
            given = self._given.get(other.key)
            is_feature = given is not None and given[0] == "feature"
            if (
                is_feature
                and cosine(offer.matter.counts, other.matter.counts, self._rarity) > ALIKE
            ):
                return f"the feature “{other.story.lead.title}” has much the same matter"
        return ""

    def _waiting(self) -> list[Offer]:
        return [offer for offer in self._offers if offer.key not in self._given]

    def _has_share(self, offer: Offer) -> bool:
        """Neither its feed nor its topic has had its share."""
        used = Counter(key[0] for key in self._given)
        topics = Counter(topic for key in self._given for topic in self._topics.get(key, ()))
        return used[offer.story.lead.feed] < self._digest.per_feed and not any(
            topics[topic] >= self._digest.per_topic for topic in self._topics[offer.key]
        )

    def _count(self, place: Place) -> int:
        return sum(1 for given, _ in self._given.values() if given == place)

    def _give(self, offer: Offer, place: Place, reason: str) -> None:
        self._given[offer.key] = (place, reason)

    def _placed(self, offer: Offer) -> Story:
        place, reason = self._given.get(
            offer.key, ("left out", "left out: the places are taken by stories that rank higher")
        )
        return replace(offer.story, place=place, reason=reason + _update(offer.story))


def _order(offer: Offer) -> tuple[bool, int, float, Key]:
    """What a model ranked comes first, in its order; then by score."""
    story = offer.story
    return (not story.rank, story.rank, -story.score, offer.key)


def is_worthy(story: Story) -> bool:
    """Whether its score, recency aside, is that of a feature."""
    return story.score - dict(story.parts).get("recency", 0.0) >= WORTHY


def _topics(story: Story) -> frozenset[str]:
    """The categories that its leading entry's feed gives it."""
    return frozenset(folded(tag) for tag in story.lead.tags)


def _update(story: Story) -> str:
    """What makes it an update, in words."""
    if not story.update_of:
        return ""
    return f"; an update of {story.update_of.rpartition('/')[2]}, new: {', '.join(story.fresh)}"


def grounds(story: Story) -> str:
    """A model's word, and the two parts that add most to the score, in words."""
    ranked = f"the model ranks it {story.rank}" if story.rank else ""
    said = f"{ranked}, “{story.why}”; " if story.why else f"{ranked}; " if ranked else ""
    strongest = sorted(story.parts, key=lambda part: (-part[1], part[0]))[:2]
    named = " and ".join(f"{name} ({value:.2f})" for name, value in strongest if value > 0)
    scored = f"score {story.score:.2f}, most of it from {named}" if named else "score 0.00"
    return said + scored
