"""
What was proved of an issue, in numbers: the foot of its page.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..text import words
from ..types import Claim, Feature, Front, Issue, Problem, RoundUp


def counts(issue: Issue) -> dict[str, int]:
    """
    Returns:
        quotes: notes, and claims that are quotes. claims: all that rests on something.
        numbers, names: those that claims hold and that were found. own, extracted, edited:
        claims of that kind. dropped: problems whose unit went. longest_run: words of the
        longest quote.
    """
    claims = tuple(_claims(issue))
    problems = tuple(_problems(issue))
    notes = [note for feature in issue.features for note in feature.notes]
    extracted = [claim for claim in claims if claim.kind == "extracted"]
    quoted = [note.quote.text for note in notes] + [claim.text for claim in extracted]
    return {
        "quotes": len(notes),
        "claims": sum(1 for claim in claims if claim.kind in {"proved", "extracted"}),
        "numbers": sum(len(claim.numbers) for claim in claims),
        "names": sum(len(claim.names) for claim in claims),
        "own": sum(1 for claim in claims if claim.kind == "own"),
        "extracted": len(extracted),
        "edited": sum(1 for claim in claims if claim.kind == "edited"),
        "dropped": sum(1 for problem in problems if problem.outcome == "dropped"),
        "longest_run": max((len(words(text)) for text in quoted), default=0),
    }


def _parts(issue: Issue) -> tuple[Front | Feature | RoundUp, ...]:
    return (issue.front, *issue.features, *issue.round_ups)


def _claims(issue: Issue) -> Iterator[Claim]:
    for part in _parts(issue):
        yield from part.claims


def _problems(issue: Issue) -> Iterator[Problem]:
    """Each once: an issue may repeat those of its parts."""
    parts = (problem for part in _parts(issue) for problem in part.problems)
    yield from dict.fromkeys((*issue.problems, *parts))
