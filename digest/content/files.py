"""
One file of content/: read as text, written whole or not at all.

Touches content/.
"""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from ..errors import ContentError


def read_text(path: Path) -> str:
    """
    A file's text, without a mark of its byte order; lines end in line feeds.

    Raises:
        ContentError: It cannot be read, or is not UTF-8.
    """
    return text_of(read_bytes(path), path)


def read_bytes(path: Path) -> bytes:
    """
    Raises:
        ContentError: It cannot be read.
    """
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError as exc:
        raise ContentError(str(path), f"cannot be read as UTF-8 text: {exc}") from exc


def text_of(body: bytes, path: Path) -> str:
    """
    The text of a file that has been read, as from `read_text`.

    Raises:
        ContentError: It is not UTF-8.
    """
    try:
        text = body.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as exc:
        raise ContentError(str(path), f"cannot be read as UTF-8 text: {exc}") from exc
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def write_synced(path: Path, text: str) -> None:
    """Write a text to the medium."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names of a folder's files on the medium."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(target: Path, text: str) -> None:
    """
    Put a text in a file's place, whole or not at all, and on the medium before this returns.

    Raises:
        ContentError: The disk refuses.
    """
    making = target.with_name(f".{target.name}.making")
    try:
        write_synced(making, text)
        making.replace(target)
        sync_folder(target.parent)
    except OSError as exc:
        raise ContentError(str(target), f"cannot be written: {exc.strerror or exc}") from exc
