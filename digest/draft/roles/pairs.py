"""
Pairs: whether two posts that are close tell one piece of news.

Pure. Asked only where counting alone is near to either answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...text import one_line, silenced
from ...types import ClosePair, Document, Entry
from ..model.base import Request
from .forms import PAIRS
from .setting import Setting
from .showing import masked, title_of

BEGINS = 200
PER_PAIR = 16
"""Tokens of a reply for each."""
MAX_TOKENS = 200


def request(pairs: Sequence[ClosePair], texts: Mapping[str, Document], setting: Setting) -> Request:
    """
    Args:
        pairs: At least one.
        texts: Documents by id.
    """
    user = setting.prompts.render(
        "pairs",
        fence=setting.fence,
        pairs=[
            {"id": p.id, "first": _shown(p.first, texts), "second": _shown(p.second, texts)}
            for p in pairs
        ],
    )
    return setting.request("pairs", user, PAIRS, MAX_TOKENS + PER_PAIR * len(pairs))


def _shown(entry: Entry, texts: Mapping[str, Document]) -> str:
    document = texts.get(entry.document)
    begins = masked(one_line(silenced(document)[: 2 * BEGINS]))[:BEGINS] if document else ""
    day = f"{entry.published:%Y-%m-%d}" if entry.published else "no date"
    return f"{title_of(entry.title)} · {entry.feed} · {day} · {begins}"
