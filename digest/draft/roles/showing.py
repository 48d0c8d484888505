"""
Documents as a model sees them: numbered passages between fences that nobody can guess.

Pure. Addresses inside are masked: a model works with ids, and none of what it writes may
lead anywhere that we did not choose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...text import one_line, passages
from ...types import Block, Document
from .fitting import Kept

LONGEST = 900
"""Characters of one passage; code and lists of data are cut there."""
TITLE = 200
"""Characters of a title; more is no title, and forty of them stand in one request."""
_ADDRESS = re.compile(
    r"(?:(?:https?://|www\.|mailto:)|\b(?:[\w-]+\.)+[a-z]{2,12}/)[^\s<>\"'”’)\]]+", re.IGNORECASE
)


def show(documents: Sequence[Document], kept: Kept, fence: str) -> str:
    """
    Args:
        documents: S1, S2 …
        kept: Which passages of which document.
        fence: The run's word.
    """
    return "\n\n".join(
        _one(f"S{place}", documents[place - 1], sorted(kept[place]), fence)
        for place in sorted(kept)
    )


def masked(text: str) -> str:
    """A text without addresses."""
    return _ADDRESS.sub("[address]", text)


def title_of(text: str) -> str:
    """A title on one line, where it stands beside the task: without addresses, cut if long."""
    line = masked(one_line(text[: 10 * TITLE]))
    return line if len(line) <= TITLE else f"{line[:TITLE]} […]"


def _one(name: str, document: Document, numbers: Sequence[int], fence: str) -> str:
    found = passages(document)
    lines = [f"{fence} {name}: {_about(document)}"]
    before = 0
    for number in numbers:
        passage = found[number - 1]
        if number > before + 1:
            lines.append("[…]")
        block = document.blocks[passage.block] if passage.block >= 0 else None
        text = _text(document.text[passage.start : passage.end], block)
        lines.append(f"{name}.{number} {text}")
        before = number
    if before < len(found):
        lines.append("[…]")
    return "\n".join((*lines, f"{fence} end of {name}"))


def _about(document: Document) -> str:
    """Title, who stands behind it, and when: they count as its text."""
    parts = [f"“{title_of(document.title)}”" if document.title else "without a title"]
    parts.append(title_of(document.site or document.publisher))
    if document.author:
        parts.append(f"by {title_of(document.author)}")
    if document.published:
        parts.append(f"{document.published:%Y-%m-%d}")
    if document.language and not document.language.lower().startswith("en"):
        parts.append(f"language: {title_of(document.language)}")
    return " · ".join(filter(None, parts))


def _text(text: str, block: Block | None) -> str:
    kind = block.kind if block else "paragraph"
    if kind == "row":
        cells = [_line(cell) for cell in text.split("\t")]
        return f"| {' | '.join(cells)} |" + (
            " (head of the table)" if block and not block.level else ""
        )
    line = _line(text)
    if kind == "heading":
        return f"# {line}"
    if kind == "item":
        return f"- {line}"
    if kind == "quote":
        return f"> {line}" + (f" ({_line(block.speaker)})" if block and block.speaker else "")
    if kind == "code":
        return f"`{line}`"
    return line


def _line(text: str) -> str:
    line = masked(one_line(text))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]} […]"
