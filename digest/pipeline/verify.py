"""
Proving published issues again from the store, and writing the outcome beside them.

Touches store, content/ and, where it is asked to, the network through the door. A text that a
person has edited is the person's: what cannot be proved is published all the same, and
listed as edited.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .. import content
from ..settings import Config
from ..store import Store
from ..types import Correction
from .correcting import corrections
from .edited import proofs_of, record
from .online import Online, PageReport, cited
from .proof import FileProof


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
            proofs = proofs_of(folder, read, store)
            record(folder, read, proofs, content.unverified(folder))
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
