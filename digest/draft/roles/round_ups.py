"""
Round-ups: a sentence or two for each of several stories, in one request.

Pure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from ...types import Dossier, RoundUpDraft
from ..model.base import Request
from ..model.budget import tokens_of
from .fitting import fit
from .forms import ROUND_UPS
from .setting import Setting
from .showing import show, title_of

ROOM = 750
"""Tokens of documents for one story."""
DOCUMENTS = 2
EARLY = 4.0
"""What is new stands at the top; two sentences need no more than its neighbourhood."""
STORIES = 14
"""Stories in one request at most."""
ROOM_ALL = 11_500
"""Tokens of one request's stories: titles and names of their documents come to the documents."""
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
    part: list[str] = []
    left = ROOM_ALL
    for name in names:
        price = sum(tokens_of(text) for text in _shown(name, stories[name], setting))
        if part and (len(part) == STORIES or price > left):
            yield tuple(part), request({each: stories[each] for each in part}, setting)
            part, left = [], ROOM_ALL
        part.append(name)
        left -= price
    if part:
        yield tuple(part), request({each: stories[each] for each in part}, setting)


def request(stories: Mapping[str, Dossier], setting: Setting) -> Request:
    """One request for all of these stories."""
    shown = [_shown(name, dossier, setting) for name, dossier in stories.items()]
    user = setting.prompts.render(
        "round-ups", stories=shown, ids=_listed(tuple(stories)), note=setting.note
    )
    return setting.request("round-ups", user, ROUND_UPS, MAX_TOKENS + PER_STORY * len(stories))


def reply_of(drafts: Sequence[RoundUpDraft]) -> str:
    """Some drafts of a reply as a reply of their own: what is right need not be read again."""
    items = [{"story": draft.story, "text": draft.text} for draft in drafts]
    return json.dumps({"round_ups": items}, ensure_ascii=False)


def _shown(name: str, dossier: Dossier, setting: Setting) -> tuple[str, str, str]:
    """Id, title, and the documents between fences."""
    kept = fit(dossier.documents[:DOCUMENTS], ROOM, early=EARLY)
    documents = show(dossier.documents, kept, f"{setting.fence} {name}")
    return name, title_of(dossier.story.lead.title), documents


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
