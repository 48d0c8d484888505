"""
Feature: from passages to a draft with marks, notes and a TL;DR.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...errors import DraftError
from ...text import count_words, one_line, passages
from ...types import Document, Dossier, Draft, Told
from ..model.base import Request
from ..model.budget import tokens_of
from .fitting import Kept, around, fit
from .forms import FEATURE
from .setting import Setting
from .showing import show, title_of

ROOM = 8_000
"""Tokens of documents in a request."""
ROOM_AGAIN = 5_000
"""The same in a repair, which sees the passages that it concerns."""
MAX_TOKENS = 3_600
SHARE = 0.55
"""Words of a feature for each word of its documents at most; the rule (L1) allows 0.6."""
EARLIER, EARLIER_CHARACTERS = 2, 700
"""Of what past issues told, so much is shown."""
LEAST_WORDS = 190
"""A feature may not fall under 150 words (L1), and some of what is written is dropped."""


class Words(NamedTuple):
    least: int
    most: int


LENGTHS = {"short": Words(250, 350), "standard": Words(380, 560), "long": Words(520, 760)}
_SECTIONS = ((300, "one or two"), (420, "two or three"), (10_000, "three or four"))


def needs_gathering(dossier: Dossier) -> bool:
    """Whether the documents are more than one request can show whole."""
    return sum(tokens_of(document.text) for document in dossier.documents) > ROOM


def everything(dossier: Dossier) -> dict[int, list[int]]:
    """What is shown where nothing was gathered."""
    return fit(dossier.documents, ROOM)


def request(
    dossier: Dossier,
    setting: Setting,
    kept: Kept,
    *,
    open_: Sequence[str] = (),
    room: int = ROOM,
) -> Request:
    """
    Args:
        dossier: The story and its documents.
        kept: The passages to write from.
        open_: Questions that no document answers.

    Raises:
        DraftError: The documents are too short to carry a feature.
    """
    documents = dossier.documents
    words = length(dossier, setting.digest.length)
    user = setting.prompts.render(
        "feature",
        documents=show(documents, around(kept, documents, room), setting.fence),
        story=title_of(dossier.story.lead.title),
        words=words,
        sections=next(name for most, name in _SECTIONS if words.most <= most),
        several=len({document.publisher for document in documents}) > 1,
        bullets="3 or 4" if words.most < 420 else "4",
        links=[(title_of(title), f"L{n}") for n, (title, _) in enumerate(dossier.links, 1)],
        open=[title_of(each) for each in open_],
        before=[_told(told) for told in dossier.earlier[:EARLIER]],
        note=setting.note,
    )
    return setting.request("feature", user, FEATURE, MAX_TOKENS)


def _told(told: Told) -> str:
    day = told.issue.rpartition("/")[2]
    return f"{day}: {title_of(told.title)}. {one_line(told.text)[:EARLIER_CHARACTERS]}"


def length(dossier: Dossier, wanted: str) -> Words:
    """
    The words that are asked for: what the digest wants, as far as the documents carry it.

    Raises:
        DraftError: They carry too few.
    """
    total = sum(count_words(document.text) for document in dossier.documents)
    carried = int(total * SHARE)
    if carried < LEAST_WORDS:
        raise DraftError(
            dossier.story.lead.title,
            f"{total} words were found on it, which carry {carried}; a feature needs {LEAST_WORDS}",
        )
    least, most = LENGTHS[wanted]
    most = min(most, carried)
    return Words(min(least, max(LEAST_WORDS, int(most * 0.8))), most)


def concerned(draft: Draft, documents: Sequence[Document]) -> dict[int, list[int]]:
    """The passages that a draft cites: what a repair has to see again."""
    out: dict[int, list[int]] = {}
    for place, number in _cited(draft, documents):
        numbers = out.setdefault(place, [])
        if number not in numbers:
            numbers.append(number)
    return out


def _cited(draft: Draft, documents: Sequence[Document]) -> Iterator[tuple[int, int]]:
    counts = {f"S{place}": place for place in range(1, len(documents) + 1)}
    for note in draft.notes:
        for name in note.passages:
            source, _, number = name.partition(".")
            place = counts.get(source, 0)
            if place and number.isdecimal() and int(number[:6]) > 0:
                yield place, int(number[:6])
        if note.quote and note.document in counts:
            document = documents[counts[note.document] - 1]
            begin = one_line(note.quote)[:25]
            for passage in passages(document):
                if begin and begin in one_line(document.text[passage.start : passage.end]):
                    yield counts[note.document], passage.number
