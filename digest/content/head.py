"""
What issue.md says at its head: text → Head.

Pure, and light: `heads.py` reads those of thousands of issues by it.
"""

from __future__ import annotations

from typing import Any, cast

from ..errors import ContentError
from ..types import Correction, Head
from .front_matter import Fields, split, take_cover


def parse_head(text: str, name: str, digest: str) -> Head:
    """
    What issue.md says of its issue; the lead is passed over.

    Raises:
        ContentError: A key is missing or wrong.
    """
    rest, cover = take_cover(text)
    if cover:
        try:
            head, _ = split(rest, name)
            if "cover" not in head:  # twice: YAML says which counts
                return head_of(head, name, digest, cover)
        except ContentError:
            pass  # said below, with its line in the whole file
    return head_of(split(text, name)[0], name, digest)


def head_of(
    head: dict[str, Any], name: str, digest: str, cover: tuple[tuple[str, str], ...] = ()
) -> Head:
    """
    The keys at the head of issue.md as values.

    Args:
        cover: What it covers, where that was read before its other keys.
    """
    fields = Fields(head, name)
    return Head(
        digest=digest,
        date=fields.day("date"),
        slug=fields.text("slug"),
        title=fields.text("title"),
        dek=fields.text("dek", ""),
        tldr=fields.texts("tldr"),
        status=cast(Any, fields.one_of("status", ("draft", "published"))),
        period_start=fields.optional_time("period_start"),
        period_end=fields.time("period_end"),
        researched_at=fields.time("researched_at"),
        model=fields.text("model", ""),
        cover=cover
        or tuple((item.text("feed"), item.text("id")) for item in fields.items("cover")),
        corrections=tuple(
            Correction(item.day("date"), item.text("file", ""), item.text("text"))
            for item in fields.items("corrections")
        ),
        aliases=fields.texts("aliases"),
    )
