"""
Gather: from the documents of a story the passages that a feature needs.

Pure. Asked only where the documents are longer than what a writer
can be shown at once; several documents share a request.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...text import passages
from ...types import Document, Dossier, Gathered
from ..model.base import Request
from .fitting import Kept, cost, fit
from .forms import GATHER
from .setting import Setting
from .showing import show, title_of

ROOM = 9_000
"""Tokens of documents in one request."""
REQUESTS = 2
LEAST, MOST = 8, 40
"""Passages that one request may keep."""
OPEN = 3
FIRST = 4
"""Passages of S1 that are kept in any case: what the story is about."""
MAX_TOKENS = 900

_ID = re.compile(r"S(\d{1,3})\.(\d{1,6})")


def requests(dossier: Dossier, setting: Setting) -> tuple[Request, ...]:
    """One or two requests that together show what of the documents fits into them."""
    documents = dossier.documents
    parts = tuple(_parts(fit(documents, ROOM * REQUESTS), documents))
    return tuple(
        setting.request(
            "gather",
            setting.prompts.render(
                "gather",
                documents=show(documents, part, setting.fence),
                story=title_of(dossier.story.lead.title),
                least=LEAST,
                most=MOST,
                whole=len(parts) == 1,
            ),
            GATHER,
            MAX_TOKENS,
        )
        for part in parts
    )


def kept(found: Sequence[Gathered], documents: Sequence[Document]) -> dict[int, list[int]]:
    """
    The passages that were chosen, by document, the most important first.

    Ids that do not exist are passed over. Where nothing was chosen this is empty but for the
    first passages of S1.
    """
    counts = [len(passages(document)) for document in documents]
    out: dict[int, list[int]] = {}
    for gathered in found:
        for place, number in _ids(gathered.keep[:MOST]):
            if place <= len(counts) and 0 < number <= counts[place - 1]:
                numbers = out.setdefault(place, [])
                if number not in numbers:
                    numbers.append(number)
    if documents:
        numbers = out.setdefault(1, [])
        numbers += [n for n in range(1, min(FIRST, counts[0]) + 1) if n not in numbers]
    return out


def questions(found: Sequence[Gathered]) -> tuple[str, ...]:
    """What no document answers; of several requests none has seen them all, so none can say."""
    return found[0].open[:OPEN] if len(found) == 1 else ()


def _ids(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        if match := _ID.fullmatch(name.strip()):
            yield int(match[1]), int(match[2])


def _parts(chosen: Kept, documents: Sequence[Document]) -> Iterator[dict[int, list[int]]]:
    """Cut what is shown into requests of at most `ROOM` tokens, in order."""
    part: dict[int, list[int]] = {}
    left = ROOM
    for place in sorted(chosen):
        document = documents[place - 1]
        found = passages(document)
        for number in sorted(chosen[place]):
            price = cost(document, found[number - 1])
            if price > left and part:
                yield part
                part, left = {}, ROOM
            part.setdefault(place, []).append(number)
            left -= price
    if part:
        yield part
