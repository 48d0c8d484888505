"""
What speaks against one story, whatever speaks for it: words of two titles that two tellings
of one event would not differ in.

Pure.
"""

from __future__ import annotations

from .signals import Signals


def conflict(first: Signals, second: Signals) -> bool:
    """Other versions of one thing, other things of one name, a rumour and its denial."""
    return is_other_thing(first, second) or is_answer(first, second)


def is_other_thing(first: Signals, second: Signals) -> bool:
    """Other versions of one thing, or other things of one name."""
    return _other_version(first, second) or _other_name(first, second)


def _other_version(first: Signals, second: Signals) -> bool:
    """Both titles give one thing a number, and not the same one."""
    ours, theirs = first.versions, second.versions
    return any(not ours[word] & theirs[word] for word in ours.keys() & theirs.keys())


def _other_name(first: Signals, second: Signals) -> bool:
    """Names that begin alike and end otherwise: "Falcon Mini" and "Falcon Max"."""
    return any(
        _branch(ours, theirs)
        for ours in first.names
        for theirs in second.names
        if ours[0] == theirs[0]
        and not any(ours == other for other in second.names)
        and not any(theirs == other for other in first.names)
    )


def _branch(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    shared = 0
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            break
        shared += 1
    return shared < min(len(ours), len(theirs))


def is_answer(first: Signals, second: Signals) -> bool:
    """One title tells a rumour and the other says that it is none: news of their own."""
    return {first.stance, second.stance} == {"rumoured", "denied"}
