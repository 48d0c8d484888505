"""
Proving published issues again from the store, and writing the outcome beside them.

Touches store, content/ and, where it is asked to, the network through the door. A text that a
person has edited is the person's: what cannot be proved is published all the same, and
listed as edited.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import content
from ..settings import Config
from ..store import Store
from ..types import Correction, Issue
from .correcting import corrections
from .online import Online, PageReport, cited
from .past import PastIssues
from .proof import FileProof
from .proving import prove


@dataclass(frozen=True, slots=True)
class IssueProof:
    digest: str
    date: str
    files: tuple[FileProof, ...]
    pages: tuple[PageReport, ...] = ()
    """Its cited pages as they are today; empty where they were not asked."""
    corrections: tuple[Correction, ...] = ()
    """Those that were added."""

    @property
    def is_proved(self) -> bool:
        return not any(file.problems for file in self.files)


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
        proofs = [file for file in _proofs(folder, issue, store) if file.name in changed]
        _record(folder, issue, proofs, changed)
        past.has_written(folder)
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
            read = content.read_issue(folder, digest)
            proofs = _proofs(folder, read, store)
            _record(folder, read, proofs, content.unverified(folder))
            yield IssueProof(digest, folder.name, proofs)


async def compare(
    proofs: Sequence[IssueProof], site: Path, online: Online
) -> tuple[IssueProof, ...]:
    """
    Look at the pages that issues cite.

    Args:
        proofs: As `verify` gives them.
        site: The folder that holds content/.
        online: The way to the pages; one that two issues cite is opened once.

    Returns:
        The same with their pages.
    """

    async def one(proof: IssueProof) -> IssueProof:
        folder = site / "content" / proof.digest / proof.date
        issue = content.read_issue(folder, proof.digest)
        quotes = cited(issue, content.feature_files(folder))
        return replace(proof, pages=await online.compare(issue.documents, quotes))

    return tuple(await asyncio.gather(*map(one, proofs)))


def correct(
    proofs: Iterable[IssueProof], site: Path, day: dt.date, own: Correction | None = None
) -> Iterator[IssueProof]:
    """
    Add a dated correction for each text that was not proved, and each page that lost a quote.

    A draft is edited, not corrected. What was said once is not said again.

    Args:
        proofs: As `verify` or `compare` give them.
        site: The folder that holds content/.
        day: The corrections' date.
        own: A person's own words, instead of what was found.

    Yields:
        The proofs with what was added.

    Raises:
        ContentError: A file cannot be read or written.
    """
    for proof in proofs:
        folder = site / "content" / proof.digest / proof.date
        issue = content.read_issue(folder, proof.digest)
        new: tuple[Correction, ...] = ()
        if issue.status == "published":
            found = corrections(proof.files, proof.pages, issue.corrections, day)
            new = found if own is None else (own,)
        if new:
            content.add_corrections(folder, new)
        yield replace(proof, corrections=new)


def issue_names(config: Config, site: Path) -> tuple[str, ...]:
    """What `verify` may be asked for: `ai-tech/2026-04-24` …, oldest first."""
    return tuple(f"{digest}/{folder.name}" for folder, digest in _folders(config, site))


def _folders(config: Config, site: Path) -> Iterator[tuple[Path, str]]:
    for digest in config.digests:
        for folder in content.issue_folders(site / "content", digest.slug):
            yield folder, digest.slug


def _proofs(folder: Path, issue: Issue, store: Store) -> tuple[FileProof, ...]:
    return prove(issue, content.feature_files(folder), store)


def _record(
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
