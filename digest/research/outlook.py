"""
What would be read for a story: known before anything is opened.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..types import Dossier
from ..urls import NO_FAMILIES
from .candidates import Candidate, candidates
from .facts import is_enough
from .subject import NO_BACKGROUND, Background, subject


def outlook(
    dossier: Dossier,
    known: Background = NO_BACKGROUND,
    families: Mapping[str, tuple[str, ...]] = NO_FAMILIES,
) -> tuple[Candidate, ...]:
    """
    The pages that would be opened next, in order, each with its reasons.

    Args:
        dossier: The story's own documents, as far as they are at hand.
        known: What else the window tells of.
        families: Names of publishers with their domains.

    Returns:
        None where the documents at hand are enough. What a page that is opened links to, and
        what a search finds, may still come between.
    """
    matter = subject(dossier.story.entries, dossier.documents, known)
    if is_enough(dossier.documents, matter):
        return ()
    return candidates(dossier.documents, matter, families=families)
