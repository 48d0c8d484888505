"""
What can be told of issues without opening their files: which have changed since they were read.

Touches content/. An issue is known by the names, sizes, times and inodes of its files, as git's
index knows them, and by the time of its folder, which changes when a file comes or goes. What
was changed a moment ago may change again within the same tick of the file system's clock, so
nothing is kept of such an issue, and it is looked at again the next time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from ..errors import ContentError
from .names import DAY, ESSAYS, EVIDENCE_FILE, PAGES

SURE_AFTER_NS = 2_000_000_000
"""So long after its last change no other change can have the same time, on any file system."""


Seen = tuple[tuple[int, ...], tuple[str, ...], list[int], str]
"""
How an issue looked: times, inode and device of its folder, empty where they may not be trusted;
the names of the files that count; of each of these in turn size, times and inode, empty where
they may not be trusted; `files_hash`, empty where it is not known. Plain, so that ten thousand
are kept and compared in no time.
"""


def days_of(content: Path, digest: str) -> list[str]:
    """
    The names in a digest's folder that are days, oldest first; those that are no folders show
    when they are looked at.
    """
    try:
        names = os.listdir(content / digest)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(name for name in names if DAY.fullmatch(name))


def look(
    folder: Path, days: Sequence[str], known: Mapping[str, Seen], now_ns: int, *, device: int | None
) -> dict[str, Seen]:
    """
    How issues look.

    Args:
        folder: Of their digest.
        days: Names of their folders.
        known: How they looked before.
        now_ns: The time by the clock that times their files.
        device: On which a folder's time changes when a file comes or goes, which is to be known
            of a file system; None where it is not.

    Returns:
        By day; the same object as in `known` for each that looks as it did, without a hash
        where its files are to be read. A folder that is gone is left out.
    """
    stat = os.stat
    found: dict[str, Seen] = {}
    for day in days:
        base = f"{folder}/{day}/"
        before = known.get(day)
        try:
            here = stat(base)
            times = here.st_mtime_ns, here.st_ctime_ns, here.st_ino, here.st_dev
            if before is not None and before[0] == times and before[2] and device == here.st_dev:
                files: list[int] = []
                for name in before[1]:
                    each = stat(base + name)
                    files += each.st_size, each.st_mtime_ns, each.st_ctime_ns, each.st_ino
                if files == before[2]:
                    found[day] = before
                    continue
            seen = _scanned(base, times, now_ns)
        except (FileNotFoundError, NotADirectoryError):
            if os.path.isdir(base):  # a file went while it was looked at
                found[day] = ((), (), [], "")
            continue
        if before is not None and seen[2] and before[1:3] == seen[1:3]:
            # Its folder alone has another time, or may be trusted by now.
            seen = before if before[0] == seen[0] else (*seen[:3], before[3])
        found[day] = seen
    return found


def _scanned(base: str, times: tuple[int, ...], now_ns: int) -> Seen:
    latest = 0
    files: list[tuple[str, int, int, int, int]] = []
    with os.scandir(base) as found:
        for entry in found:
            if entry.name.endswith(".md") or entry.name == EVIDENCE_FILE:
                each = entry.stat()
                latest = max(latest, each.st_mtime_ns, each.st_ctime_ns)
                files.append(
                    (entry.name, each.st_size, each.st_mtime_ns, each.st_ctime_ns, each.st_ino)
                )
    files.sort()
    names = tuple(name for name, *_ in files)
    if latest + SURE_AFTER_NS >= now_ns:
        return (), names, [], ""
    is_sure = max(times[:2]) + SURE_AFTER_NS < now_ns
    stamps = [part for _, *rest in files for part in rest]
    return times if is_sure else (), names, stamps, ""


def times_folders(folder: Path) -> int | None:
    """
    The device of a folder, if a file that comes changes the time of the folder it comes to.

    It does on any file system of Unix; on what is mounted from elsewhere it may not. git asks
    the same before it trusts such times (git-update-index, `--test-untracked-cache`).
    """
    probe = folder / "probe"
    file = probe / "file"
    try:
        file.unlink(missing_ok=True)
        probe.mkdir(exist_ok=True)
        os.utime(probe, ns=(0, 0))
        file.write_bytes(b"")
        there = probe.stat()
        return there.st_dev if there.st_mtime_ns else None
    except OSError:
        return None


def files_hash(folder: Path) -> str:
    """SHA-256 of the names and bytes of an issue's files."""
    paths = sorted([*folder.glob("*.md"), folder / EVIDENCE_FILE])
    return hash_of({path.name: path.read_bytes() for path in paths if path.is_file()})


def hash_of(bodies: Mapping[str, bytes]) -> str:
    """
    The same of files that have been read.

    Args:
        bodies: By name, in the order of names.
    """
    digest = hashlib.sha256()
    for name, body in bodies.items():
        digest.update(b"%s\0%d\0" % (name.encode(), len(body)))
        digest.update(body)
    return digest.hexdigest()


def articles_hash(content: Path) -> str:
    """SHA-256 of the names and bytes of essays and pages."""
    digest = hashlib.sha256()
    for folder in (ESSAYS, PAGES):
        for path in sorted((content / folder).glob("*.md")):
            body = path.read_bytes()
            digest.update(b"%s/%s\0%d\0" % (folder.encode(), os.fsencode(path.name), len(body)))
            digest.update(body)
    return digest.hexdigest()


def check_folders(content: Path, digests: Collection[str]) -> None:
    """
    Raises:
        ContentError: A folder of issues belongs to no digest.
    """
    for folder in sorted(content.iterdir()) if content.is_dir() else ():
        known = folder.name in {*digests, ESSAYS, PAGES} or folder.name.startswith(".")
        if not known and folder.is_dir() and any(DAY.fullmatch(p.name) for p in folder.iterdir()):
            raise ContentError(
                str(folder),
                "holds issues of a digest that feeds.yaml does not have; expected one of "
                + ", ".join(sorted(digests)),
            )
