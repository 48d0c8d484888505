"""
The choice once more, when research has read what stories rest on, or failed to.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from ..settings import Digest
from ..text import count_words
from ..types import Document, Dossier, Key, Story
from ..urls import canonical
from .features import Features, features
from .leading import CARRIES
from .places import Offer, Places, is_worthy
from .signals import rarities
from .themes import steady

NOTHING: Mapping[Key, str] = MappingProxyType({})


def next_in_line(
    stories: Sequence[Story], texts: Mapping[str, Document], most: int
) -> tuple[Story, ...]:
    """
    The round-ups that move up first where a feature is let down, the best first.

    Args:
        stories: With their places, as they were chosen.
        texts: Documents by id.
    """

    def may_lead(story: Story) -> bool:
        longest = max(
            (count_words(texts[entry.document].text)
             for entry in story.entries if entry.document in texts),
            default=0,
        )  # fmt: skip
        return is_worthy(story) and (
            longest >= CARRIES or any(entry.points_to for entry in story.entries)
        )

    waiting = [story for story in stories if story.place == "round-up" and may_lead(story)]
    return tuple(sorted(waiting, key=lambda story: (-story.score, story.lead.key))[:most])


def settle(
    dossiers: Sequence[Dossier], digest: Digest, *, refused: Mapping[Key, str] = NOTHING
) -> tuple[Dossier, ...]:
    """
    Look again at the places once research has read, or failed to read, what stories rest on.

    A feature whose documents do not carry it becomes a round-up and says why; the next
    round-up whose documents carry one moves up.

    Args:
        dossiers: Of all stories that `stories` gave a place.
        digest: Whose issue it is.
        refused: Reasons why no feature could be written, by the key of a story's leading
            entry: such a story stays down.

    Returns:
        The same dossiers with their places settled: features, round-ups by theme, and what
        no place is left for, each by score.
    """
    by_key = {dossier.story.lead.key: dossier for dossier in dossiers}
    heads = [_head(dossier) for dossier in dossiers]
    offers = [
        Offer(
            dossier.story,
            refused.get(dossier.story.lead.key, "") or _shortfall(dossier),
            head,
        )
        for dossier, head in zip(dossiers, heads, strict=True)
    ]
    placed = steady(Places(offers, digest, rarities(heads)).give())
    return tuple(replace(by_key[story.lead.key], story=story) for story in placed)


def _shortfall(dossier: Dossier) -> str:
    """Why a story cannot be a feature after research; empty where its dossier carries it."""
    lead = dossier.story.lead
    reasons = dict(dossier.unread)
    if not dossier.documents:
        why = next(iter(reasons.values()), "it has no text")
        return f"nothing of it could be read: {why}"
    first = dossier.documents[0]
    is_own = canonical(first.url) == lead.canonical
    if lead.points_to in reasons and is_own:
        return f"the page that it points to could not be read: {reasons[lead.points_to]}"
    if first.wall:
        return f"its page is behind a {first.wall} wall"
    length = count_words(first.text)
    if length < CARRIES:
        return f"what it is about has {length} words and a feature needs {CARRIES}"
    return ""


def _head(dossier: Dossier) -> Features:
    """Of what the story leads with; asked anew in each round, and remembered."""
    lead = dossier.story.lead
    own = next((each.text for each in dossier.documents if each.id == lead.document), "")
    return features(lead.title, own)
