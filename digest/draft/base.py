"""
What a drafter is: it turns dossiers into drafts, which nobody trusts until `verify` has.

Pure. `extractive.py` quotes sentences and needs no model; a drafter that asks a language
model satisfies the same protocol. The pipeline hands whatever comes back to `verify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from ..settings import Digest
from ..types import Dossier, Draft, Facts, Feature, FrontDraft, RoundUp, RoundUpDraft


class Drafter(Protocol):
    """
    Writes the three parts of an issue.

    The contract that every drafter keeps: it returns prose and ids only (no address, no
    markup that acts); the same arguments give the same draft; it changes nothing that it
    is given. What it cannot write it refuses with a `DraftError` about that one story, so
    that the pipeline can step down to a round-up, a headline or another drafter.
    """

    @property
    def name(self) -> str:
        """Its name in the table of drafters."""

    @property
    def kind(self) -> Literal["model", "extractive"]:
        """Which of the verifier's rules its text falls under."""

    def feature(self, dossier: Dossier, digest: Digest) -> Draft:
        """
        Write one feature.

        Args:
            dossier: The story with at least one document; the first is what it is about.
            digest: For whom it is written.

        Raises:
            DraftError: The documents do not carry a feature, or the model failed.
        """

    def round_ups(self, dossiers: Sequence[Dossier], digest: Digest) -> tuple[RoundUpDraft, ...]:
        """
        Write a sentence or two for each of several stories.

        Returns:
            Drafts by `story` "R1" for the first dossier, "R2" for the second …; a story of
            which nothing can be told in this form is missing and stays a headline.
        """

    def front(
        self,
        features: Sequence[Feature],
        round_ups: Sequence[RoundUp],
        digest: Digest,
        facts: Facts,
    ) -> FrontDraft:
        """
        Write what stands above the verified parts, from them and from counted facts alone.

        Raises:
            DraftError: There is neither a feature nor a round-up.
        """
