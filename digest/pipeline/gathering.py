"""
The passages that a feature is written from: all where they fit, else what a model chooses.

Touches the model that it is given. Each request shows its own part of the documents, so an
answer that does not come costs that part its choice, and nothing that the others chose.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence

from .. import verify
from ..draft.model import Model, Reply
from ..draft.roles import feature, gather
from ..draft.roles.setting import Setting
from ..errors import DraftError
from ..types import Dossier, Gathered

Passages = tuple[Mapping[int, Sequence[int]], Sequence[str]]


async def gathered(
    model: Model, dossier: Dossier, setting: Setting, say: Callable[[str], None]
) -> Passages:
    """
    Choose what is shown to the writer.

    Args:
        say: Called with a line where a request was not answered, or chose nothing.

    Returns:
        By the place of a document the numbers of its passages, the most important first; and
        questions that no document answers.

    Raises:
        DraftError: The documents carry no feature.
    """
    if not feature.needs_gathering(dossier):
        return feature.everything(dossier), ()
    feature.length(dossier, setting.digest.length)
    requests = gather.requests(dossier, setting)
    asked = (model.ask(each) for each in requests)
    replies = await asyncio.gather(*asked, return_exceptions=True)
    title = dossier.story.lead.title
    found = []
    for reply in replies:
        answer = _read(reply, lambda why: say(f"{title}: {why}"))
        if answer is not None and answer.keep:
            found.append(answer)
    if not found:
        say(f"{title}: no passages were chosen; the first are shown")
        return feature.everything(dossier), ()
    kept = gather.kept(found, dossier.documents)
    if len(found) == len(requests):
        return kept, gather.questions(found)
    # Last, so that they have the room that is left; and no question is known to be open.
    rest = feature.everything(dossier)
    return kept | {place: rest[place] for place in rest if place not in kept}, ()


def _read(reply: Reply | BaseException, say: Callable[[str], None]) -> Gathered | None:
    if isinstance(reply, DraftError):
        say(f"{reply.message}; its passages are chosen by counting")
        return None
    if isinstance(reply, BaseException):
        raise reply
    answer = verify.gathered_of(reply.text, reply.finish)
    return answer if isinstance(answer, Gathered) else None
