"""
With which take the requests are asked of what is written anew.

Touches the store. A take of its own brings new replies in place of those that are stored. A run
that was cut off, by a kill or because a model gave no answer, is continued in its own take, so
that what has arrived is not paid for again; one that came to its end is followed by another,
also where nothing could be proved and the old text stayed.
"""

from __future__ import annotations

import hashlib

from ..store import Store
from ..types import Issue


def take_of(store: Store, issue: Issue, part: str = "") -> int:
    """
    Args:
        issue: As it stands.
        part: As `digest draft --part` calls it; empty for all of it.
    """
    stood = _stood(issue)
    times = store.replies.redone(_name(issue), part, stood)
    return int(hashlib.sha256(f"{stood} {times}".encode()).hexdigest()[:8], 16)


def end(store: Store, issue: Issue, part: str = "") -> None:
    """
    Note that a part was written anew, to its end.

    Args:
        issue: As it stood before.
    """
    store.replies.redo(_name(issue), part, _stood(issue))


def _name(issue: Issue) -> str:
    return f"{issue.digest}/{issue.date}"


def _stood(issue: Issue) -> str:
    return hashlib.sha256(issue.evidence.encode()).hexdigest()
