"""
What past issues told of a story's matter: offered for reference, never as evidence.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..types import Story, Told
from .subject import Subject, terms

MOST = 3
HEAD = 600
"""Characters of what was told that are looked at."""
ALIKE = 0.45
"""Share of the subject from which something told is on the same matter."""
CONTINUED = 0.2
"""The same in the issue that the story continues."""


def earlier(story: Story, subject: Subject, told: Sequence[Told]) -> tuple[Told, ...]:
    """Up to three told stories on the same matter; that which the story continues first."""
    found: list[tuple[bool, Told]] = []
    for each in told:
        is_continued = bool(story.update_of) and each.issue == story.update_of
        share = subject.share(terms(f"{each.title}\n{each.text[:HEAD]}"))
        if share >= (CONTINUED if is_continued else ALIKE):
            found.append((is_continued, each))
    found.sort(key=lambda pair: (pair[0], pair[1].at, pair[1].title), reverse=True)
    return tuple(each for _, each in found[:MOST])
