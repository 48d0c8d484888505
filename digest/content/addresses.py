"""
content/addresses.txt: every address that has been published, so that none of them is lost.

Touches content/. The file lies in git with the texts, since site/ is made from nothing
wherever it is published from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from ..errors import ContentError

FILE = "addresses.txt"
HEAD = (
    "# Addresses that have been published, relative to the site's root. `digest render` adds to\n"
    "# them and refuses to lose one; take a line out to let its address go.\n"
)


def read_addresses(content: Path) -> frozenset[str]:
    """
    Raises:
        ContentError: The file cannot be read.
    """
    path = content / FILE
    try:
        lines = path.read_text("utf-8-sig").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as exc:
        raise ContentError(FILE, f"cannot be read as UTF-8 text: {exc}") from exc
    return frozenset(line.strip() for line in lines if line.strip() and line[0] != "#")


def record_addresses(content: Path, made: Collection[str]) -> str:
    """
    Add addresses; nothing is written where all are known.

    Returns:
        `addresses_hash` of the file as it was left.

    Raises:
        ContentError: The file cannot be written.
    """
    before = addresses_hash(content)
    known = read_addresses(content)
    if known.issuperset(made):
        return before
    path = content / FILE
    making = path.with_name(f".{FILE}.making")
    try:
        content.mkdir(exist_ok=True)
        text = HEAD + "".join(f"{address}\n" for address in sorted(known.union(made)))
        making.write_text(text, "utf-8", newline="\n")
        making.replace(path)
    except OSError as exc:
        raise ContentError(FILE, f"cannot be written: {exc.strerror or exc}") from exc
    return hashlib.sha256(text.encode()).hexdigest()


def addresses_hash(content: Path) -> str:
    """A hash of the file's bytes; empty where there is none, or it cannot be read."""
    try:
        return hashlib.sha256((content / FILE).read_bytes()).hexdigest()
    except OSError:
        return ""
