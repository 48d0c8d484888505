"""What an issue may tell of: stories, what models say of them, dossiers. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .proving import EntryRef
    from .reading import Document, Entry


@dataclass(frozen=True, slots=True)
class Story:
    """The entries that tell one piece of news."""

    entries: tuple[Entry, ...]
    """The leading entry first."""
    score: float
    parts: tuple[tuple[str, float], ...] = ()
    """What the score is made of, by name."""
    place: Literal["feature", "round-up", "left out"] = "left out"
    reason: str = ""
    """Why it has that place, for a person."""
    theme: str = ""
    """Heading under which a round-up stands; empty for none."""
    update_of: str = ""
    """`<digest>/<date>` of the issue that told it last; empty where it is new."""
    fresh: tuple[str, ...] = ()
    """Of an update: names, figures and pages that the earlier issue did not know."""
    rank: int = 0
    """Place in a model's ranking, from 1; 0 where none was given."""
    why: str = ""
    """The model's reason for it, on one line; its own words, which nothing has proved."""
    answers: tuple[Entry, ...] = ()
    """Of other stories, what denies this one or what this one denies: evidence, not its news."""

    @property
    def lead(self) -> Entry:
        return self.entries[0]


@dataclass(frozen=True, slots=True)
class ClosePair:
    """Two entries that may tell one story, where counting alone is near to either answer."""

    id: str
    """"P1", "P2", …: the most doubtful first."""
    first: Entry
    second: Entry
    likeness: float
    """From 0 to 1; 0.5 is the threshold."""
    is_one: bool
    """Whether they stand in one story while nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class PairAnswer:
    """
    What a model says of a close pair; not to be trusted.

    An id that was not offered, or that is answered both ways, counts for nothing. Saying
    what stands already changes nothing.
    """

    pair: str
    """Id of a `ClosePair`."""
    is_one: bool


@dataclass(frozen=True, slots=True)
class Contender:
    """A story that a model may rank, and name a theme for."""

    id: str
    """"C1", "C2", …: by score."""
    story: Story


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    One line of a model's ranking, the best first; not to be trusted.

    An id that was not offered, or that came before, counts for nothing.
    """

    story: str
    """Id of a `Contender`."""
    why: str = ""
    """For a person who asks why: cut to one line of 200 characters."""


@dataclass(frozen=True, slots=True)
class ThemeAnswer:
    """
    A heading that a model proposes for some stories; not to be trusted.

    It holds no name and no number that its stories do not hold. Ids that were not offered,
    or that another heading had before, count for nothing.
    """

    heading: str
    """One line of at most 40 characters."""
    stories: tuple[str, ...]
    """Ids of `Contender`s."""


@dataclass(frozen=True, slots=True)
class EditorsChoice:
    """What a model says of the stories of a window; not to be trusted."""

    ranking: tuple[Ranked, ...] = ()
    named: tuple[ThemeAnswer, ...] = ()
    theme: str = ""
    """What those at the top have in common, in a sentence that nothing has proved."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one past issue said of one story."""

    issue: str
    """`<digest>/<date>`."""
    at: dt.datetime
    title: str
    text: str
    """Its sentences, in plain words."""
    entries: tuple[EntryRef, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids of what it rests on."""
    theme: str = ""
    """Heading that it stood under; empty for none."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A story and its documents."""

    story: Story
    documents: tuple[Document, ...]
    """S1, S2, …: first the document the story is about."""
    unread: tuple[tuple[str, str], ...] = ()
    """Address and reason of what should have been read and could not be."""
    links: tuple[tuple[str, str], ...] = ()
    """L1, L2, …: title and address of what may be offered as further reading."""
    refused: tuple[tuple[str, str], ...] = ()
    """Address and reason of what was read and left out: a copy, a wall, another matter."""
    earlier: tuple[Told, ...] = ()
    """What past issues told of the matter, the latest first: to be referred to, no evidence."""
