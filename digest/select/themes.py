"""
Headings for round-ups: what several of them have in common.

Pure. Candidates are the entries' own categories, words that several titles share, and the
tags of their feeds, in this order of worth. The same matter gets the same heading again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ..settings import Feed
from ..text import one_line
from ..types import Story

FEWEST = 6
"""Round-ups from which headings help (DESIGN section 6)."""
SMALLEST = 2
"""Round-ups under a heading."""
COMMON_SHARE = 0.6
"""A category that more of them have tells nothing apart."""
MOST = 4
AGAIN = 1.5
"""How much more a heading is worth that past issues had."""
REST = "Elsewhere"
CATEGORY, FEED_TAG = 1.0, 0.6
LONGEST = 40
"""Characters of a category that can be a heading."""

_CAPITALS = frozenset("ai ml llm api css html http sql ui ux gpu cpu os pdf rss eu us uk".split())
_PLURALS = {"llms": "LLMs", "apis": "APIs", "gpus": "GPUs", "sqlite": "SQLite", "github": "GitHub"}


def themes(
    placed: Sequence[Story], feeds: Sequence[Feed], before: Sequence[str] = ()
) -> dict[tuple[str, str], str]:
    """
    Find a heading for each story.

    Args:
        placed: Those that may stand in the issue as round-ups.
        feeds: For their tags.
        before: Headings of past issues: one that fits is taken again before a new one that
            would fit a little better.

    Returns:
        Headings by the key of the story's leading entry; empty where nothing is shared.
    """
    tags = {feed.slug: feed.tags for feed in feeds}
    labels = {story.lead.key: _labels(story, tags) for story in placed}
    counts = Counter(label for value in labels.values() for label in value)
    too_common = {
        label
        for label, count in counts.items()
        if count > max(SMALLEST, COMMON_SHARE * len(placed))
    }
    known = {heading.lower() for heading in before}
    chosen: dict[tuple[str, str], str] = {}
    for _ in range(MOST):
        left = {key: value for key, value in labels.items() if key not in chosen}
        label = _best(left, too_common, known)
        if label is None:
            break
        chosen |= {key: label for key, value in left.items() if label in value}
    if not chosen:
        return {}
    return {key: _worded(chosen.get(key, REST)) for key in labels}


def steady(placed: Sequence[Story]) -> tuple[Story, ...]:
    """
    Keep the headings that serve the round-ups as they are placed now.

    One that a single round-up is left under becomes "Elsewhere"; all go where there are
    fewer than six round-ups, or fewer than two headings would stand.

    Returns:
        The stories in their order, but round-ups of one theme together: themes by their
        first story, "Elsewhere" last. A heading stands on a page once.
    """
    told = Counter(story.theme for story in placed if story.place == "round-up" and story.theme)
    kept = {theme for theme, count in told.items() if count >= SMALLEST and theme != REST}
    rest = told.total() - sum(told[theme] for theme in kept)
    if told.total() < FEWEST or len(kept) + bool(rest) < 2:
        return tuple(replace(story, theme="") for story in placed)
    return _grouped(
        [
            replace(story, theme=story.theme if story.theme in kept else REST)
            if story.place != "left out"
            else replace(story, theme="")
            for story in placed
        ]
    )


def _grouped(placed: Sequence[Story]) -> tuple[Story, ...]:
    """Round-ups by theme; all else stays where it is."""
    themes = list(dict.fromkeys(story.theme for story in placed if story.place == "round-up"))
    rank = {theme: (theme == REST, place) for place, theme in enumerate(themes)}
    places = ("feature", "round-up", "left out")
    return tuple(
        sorted(
            placed,
            key=lambda s: (places.index(s.place), rank[s.theme] if s.place == "round-up" else ()),
        )
    )


def _labels(story: Story, tags: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """What could stand above a story, with its worth."""
    found: dict[str, float] = {}
    for entry in story.entries:
        for tag in tags.get(entry.feed, ()):
            found.setdefault(folded(tag), FEED_TAG)
        for tag in entry.tags:
            found[folded(tag)] = CATEGORY
    return {label: worth for label, worth in found.items() if 1 < len(label) <= LONGEST}


def _best(
    left: Mapping[tuple[str, str], Mapping[str, float]],
    too_common: Collection[str],
    known: Collection[str],
) -> str | None:
    """The label that brings most of what is left together, and does not hold nearly all."""
    counts: Counter[str] = Counter()
    for labels in left.values():
        counts.update(labels.keys())
    fit = [label for label, n in counts.items() if n >= SMALLEST and label not in too_common]
    weight = {label: w for labels in left.values() for label, w in sorted(labels.items())}
    worth = {
        label: counts[label] * weight[label] * (AGAIN if _worded(label).lower() in known else 1.0)
        for label in fit
    }
    return min(fit, key=lambda label: (-worth[label], label), default=None)


def folded(tag: str) -> str:
    """A category in one spelling: "LLM-pricing" and "llm pricing" are one."""
    return one_line(tag).replace("-", " ").replace("_", " ").strip().lower()


def _worded(label: str) -> str:
    """A category as a heading: "llm pricing" → "LLM pricing"."""
    words = [
        word.upper() if word in _CAPITALS else _PLURALS.get(word, word) for word in label.split()
    ]
    text = " ".join(words)
    return text[:1].upper() + text[1:]
