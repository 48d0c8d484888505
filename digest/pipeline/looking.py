"""
How the issues of content/ look now, asked once for all steps of a run.

Touches content/. To ask for the times of sixty thousand files takes longer than all that a run has
to do where one of them has changed, so drafting, proof and rendering share the answer.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ..content.stamps import Seen, days_of, files_hash, look, times_folders
from ..store.rendered import KeptVolume

KEPT = ".digest"
"""Beside feeds.yaml: what the next run need not do again."""
Place = tuple[str, str]
"""Slug of a digest and year."""


@dataclass(frozen=True, slots=True)
class Looked:
    """
    Args:
        content: The folder.
        before: What the last run has kept.
        volumes: How its issues look, by day; without a hash where nothing was known of one.
        now_ns: When they were looked at, by the clock of their disk.
        device: As of `times_folders`.
    """

    content: Path
    before: Mapping[Place, KeptVolume]
    volumes: dict[Place, dict[str, Seen]]
    now_ns: int
    device: int | None

    def again(self, digest: str, day: str) -> None:
        """Look again at an issue that a step has written."""
        own = self.volumes.setdefault((digest, day[:4]), {})
        found = _hashed(self.content / digest, [day], own, self.now_ns, self.device)
        own.pop(day, None)
        own.update(found)


def look_at(
    content: Path,
    digests: Collection[str],
    before: Mapping[Place, KeptVolume],
    scratch: Path,
) -> Looked:
    """
    Look at all issues.

    Args:
        content: The folder.
        digests: Slugs.
        before: What the last run has kept.
        scratch: A folder of ours on the disk that holds content/, to ask its clock.
    """
    now_ns, device = _now_ns(scratch / "now"), times_folders(scratch)
    volumes: dict[Place, dict[str, Seen]] = {}
    for digest in sorted(digests):
        for year, days in groupby(days_of(content, digest), key=lambda day: day[:4]):
            kept = before.get((digest, year))
            known: Mapping[str, Seen] = kept.seen if kept else {}
            volumes[digest, year] = _hashed(content / digest, list(days), known, now_ns, device)
    return Looked(content, before, volumes, now_ns, device)


def kept_file(folder: Path) -> Path:
    """Where a run keeps what the next need not do again, in a folder that git ignores."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / ".gitignore"
    if not note.exists():
        note.write_text("*\n", "utf-8")
    return folder / "rendered.db"


def _hashed(
    folder: Path, days: list[str], known: Mapping[str, Seen], now_ns: int, device: int | None
) -> dict[str, Seen]:
    """As `look`, with the hash of an issue that looks another way than one that is known."""
    found = look(folder, days, known, now_ns, device=device)
    for day, (times, names, files, hash_) in found.items():
        if not hash_ and day in known and known[day][3]:
            found[day] = times, names, files, files_hash(folder / day)
    return found


def _now_ns(path: Path) -> int:
    """The time by the clock of the disk, which may be another machine's."""
    path.write_bytes(b"")
    os.utime(path)
    return path.stat().st_mtime_ns
