"""
What a published folder is marked with, and what became of its files.

Touches the disk: reads the mark. `tree.py` makes the folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MARKER = ".made-by-digest"
"""Stands in each folder that is ours to replace."""
MARKER_TEXT = (
    b"This folder is made by digest and replaced as a whole; keep nothing of yours in it.\n"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a folder's files."""

    written: int = 0
    """New, or with new bytes."""
    unchanged: int = 0
    removed: int = 0


def mark_of(folder: Path) -> str:
    """What a folder is marked with; empty where it is not, or is not ours."""
    try:
        text = (folder / MARKER).read_bytes()
    except OSError:
        return ""
    return text.removeprefix(MARKER_TEXT).decode("ascii", "replace").strip()
