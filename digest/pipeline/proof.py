"""
What proving a file again comes to, for each thing that a reader could ask about.

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ..text import one_line
from ..types import Claim, Footnote, Problem
from . import claims

State = Literal["proved", "not proved", "document missing"]
NOT_PROOF = {"L1", "P1"}
"""Rules of length and form: they made the draft, and prove nothing about a published text."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a file that can be proved."""

    kind: Literal["footnote", "sentence", "number", "name"]
    text: str
    """The footnote's label, the sentence, the number or name as it is written."""
    state: State
    where: str = ""
    """The sentence that a number or name stands in, or a place; the quote of a footnote."""


@dataclass(frozen=True, slots=True)
class FileProof:
    name: str
    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    claims: tuple[Claim, ...]
    """Of the file as it stands now."""

    @property
    def is_missing(self) -> bool:
        """Whether a document that it rests on is not in the store."""
        return any(item.state == "document missing" for item in self.items)


def file_proof(
    name: str,
    notes: Sequence[Footnote],
    found: Sequence[Problem],
    own: Sequence[Claim],
    documents: Collection[str],
) -> FileProof:
    """
    Args:
        name: Of the file.
        notes: Its footnotes.
        found: What the rules found in it.
        own: Its claims as it stands now.
        documents: Ids of those that are there.
    """
    kept = [problem for problem in found if problem.rule not in NOT_PROOF]
    errors = tuple(problem for problem in kept if problem.level == "error")
    places = {note.label: note.quote.document for note in notes}
    items = (
        *_footnotes(notes, errors, documents),
        *_statements(own, places, errors, documents),
        *_unproved(errors),
    )
    return FileProof(
        name,
        tuple(dict.fromkeys(items)),
        errors,
        tuple(problem for problem in kept if problem.level == "warning"),
        tuple(replace(claim, file=name) for claim in own),
    )


def _footnotes(
    notes: Sequence[Footnote], errors: Sequence[Problem], documents: Collection[str]
) -> Iterator[Item]:
    wrong = {problem.where for problem in errors}
    for note in notes:
        state: State = "not proved" if f"note {note.label}" in wrong else "proved"
        if note.quote.document not in documents:
            state = "document missing"
        yield Item("footnote", note.label, state, one_line(note.quote.text))


def _statements(
    own: Sequence[Claim],
    places: Mapping[str, str],
    errors: Sequence[Problem],
    documents: Collection[str],
) -> Iterator[Item]:
    """
    Sentences with their numbers and names; judgement and counts are no claims.

    What stands in the ledger was found, also where its sentence fails for another reason.
    """
    wrong = {claims.what(problem) for problem in errors}
    for claim in own:
        if claim.kind in {"own", "computed"}:
            continue
        ids = {
            places.get(rest, "") if isinstance(rest, str) else rest.document for rest in claim.rests
        }
        found: State = "document missing" if ids - set(documents) else "proved"
        is_wrong = claim.kind == "edited" and found == "proved"
        yield Item("sentence", claim.text, "not proved" if is_wrong else found)
        for text in claim.numbers:
            if text not in wrong:
                yield Item("number", text, found, claim.text)
        for text in claim.names:
            if text not in wrong:
                yield Item("name", text, found, claim.text)


def _unproved(errors: Sequence[Problem]) -> Iterator[Item]:
    """Numbers and names that the rules did not find in the documents."""
    for problem in errors:
        text = claims.what(problem)
        if problem.rule in {"N1", "N2", "N3", "N4", "E1", "E2", "A1", "X1"}:
            is_number = problem.rule[0] == "N" or (problem.rule == "X1" and text[:1].isdigit())
            yield Item("number" if is_number else "name", text, "not proved", problem.where)
