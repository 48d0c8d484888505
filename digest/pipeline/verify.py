"""
Proving published issues again from the store, and writing the outcome beside them.

Touches store and content/. A text that a person has edited is the person's: what cannot be
proved is published all the same, and listed as edited.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from .. import content
from ..settings import Config
from ..store import Store
from ..types import Problem
from .proving import FileProof, prove


@dataclass(frozen=True, slots=True)
class IssueProof:
    digest: str
    date: str
    files: tuple[FileProof, ...]

    @property
    def is_proved(self) -> bool:
        return not any(file.problems for file in self.files)


def verify_edited(config: Config, store: Store, site: Path) -> Iterator[str]:
    """
    Verify the files that have changed since they were verified last, and write the outcome.

    Yields:
        A line for each problem found.

    Raises:
        ContentError: A file in content/ is not as it should be.
    """
    for folder, digest in _folders(config, site):
        changed = content.unverified(folder)
        if not changed:
            continue
        proofs = [file for file in _proofs(folder, digest, store) if file.name in changed]
        _record(folder, {file.name: file for file in proofs}, frozenset(changed))
        for file in proofs:
            for problem in file.problems:
                yield (
                    f"{folder / file.name}: {problem.rule}: {problem.where}: "
                    f"found {problem.found!r}, expected {problem.expected}"
                )


def verify(config: Config, store: Store, site: Path, issue: str = "all") -> Iterator[IssueProof]:
    """
    Verify whole issues, and write what is new beside them.

    Args:
        issue: `ai-tech/2026-04-24`, a digest's slug, a day, or `all`.

    Yields:
        What came of each, oldest first; nothing where none has that name.

    Raises:
        ContentError: A file in content/ is not as it should be.
    """
    for folder, digest in _folders(config, site):
        if issue in {"all", digest, folder.name, f"{digest}/{folder.name}"}:
            changed = content.unverified(folder)
            proofs = _proofs(folder, digest, store)
            _record(folder, {file.name: file for file in proofs}, frozenset(changed))
            yield IssueProof(digest, folder.name, proofs)


def issue_names(config: Config, site: Path) -> tuple[str, ...]:
    """What `verify` may be asked for: `ai-tech/2026-04-24` …, oldest first."""
    return tuple(f"{digest}/{folder.name}" for folder, digest in _folders(config, site))


def _folders(config: Config, site: Path) -> Iterator[tuple[Path, str]]:
    for digest in config.digests:
        for folder in content.issue_folders(site / "content", digest.slug):
            yield folder, digest.slug


def _proofs(folder: Path, digest: str, store: Store) -> tuple[FileProof, ...]:
    issue = content.read_issue(folder, digest)
    return prove(issue, content.feature_files(folder), store)


def _record(folder: Path, proofs: Mapping[str, FileProof], changed: frozenset[str]) -> None:
    """
    Keep the outcome. What is unchanged and cannot be proved only because the store has lost
    a document stays as it was proved when the document was there.
    """
    outcomes = {}
    for name, file in proofs.items():
        if name in changed:
            found = (*_with_outcome(file, "edited, not proved"), *file.warnings)
            outcomes[name] = content.Outcome(found, file.claims)
        elif not file.is_missing:
            found = (*_with_outcome(file, "published"), *file.warnings)
            outcomes[name] = content.Outcome(found)
    if outcomes:
        content.record_verified(folder, outcomes)


def _with_outcome(file: FileProof, outcome: str) -> Iterator[Problem]:
    for problem in file.problems:
        yield replace(problem, outcome=outcome)
