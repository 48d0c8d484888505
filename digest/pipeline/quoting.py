"""
An issue's parts by the drafter that quotes, proved as they come.

Touches nothing: its drafter and the rules are pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from .. import verify
from ..draft import Drafter
from ..errors import DraftError
from ..settings import Digest
from ..types import (
    Call,
    ClosePair,
    Contender,
    Document,
    Dossier,
    EditorsChoice,
    Facts,
    Feature,
    Front,
    PairAnswer,
    Problem,
    RoundUp,
)

DROPPED = "too little of what was drafted could be proved"


@dataclass(frozen=True, slots=True)
class FeaturePart:
    """A feature, or why there is none; and what the rules found."""

    feature: Feature | None
    problems: tuple[Problem, ...] = ()
    refused: str = ""


class Author(Protocol):
    """Who writes the parts of one issue and has them proved."""

    @property
    def model(self) -> str:
        """Id of the model that wrote at least one part; empty for none."""

    @property
    def calls(self) -> tuple[Call, ...]:
        """What was asked of a model so far."""

    @property
    def is_cut(self) -> bool:
        """Whether a model gave no answer to something, so that the same may be asked again."""

    async def pairs(
        self, pairs: Sequence[ClosePair], texts: Mapping[str, Document]
    ) -> tuple[PairAnswer, ...]:
        """What is said of posts that may tell one piece of news; nothing, where nobody asks."""

    async def choice(
        self, offered: Sequence[Contender], texts: Mapping[str, Document]
    ) -> EditorsChoice:
        """What is said of the stories of a window; nothing, where nobody asks."""

    async def feature(self, dossier: Dossier) -> FeaturePart:
        """
        Args:
            dossier: The story with at least one document.
        """

    async def round_ups(
        self, dossiers: Sequence[Dossier]
    ) -> tuple[tuple[RoundUp, tuple[Problem, ...]], ...]:
        """One for each story, in their order: proved sentences, or its headline alone."""

    async def front(
        self, features: Sequence[Feature], round_ups: Sequence[RoundUp], facts: Facts
    ) -> tuple[Front, tuple[Problem, ...]]:
        """What stands above the verified parts."""


class Quoting:
    """Satisfies `Author` without a model."""

    model = ""
    calls: tuple[Call, ...] = ()
    is_cut = False

    def __init__(self, drafter: Drafter, digest: Digest) -> None:
        self._drafter, self._digest = drafter, digest

    async def pairs(
        self, pairs: Sequence[ClosePair], texts: Mapping[str, Document]
    ) -> tuple[PairAnswer, ...]:
        return ()

    async def choice(
        self, offered: Sequence[Contender], texts: Mapping[str, Document]
    ) -> EditorsChoice:
        return EditorsChoice()

    async def feature(self, dossier: Dossier) -> FeaturePart:
        try:
            draft = self._drafter.feature(dossier, self._digest)
        except DraftError as exc:
            return FeaturePart(None, refused=exc.message)
        feature, problems = verify.feature(draft, dossier, slug="")
        return FeaturePart(feature, problems, "" if feature else DROPPED)

    async def round_ups(
        self, dossiers: Sequence[Dossier]
    ) -> tuple[tuple[RoundUp, tuple[Problem, ...]], ...]:
        drafts = {d.story: d for d in self._drafter.round_ups(dossiers, self._digest)}
        return tuple(
            verify.round_up(drafts.get(f"R{number}"), dossier, kind=self._drafter.kind)
            for number, dossier in enumerate(dossiers, 1)
        )

    async def front(
        self, features: Sequence[Feature], round_ups: Sequence[RoundUp], facts: Facts
    ) -> tuple[Front, tuple[Problem, ...]]:
        draft = self._drafter.front(features, round_ups, self._digest, facts)
        return verify.front(draft, features, round_ups)
