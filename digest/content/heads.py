"""
The heads of issues, for whoever needs to know which there are: no other file is opened.

Touches content/.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from ..errors import ContentError
from ..types import Head
from .files import read_text
from .head import parse_head
from .names import DAY, FRONT_FILE


def read_heads(content: Path, digest: str) -> tuple[Head, ...]:
    """
    What the issues of one digest say at the head of issue.md, oldest first.

    No other file is opened: an issue costs a fraction of a millisecond, whole it costs dozens.

    Raises:
        ContentError: An issue.md is missing, or not as it should be.
    """
    return tuple(read_head(path, digest) for path in issue_folders(content, digest))


def read_head(folder: Path, digest: str) -> Head:
    """
    What one issue says at the head of issue.md.

    Raises:
        ContentError: It is missing, or not as it should be.
    """
    name = f"{digest}/{folder.name}/{FRONT_FILE}"
    head = parse_head(front_text(folder, digest), name, digest)
    check_day(head.date, folder, name)
    return head


def front_text(folder: Path, digest: str) -> str:
    """The text of its issue.md."""
    path = folder / FRONT_FILE
    if not path.exists():
        raise ContentError(
            f"{digest}/{folder.name}",
            f"`{FRONT_FILE}` is missing, expected an issue in this folder",
        )
    return read_text(path)


def check_day(day: dt.date, folder: Path, name: str) -> None:
    """An issue says the day that its folder is named by."""
    if day.isoformat() != folder.name:
        raise ContentError(name, f"`date:` is {day}, expected {folder.name}")


def issue_folders(content: Path, digest: str) -> tuple[Path, ...]:
    """The folders of a digest's issues, oldest first."""
    return tuple(content / digest / day for day in issue_days(content, digest))


def issue_days(content: Path, digest: str) -> list[str]:
    """The names of these folders."""
    folder = content / digest
    if not folder.is_dir():
        return []
    with os.scandir(folder) as found:
        return sorted(each.name for each in found if DAY.fullmatch(each.name) and each.is_dir())
