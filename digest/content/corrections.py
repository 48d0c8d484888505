"""
Corrections in the head of issue.md: added at the end of its list, all else left as it is.

Pure. The head is a person's as much as ours, so it is not dumped anew: its other lines,
comments included, keep their bytes.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import ContentError
from ..types import Correction
from .evidence import CORRECTIONS
from .front_matter import block, split


def with_corrections(text: str, name: str, corrections: Sequence[Correction]) -> str:
    """
    issue.md with more corrections.

    Args:
        text: The file.
        name: How it is called in messages.
        corrections: What is added, in order.

    Returns:
        The file's new text; line ends become line feeds.

    Raises:
        ContentError: Its head is not as it should be.
    """
    head, _ = split(text, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    known = head.get("corrections") or []
    if not head or not isinstance(known, list):
        raise ContentError(name, f"`corrections:` is {known!r}, expected a list")
    added = [
        {"date": item.date.isoformat(), "file": item.file, "text": item.text}
        for item in corrections
    ]
    lines = block({"corrections": [*known, *added]})
    end = text.index("\n---", 3) + 1
    top, rest = text[:end], text[end:]
    if "corrections" in head:
        new = CORRECTIONS.sub(lambda _: lines, top, count=1)
        if split(f"{new}{rest}", name)[0].get("corrections") != [*known, *added]:
            raise ContentError(name, "`corrections:` is not written as a list of its own lines")
        return f"{new}{rest}"
    return f"{top}{lines}{rest}"
