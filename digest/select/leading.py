"""
Within a story: which entry leads, and which are copies of another.

Pure.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from ..text.copies import is_copy
from .grouping import Group
from .signals import Signals

CARRIES = 150
"""Words of own text from which an entry carries a story: 0.6 of them are 90 (rule L1)."""

_LATEST = dt.datetime.max.replace(tzinfo=dt.UTC)


def ordered(group: Group, weights: Mapping[str, float]) -> Group:
    """
    Put the leading entry first.

    What the others point to leads; then posts that have a text before those that only point
    elsewhere; then the heavier feed, the original before its copies, and the earlier one.
    """
    pointed = {each.points_to for each in group} | {url for each in group for url in each.links}
    copies = {each.key for each in group} - {each.key for each in originals(group)}

    def rank(each: Signals) -> tuple[bool, bool, bool, bool, float, dt.datetime, tuple[str, str]]:
        return (
            not each.addresses & pointed,
            each.key in copies,
            bool(each.points_to),
            each.words < CARRIES,
            -weights.get(each.entry.feed, 1.0),
            each.time or _LATEST,
            each.key,
        )

    return tuple(sorted(group, key=rank))


def originals(group: Group) -> Group:
    """The entries that are no copy of an earlier one: five prints of a release are one source."""
    kept: list[Signals] = []
    for each in sorted(group, key=lambda one: (one.time or _LATEST, one.key)):
        if not any(
            each.addresses & one.addresses or is_copy(each.samples, one.samples) for one in kept
        ):
            kept.append(each)
    return tuple(kept)
