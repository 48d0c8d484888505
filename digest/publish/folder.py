"""
The rules of a published folder: whose it is, what a path in it may be, how it is exchanged.

Touches the disk. `tree.py` makes the folder with these.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
from collections.abc import Collection
from pathlib import Path

from ..errors import PublishError
from .marks import MARKER

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
"""Source: Linux renameat2(2)"""


def beside(folder: Path, word: str) -> Path:
    return folder.with_name(f".{folder.name}.{word}")


def recover(folder: Path) -> None:
    """Put right what a run that was killed has left."""
    replaced = beside(folder, "replaced")
    if replaced.exists() and not folder.exists():
        replaced.rename(folder)
    if replaced.exists():
        shutil.rmtree(replaced)


def check_ours(folder: Path) -> None:
    """
    Raises:
        PublishError: It is a file, or holds what digest did not make.
    """
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


def check_path(path: str, seen: Collection[str]) -> None:
    """
    Raises:
        PublishError: The path leads out of the folder, or is among `seen`.
    """
    parts = path.split("/")
    is_wrong = any(part in {"", ".", ".."} for part in parts) or path == MARKER
    if is_wrong or any(sign in path for sign in "\\\0\n") or ":" in parts[0]:
        raise PublishError(path, "is no path within the site, expected names between single `/`")
    if path in seen:
        raise PublishError(path, "two pages have this address, expected one")


def is_same(old: Path, body: bytes) -> bool:
    """Whether a file says this already."""
    try:
        found = os.lstat(old)
    except (FileNotFoundError, NotADirectoryError):
        return False
    is_file = stat.S_ISREG(found.st_mode) and found.st_size == len(body)
    return is_file and old.read_bytes() == body


def same_file(old: Path, new: Path) -> None:
    """Give a file a second name; where the system has no hard links, its bytes and time."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(old, new)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or an old C library
        return False
    result = renameat2(
        _AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), ctypes.c_uint(_RENAME_EXCHANGE)
    )
    return bool(result == 0)
