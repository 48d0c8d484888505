"""
Proving what a person has edited, and writing the outcome beside it.

Touches store and content/. Apart from `verify`, so that a build need not load the way to pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from .. import content
from ..settings import Config
from ..store import Store
from ..types import Issue
from .past import PastIssues
from .proof import FileProof
from .proving import prove


def verify_edited(config: Config, store: Store, past: PastIssues) -> Iterator[str]:
    """
    Verify the files that have changed since they were verified last, and write the outcome.

    Args:
        past: What is known of issues; it is told of those that are written.

    Yields:
        A line for each problem found.

    Raises:
        ContentError: A file in content/ is not as it should be.
    """
    for folder in [f for digest in config.digests for f in past.unproved(digest.slug)]:
        changed, digest = content.unverified(folder), folder.parent.name
        issue = content.read_issue(folder, digest)
        proofs = [file for file in proofs_of(folder, issue, store) if file.name in changed]
        record(folder, issue, proofs, changed)
        past.has_written(folder)
        for file in proofs:
            for problem in file.problems:
                yield (
                    f"{folder / file.name}: {problem.rule}: {problem.where}: "
                    f"found {problem.found!r}, expected {problem.expected}"
                )


def proofs_of(folder: Path, issue: Issue, store: Store) -> tuple[FileProof, ...]:
    """The proofs of an issue's files."""
    return prove(issue, content.feature_files(folder), store)


def record(
    folder: Path, issue: Issue, proofs: Iterable[FileProof], changed: Collection[str]
) -> None:
    """
    Keep the outcome.

    What is as the program wrote it, and without error, needs none: its warnings are known from
    its draft. What cannot be proved only because the store has lost a document stays as it
    was proved when the document was there.
    """
    outcomes = {}
    for file in proofs:
        is_edited = file.name in issue.edited
        was_wrong = any(problem.where.startswith(f"{file.name}:") for problem in issue.problems)
        outcome = "edited, not proved" if is_edited else "published"
        found = (*(replace(p, outcome=outcome) for p in file.problems), *file.warnings)
        if file.name in changed:
            outcomes[file.name] = content.Outcome(found, file.claims)
        elif not file.is_missing and (is_edited or was_wrong or file.problems):
            outcomes[file.name] = content.Outcome(found)
    if outcomes:
        content.record_verified(folder, outcomes)
