"""
What can be told of issues without opening their files: which have changed since they were read.

Touches content/. A stamp is made of the names, sizes, times and inodes of an issue's files, as
git's index does it. A file that was changed a moment ago may change again within the same
tick of the file system's clock, so such an issue has no stamp, and is read again the next time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .heads import issue_days
from .names import EVIDENCE_FILE

SURE_AFTER_NS = 2_000_000_000
"""So long after its last change no other change can have the same time, on any file system."""


class Stamped(NamedTuple):
    day: str
    """Name of the issue's folder."""
    stamp: str
    """Empty where it may not be trusted yet."""


def stamps(content: Path, digest: str, now_ns: int) -> Iterator[Stamped]:
    """
    The issues of one digest, oldest first.

    Args:
        content: The folder content/.
        digest: Its slug.
        now_ns: The time by the clock that times its files.
    """
    for day in issue_days(content, digest):
        files: list[str] = []
        latest = 0
        with os.scandir(f"{content}/{digest}/{day}") as found:
            for entry in found:
                if entry.name.endswith(".md") or entry.name == EVIDENCE_FILE:
                    stat = entry.stat()
                    latest = max(latest, stat.st_mtime_ns, stat.st_ctime_ns)
                    files.append(
                        f"{entry.name}:{stat.st_size}:{stat.st_mtime_ns}:{stat.st_ctime_ns}"
                        f":{stat.st_ino}"
                    )
        is_sure = latest + SURE_AFTER_NS < now_ns
        yield Stamped(day, " ".join(sorted(files)) if is_sure else "")


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
