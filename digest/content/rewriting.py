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
from .folder import EVIDENCE_FILE, feature_files, issue_files, sync_folder, write_synced


def rewrite_issue(
    content: Path, issue: Issue, names: Collection[str], *, force: bool = False
) -> Path:
    """
    Write some files of an issue anew; the others keep their bytes.

    Args:
        content: The folder content/.
        issue: As it shall be.
        names: Of the files, among those of `issue_files`. Features that the issue does not
            have any more go.
        force: Also files that a person has edited; the old text stays beside the new one, as
            `<name>.bak`.

    Raises:
        ContentError: A file was edited, or the disk refuses.
    """
    folder = content / issue.digest / issue.date.isoformat()
    known = _hashes(folder)
    gone = set(feature_files(folder)) - issue_files(issue).keys()
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
        shutil.copytree(folder, making)
        for name in gone:
            (making / name).unlink()
        for name in edited:
            shutil.copy2(folder / name, making / f"{name}.bak")
        for name in (*names, EVIDENCE_FILE):
            write_synced(making / name, texts[name])
        folder.rename(old)
        making.rename(folder)
        sync_folder(folder.parent)
        shutil.rmtree(old)
    except OSError as exc:
        recover(folder)
        shutil.rmtree(making, ignore_errors=True)
        raise ContentError(str(folder), f"cannot be written: {exc.strerror or exc}") from exc
    return folder


def recover(folder: Path) -> None:
    """Put an issue's folder back that a kill left aside; without one nothing is touched."""
    old = _beside(folder, "old")
    if not old.exists():
        return
    if folder.exists():
        shutil.rmtree(old)
    else:
        os.rename(old, folder)


def recover_all(content: Path) -> None:
    """`recover` for every issue."""
    for old in content.glob("*/.????-??-??.old"):
        recover(old.with_name(old.name[1:].removesuffix(".old")))


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
