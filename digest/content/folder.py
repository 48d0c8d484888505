"""
Issues, essays and pages ↔ the folder content/, which a person may edit.

Touches content/. An issue appears whole or not at all: it is written into a folder beside
its own, which is then renamed. A file that a person has edited is never written over.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from ..errors import ContentError
from ..settings import RESERVED_SLUGS
from ..types import Article, Claim, Correction, Footnote, Issue, Publication
from . import evidence, issues, parts
from .corrections import with_corrections
from .files import read_bytes, read_text, replace_file, sync_folder, text_of, write_synced
from .heads import check_day, front_text, issue_folders
from .issues import feature_names
from .names import ESSAYS, EVIDENCE_FILE, FRONT_FILE, PAGES, ROUND_UPS_FILE
from .outcome import Outcome, with_outcomes
from .stamps import check_folders

# ---------------------------------------------------------------------------- writing


def write_issue(content: Path, issue: Issue) -> Path:
    """
    Write a new issue.

    Args:
        content: The folder content/.
        issue: What to write.

    Returns:
        The issue's folder.

    Raises:
        ContentError: There is one of that day already, or the disk refuses.
    """
    folder = content / issue.digest / issue.date.isoformat()
    if folder.exists():
        raise ContentError(str(folder), "exists already; expected a day without an issue")
    making = folder.with_name(f".{folder.name}.making")
    try:
        shutil.rmtree(making, ignore_errors=True)  # left by a run that was killed
        making.mkdir(parents=True)
        for name, text in issue_files(issue).items():
            write_synced(making / name, text)
        making.rename(folder)
        sync_folder(folder.parent)
    except OSError as exc:
        shutil.rmtree(making, ignore_errors=True)
        raise ContentError(str(folder), f"cannot be written: {exc.strerror or exc}") from exc
    return folder


def issue_files(
    issue: Issue, kept: Mapping[str, evidence.FileHashes] = MappingProxyType({})
) -> dict[str, str]:
    """
    The texts of an issue's files by name.

    Args:
        kept: Hashes of files that stay as they are, whatever their text here.
    """
    files = {FRONT_FILE: parts.write_front(issue)}
    notes: dict[str, tuple[Footnote, ...]] = {}
    claims = _of_file(issue.front.claims, FRONT_FILE)
    for number, feature in enumerate(issue.features, 1):
        name = f"{number}-{feature.slug}.md"
        files[name] = parts.write_feature(feature)
        notes[name] = feature.notes
        claims += _of_file(feature.claims, name)
    if issue.round_ups:
        files[ROUND_UPS_FILE] = parts.write_round_ups(issue.round_ups)
        claims += [c for item in issue.round_ups for c in _of_file(item.claims, ROUND_UPS_FILE)]
    new = {name: evidence.file_hash(text) for name, text in files.items()}
    known = {name: evidence.FileHashes(written=h, verified=h) for name, h in new.items()}
    known |= {name: hashes for name, hashes in kept.items() if name in known}
    files[EVIDENCE_FILE] = evidence.write(issue, known, notes, tuple(claims))
    return files


def _of_file(claims: Collection[Claim], name: str) -> list[Claim]:
    return [replace(claim, file=name) for claim in claims]


# ---------------------------------------------------------------------------- reading


def read_publication(content: Path, digests: Collection[str]) -> Publication:
    """
    Read all that may be published.

    Args:
        content: The folder content/; an absent one is empty.
        digests: Slugs of the digests of feeds.yaml.

    Raises:
        ContentError: A file is not as it should be, or belongs to no digest.
    """
    issues = [issue for slug in sorted(digests) for issue in read_issues(content, slug)]
    issues.sort(key=lambda issue: (issue.date, issue.digest), reverse=True)
    return replace(read_articles(content, digests), issues=tuple(issues))


def read_articles(content: Path, digests: Collection[str]) -> Publication:
    """
    The same without issues: essays and pages alone.

    Raises:
        ContentError: A file is not as it should be, or a folder of issues belongs to no digest.
    """
    check_folders(content, digests)
    essays = _articles(content / ESSAYS)
    for essay in essays:
        if essay.date is None:
            raise ContentError(f"{ESSAYS}/{essay.slug}.md", "`date:` is missing, expected a day")
    pages = _articles(content / PAGES)
    for page in pages:
        if page.slug in RESERVED_SLUGS or page.slug in digests:
            raise ContentError(
                f"{PAGES}/{page.slug}.md", "takes an address of the site; expected another slug"
            )
    return Publication(
        issues=(),
        essays=tuple(sorted(essays, key=lambda essay: (str(essay.date), essay.slug), reverse=True)),
        pages=pages,
    )


def _articles(folder: Path) -> tuple[Article, ...]:
    return tuple(
        parts.read_article(read_text(path), f"{folder.name}/{path.name}", path.stem)
        for path in sorted(folder.glob("*.md"))
        if not path.name.startswith((".", "_"))
    )


def read_issues(content: Path, digest: str) -> tuple[Issue, ...]:
    """
    The issues of one digest, oldest first.

    Raises:
        ContentError: A file is not as it should be.
    """
    return tuple(read_issue(path, digest) for path in issue_folders(content, digest))


def feature_files(folder: Path) -> tuple[str, ...]:
    """Names of an issue's features, in the order of the issue."""
    return feature_names(os.listdir(folder))


def read_issue(folder: Path, digest: str) -> Issue:
    """
    One issue from its folder.

    Raises:
        ContentError: A file is not as it should be.
    """
    return issue_of(issue_bodies(folder), folder, digest)


def issue_bodies(folder: Path) -> dict[str, bytes]:
    """The bytes of an issue's files, by name in the order of names."""
    names = sorted(n for n in os.listdir(folder) if n.endswith(".md") or n == EVIDENCE_FILE)
    return {name: read_bytes(folder / name) for name in names}


def issue_of(bodies: Mapping[str, bytes], folder: Path, digest: str) -> Issue:
    """
    The issue that its files hold.

    Args:
        bodies: As `issue_bodies` gives them.
        folder: Where they lie, for messages; its name is the issue's day.

    Raises:
        ContentError: A file is not as it should be.
    """
    if FRONT_FILE not in bodies:
        front_text(folder, digest)  # says what is missing
    texts = {name: text_of(body, folder / name) for name, body in bodies.items()}
    found = texts.pop(EVIDENCE_FILE, "")
    known = evidence.read(found, _place(folder)) if found else evidence.Evidence()
    issue = issues.issue_of(texts, known, digest, folder.name)
    check_day(issue.date, folder, f"{digest}/{folder.name}/{FRONT_FILE}")
    return replace(issue, evidence=found)


# ------------------------------------------------------------------------- verification


def unverified(folder: Path) -> tuple[str, ...]:
    """
    Names of an issue's files that have changed since they were verified last.

    Raises:
        ContentError: A file is not as it should be.
    """
    known = _hashes(_evidence_text(folder), folder)
    hashes = {path.name: evidence.file_hash(read_text(path)) for path in _proved_files(folder)}
    return tuple(
        name for name, hash_ in hashes.items() if name not in known or known[name].verified != hash_
    )


def cited(folder: Path, digest: str) -> frozenset[str]:
    """
    Ids of the documents that an issue rests on. It is read whole only where a person has edited
    it: what the program wrote names them in evidence.json.

    Raises:
        ContentError: A file is not as it should be.
    """
    text = _evidence_text(folder)
    known = _hashes(text, folder)
    files = {path.name: evidence.file_hash(read_text(path)) for path in _proved_files(folder)}
    if all(name in known and known[name].written == hash_ for name, hash_ in files.items()):
        return evidence.read_cited(text, _place(folder)) if text else frozenset()
    issue = read_issue(folder, digest)
    return frozenset(
        (
            *(document.id for document in issue.documents),
            *(document.id for feature in issue.features for document in feature.documents),
            *(note.quote.document for feature in issue.features for note in feature.notes),
            *(id_ for item in issue.round_ups for id_ in item.documents),
        )
    )


def _evidence_text(folder: Path) -> str:
    path = folder / EVIDENCE_FILE
    return read_text(path) if path.exists() else ""  # an issue that a person wrote


def _hashes(text: str, folder: Path) -> dict[str, evidence.FileHashes]:
    return evidence.read_files(text, _place(folder)) if text else {}


def _place(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}/{EVIDENCE_FILE}"


def _proved_files(folder: Path) -> list[Path]:
    """issue.md, features, round-ups.md: what is proved of an issue."""
    names = (FRONT_FILE, *feature_files(folder), ROUND_UPS_FILE)
    return [path for name in names if (path := folder / name).exists()]


def record_verified(folder: Path, outcomes: Mapping[str, Outcome]) -> bool:
    """
    Write into evidence.json that files were verified as they are now, and what was found.

    Args:
        folder: The issue's.
        outcomes: By name of the file.

    Returns:
        Whether anything was new; if not, the file keeps its bytes and its date.

    Raises:
        ContentError: evidence.json cannot be read or written.
    """
    target = folder / EVIDENCE_FILE
    before = read_text(target) if target.exists() else ""
    hashes = {name: evidence.file_hash(read_text(folder / name)) for name in outcomes}
    after = with_outcomes(before, str(target), outcomes, hashes)
    if after == before:
        return False
    replace_file(target, after)
    return True


# --------------------------------------------------------------------------- corrections


def add_corrections(folder: Path, corrections: Sequence[Correction]) -> None:
    """
    Add corrections to an issue; its other words stay as they are.

    Args:
        folder: The issue's.
        corrections: What is added to its issue.md.

    Raises:
        ContentError: issue.md cannot be read or written.
    """
    path = folder / FRONT_FILE
    replace_file(path, with_corrections(read_text(path), str(path), corrections))
