"""The site and the newsletters as folders, made from all their pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from digest.publish import Tree, Written, mail_files
from digest.types import Message, Page


def write_site(
    pages: Iterable[Page], folder: Path, more: Callable[[Path], Iterable[Page]] | None = None
) -> Written:
    """Replace the site; `more` gives further files, from a folder in which all pages stand."""
    tree = Tree(folder, twin_of(folder))
    digest, count = hashlib.sha256(), 0
    with tree.changing("", ()):
        for group in (pages, (page for page in more(tree.twin)) if more else ()):
            for page in group:
                tree.put(page.path, page.body)
                digest.update(repr(page).encode())
                count += 1
        return tree.finish(digest.hexdigest(), count)


def write_mail(messages: Iterable[Message], folder: Path) -> Written:
    """Replace the newsletters."""
    return write_site((page for message in messages for page in mail_files(message)), folder)


def twin_of(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.twin")
