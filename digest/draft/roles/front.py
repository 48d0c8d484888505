"""
Front: headline, dek, TL;DR and lead, from the verified parts alone.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...markdown import unescape
from ...text import one_line
from ...types import Feature, RoundUp
from ..model.base import Request
from ..model.budget import tokens_of
from .forms import FRONT
from .setting import Setting
from .showing import title_of

ROOM = 10_000
MAX_TOKENS = 1_100
_MARKS = re.compile(r"(?:\[\^[^\]\s]+\])+")


def request(
    features: Sequence[Feature],
    round_ups: Sequence[RoundUp],
    setting: Setting,
    *,
    theme: str = "",
) -> Request:
    """
    Args:
        features, round_ups: Verified, in the order of the issue.
        theme: What the plan saw as common to them; empty for nothing.
    """
    room = ROOM // max(1, len(features))
    user = setting.prompts.render(
        "front",
        features=[
            {"title": f.title, "tldr": f.tldr, "body": _within(_plain(f.body), room)}
            for f in features
        ],
        round_ups=[
            {"title": title_of(item.title), "text": one_line(unescape(item.text))}
            for item in round_ups
        ],
        theme=one_line(theme)[:300],
        note=setting.note,
    )
    return setting.request("front", user, FRONT, MAX_TOKENS)


def _plain(body: str) -> str:
    """A body as it is read: without marks, and 63.0 where its file has 63\\.0."""
    return unescape(_MARKS.sub("", body))


def _within(body: str, room: int) -> str:
    """The paragraphs of a body that fit; the TL;DR stands above them in any case."""
    kept: list[str] = []
    for paragraph in body.split("\n\n"):
        room -= tokens_of(paragraph)
        if room < 0:
            break
        kept.append(paragraph)
    return "\n\n".join(kept)
