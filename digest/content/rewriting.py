"""
Files of an issue written anew, because a person wants it: whole or not at all.

Touches content/. The issue's new folder is made beside the old one and takes its place; a
kill between the two renames is mended by `recover`. A file that a person has edited is
written over by force alone, and kept as `.bak` then.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from ..errors import ContentError
from ..types import Issue
from . import evidence
from .files import sync_folder, write_synced
from .folder import feature_files, issue_files
from .names import DAY, EVIDENCE_FILE, ROUND_UPS_FILE


def rewrite_issue(
    content: Path, issue: Issue, names: Collection[str], *, force: bool = False
) -> Path:
    """
    Write some files of an issue anew; the others keep their bytes.

    Args:
        content: The folder content/.
        issue: As it shall be.
        names: Of the files, among those of `issue_files`. Files of features and round-ups that
            the issue does not have any more go.
        force: Also files that a person has edited; the old text stays beside the new one, as
            `<name>.bak`.

    Raises:
        ContentError: A file was edited, lies under another name than the issue gives it, or
            the disk refuses.
    """
    folder = content / issue.digest / issue.date.isoformat()
    known = _hashes(folder)
    gone = _gone(folder, issue, names)
    edited = sorted(
        name for name in (*names, *gone) if (folder / name).exists() and _is_edited(folder, name)
    )
    if edited and not force:
        raise ContentError(
            f"{folder.parent.name}/{folder.name}/{edited[0]}",
            "was edited by a person and is not written over; --force does, and keeps it as .bak",
        )
    kept = {name: hashes for name, hashes in known.items() if name not in {*names, *gone}}
    texts = issue_files(issue, kept)
    making, old = _beside(folder, "making"), _beside(folder, "old")
    try:
        shutil.rmtree(making, ignore_errors=True)
        shutil.copytree(folder, making, copy_function=_copy_synced)
        for name in gone:
            (making / name).unlink()
        for name in edited:
            _copy_synced(folder / name, _unused(making / f"{name}.bak"))
        for name in (*names, EVIDENCE_FILE):
            write_synced(making / name, texts[name])
        sync_folder(making)
        folder.rename(old)
        making.rename(folder)
        sync_folder(folder.parent)
    except (OSError, shutil.Error) as exc:
        recover(folder)
        shutil.rmtree(making, ignore_errors=True)
        words = getattr(exc, "strerror", None) or exc
        raise ContentError(str(folder), f"cannot be written: {words}") from exc
    shutil.rmtree(old, ignore_errors=True)  # the new text stands; what is left goes next time
    return folder


def _gone(folder: Path, issue: Issue, names: Collection[str]) -> set[str]:
    """
    Files of the folder that the issue does not have any more.

    Raises:
        ContentError: A file that is to stay is not there under the name that the issue gives
            it, as when a person took a feature out or renamed its file: it would be lost.
    """
    have = issue_files(issue).keys() - {EVIDENCE_FILE}
    there = {*feature_files(folder), *({ROUND_UPS_FILE} & {p.name for p in folder.iterdir()})}
    gone = there - have
    for name in sorted(have - {*names}):
        if not (folder / name).exists():
            raise ContentError(
                f"{folder.parent.name}/{folder.name}/{name}",
                "is not there; expected the features' files to be numbered from 1, each with its "
                f"slug, to write a part anew: rename {', '.join(sorted(gone)) or 'them'}",
            )
    return gone


def _copy_synced(source: str | Path, target: str | Path) -> None:
    """Copy a file to the medium: the old one is removed when the copy has taken its place."""
    shutil.copy2(source, target)
    with Path(target).open("rb") as file:
        os.fsync(file.fileno())


def _unused(path: Path) -> Path:
    """The path, or with the first number at its end that no earlier edit is kept under."""
    candidate, number = path, 2
    while candidate.exists():
        candidate, number = path.with_name(f"{path.name}{number}"), number + 1
    return candidate


def recover(folder: Path) -> None:
    """Put an issue's folder back that a kill left aside; without one nothing is touched."""
    old = _beside(folder, "old")
    if not old.exists():
        return
    if folder.exists():
        shutil.rmtree(old, ignore_errors=True)
    else:
        os.rename(old, folder)


def recover_all(content: Path) -> None:
    """`recover` for every issue."""
    for digest in content.iterdir() if content.is_dir() else ():
        for name in os.listdir(digest) if digest.is_dir() else ():  # a name costs less than a path
            if name.startswith(".") and name.endswith(".old") and DAY.fullmatch(name[1:-4]):
                recover(digest / name[1:-4])


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _hashes(folder: Path) -> dict[str, evidence.FileHashes]:
    path = folder / EVIDENCE_FILE
    if not path.exists():
        return {}
    return dict(evidence.read(path.read_text("utf-8"), str(path)).files)


def _is_edited(folder: Path, name: str) -> bool:
    hashes = _hashes(folder).get(name)
    text = (folder / name).read_text("utf-8-sig")
    return hashes is None or hashes.written != evidence.file_hash(text)
