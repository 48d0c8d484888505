"""
Round-ups: a sentence or two for each of several stories, in one request.

Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ...text import one_line
from ...types import Dossier, RoundUpDraft
from ..model.base import Request
from .fitting import fit
from .forms import ROUND_UPS
from .setting import Setting
from .showing import show

ROOM = 750
"""Tokens of documents for one story."""
DOCUMENTS = 2
EARLY = 4.0
"""What is new stands at the top; two sentences need no more than its neighbourhood."""
STORIES = 14
"""Stories in one request at most."""
PER_STORY = 140
"""Tokens of a reply for each."""
MAX_TOKENS = 300


def requests(
    stories: Mapping[str, Dossier], setting: Setting
) -> Iterator[tuple[tuple[str, ...], Request]]:
    """
    Args:
        stories: By the id that the reply names: "R1", "R2" …; those without documents are
            left out.

    Yields:
        The ids that a request asks for, and the request.
    """
    names = [name for name, dossier in stories.items() if dossier.documents]
    for begin in range(0, len(names), STORIES):
        part = tuple(names[begin : begin + STORIES])
        yield part, request({name: stories[name] for name in part}, setting)


def request(stories: Mapping[str, Dossier], setting: Setting) -> Request:
    """One request for all of these stories."""
    shown = [
        (name, one_line(dossier.story.lead.title), _documents(name, dossier, setting))
        for name, dossier in stories.items()
    ]
    user = setting.prompts.render(
        "round-ups", stories=shown, ids=_listed(tuple(stories)), note=setting.note
    )
    return setting.request("round-ups", user, ROUND_UPS, MAX_TOKENS + PER_STORY * len(stories))


def reply_of(drafts: Sequence[RoundUpDraft]) -> str:
    """Some drafts of a reply as a reply of their own: what is right need not be read again."""
    items = [{"story": draft.story, "text": draft.text} for draft in drafts]
    return json.dumps({"round_ups": items}, ensure_ascii=False)


def _documents(name: str, dossier: Dossier, setting: Setting) -> str:
    kept = fit(dossier.documents[:DOCUMENTS], ROOM, early=EARLY)
    return show(dossier.documents, kept, f"{setting.fence} {name}")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
