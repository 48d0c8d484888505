"""
The site and the newsletters as folders on disk.

Touches the disk. A folder is built anew beside the old one and takes its place by renaming,
so that a run that is killed leaves one of the two whole, and the next run goes on from
there. A file whose bytes did not change is the same file as before (a hard link), with its
time of modification. Nothing is synced to the medium: a site can be rendered again.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ..errors import PublishError
from ..types import Message, Page
from .message import to_bytes

MARKER = ".made-by-digest"
"""Stands in each folder that is ours to replace."""
MARKER_TEXT = (
    b"This folder is made by digest and replaced as a whole; keep nothing of yours in it.\n"
)

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
"""Source: Linux renameat2(2)"""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a folder's files."""

    written: int = 0
    """New, or with new bytes."""
    unchanged: int = 0
    removed: int = 0


def write_site(
    pages: Iterable[Page], folder: Path, more: Callable[[Path], Iterable[Page]] | None = None
) -> Written:
    """
    Replace the site.

    Args:
        pages: All files of it. Where one is told twice, or leads out of the folder, nothing
            is changed.
        folder: Where it stands; made where it does not exist.
        more: Gives further files, from a folder in which all these pages stand.

    Raises:
        PublishError: The folder holds what we did not make, a path is wrong, or the disk
            refuses. The old site stays as it was.
    """
    return _replace(_files(pages), folder, lambda made: _files(more(made) if more else ()))


def _files(pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
    return ((page.path, page.body) for page in pages)


def write_mail(messages: Iterable[Message], folder: Path) -> Written:
    """
    Replace the newsletters: `<name>.html`, `<name>.txt` and `<name>.eml` of each.

    Raises:
        PublishError: As `write_site`.
    """
    return _replace(_mail_files(messages), folder, lambda made: ())


def _mail_files(messages: Iterable[Message]) -> Iterator[tuple[str, bytes]]:
    for message in messages:
        yield f"{message.name}.html", message.html.encode()
        yield f"{message.name}.txt", message.text.encode()
        yield f"{message.name}.eml", to_bytes(message)


Files = Iterable[tuple[str, bytes]]
"""Path within the folder, and bytes."""


def _replace(files: Files, folder: Path, more: Callable[[Path], Files]) -> Written:
    try:
        folder = folder.resolve()
        _recover(folder)
        _check_ours(folder)
        building = _beside(folder, "building")
        try:
            # What `more` gives is asked for when the rest is written.
            later = chain.from_iterable(more(building) for _ in range(1))
            written = _build(chain(files, later), folder, building)
            if written.written or written.removed or not folder.exists():
                _swap(building, folder)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as exc:
        raise PublishError(str(folder), f"cannot be written: {exc.strerror or exc}") from exc
    return written


def _beside(folder: Path, word: str) -> Path:
    return folder.with_name(f".{folder.name}.{word}")


def _recover(folder: Path) -> None:
    """Put right what a run that was killed has left."""
    replaced = _beside(folder, "replaced")
    if replaced.exists() and not folder.exists():
        replaced.rename(folder)
    for left in (replaced, _beside(folder, "building")):
        if left.exists():
            shutil.rmtree(left)


def _check_ours(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise PublishError(str(folder), "is a file, expected a folder")
    if not (folder / MARKER).exists() and any(folder.iterdir()):
        raise PublishError(
            str(folder),
            "holds files that digest did not make and would delete; expected an empty folder, "
            f"or one with the file {MARKER}",
        )


def _build(files: Iterable[tuple[str, bytes]], old: Path, new: Path) -> Written:
    new.mkdir(parents=True)
    (new / MARKER).write_bytes(MARKER_TEXT)
    seen: set[str] = set()
    written = 0
    for path, body in files:
        _check_path(path, seen)
        target = new / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not _keep(old / path, target, body):
            target.write_bytes(body)
            written += 1
    before = {p.relative_to(old).as_posix() for p in old.rglob("*") if not p.is_dir()} - {MARKER}
    return Written(written, len(seen) - written, len(before - seen))


def _check_path(path: str, seen: set[str]) -> None:
    parts = path.split("/")
    is_wrong = any(part in {"", ".", ".."} for part in parts) or path == MARKER
    if is_wrong or "\\" in path or "\0" in path or ":" in parts[0]:
        raise PublishError(path, "is no path within the site, expected names between single `/`")
    if path in seen:
        raise PublishError(path, "two pages have this address, expected one")
    seen.add(path)


def _keep(old: Path, new: Path, body: bytes) -> bool:
    """Take over the old file where it says the same."""
    if old.is_symlink() or not old.is_file():
        return False
    if old.stat().st_size != len(body) or old.read_bytes() != body:
        return False
    try:
        os.link(old, new)
    except OSError:  # a file system without hard links
        shutil.copy2(old, new)
    return True


def _swap(building: Path, folder: Path) -> None:
    """Put the new folder into the old one's place; at no moment is there half of one."""
    if not folder.exists():
        building.rename(folder)
    elif not _exchange(building, folder):
        replaced = _beside(folder, "replaced")
        folder.rename(replaced)  # killed here, the next run renames it back
        building.rename(folder)
        shutil.rmtree(replaced, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or an old C library
        return False
    result = renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)
    )
    return bool(result == 0)
